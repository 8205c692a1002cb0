import { accessFold } from '@duban/access';
import { type Folding, subjectDecider } from '@duban/event-store';
import { evidenceDecider } from '@duban/evidence';
import { deciders } from '@duban/ledger';
import { reminderDecider } from '@duban/reminder';

/** Every category whose states are a fold of ours. A module of its own, for each thread of a verification imports it. */
export const refold = {
  ...deciders,
  access: accessFold,
  evidence: evidenceDecider,
  obligation: reminderDecider,
  subject: subjectDecider,
} as unknown as Readonly<Record<string, Folding>>;

export { upcasters } from '@duban/supervision';
