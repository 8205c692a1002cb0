import { type Day } from '@duban/calendar';
import { type Policies } from './in-force.js';
import {
  type AdoptedVersion,
  type PolicyCommand,
  type PolicyContents,
  type PolicyKind,
} from './policy-model.js';

/** Policies for specs. */

/** The command that adopts version 2 of a kind from the first of July on. */
export function adopting(
  kind: PolicyKind,
  content: object,
  more: Partial<PolicyCommand> = {},
): PolicyCommand {
  const given = content as PolicyCommand['content'];
  const decided = { version: 2, from: '2023-07-01', reason: '会议议定', paper: null };
  return { type: 'AdoptPolicy', kind, content: given, ...decided, ...more };
}

/** What stands when versions of one kind were adopted, the first of them as version 2. */
export function adopted<K extends PolicyKind>(
  kind: K,
  ...versions: { on: Day; from: Day; content: PolicyContents[K] }[]
): Policies {
  const whole = versions.map((version, n): AdoptedVersion => {
    return { version: n + 2, reason: '会议议定', paper: null, by: 'person:office', ...version };
  });
  return new Map([[kind, { kind, versions: whole }]]);
}
