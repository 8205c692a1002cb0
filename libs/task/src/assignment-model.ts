import type { Evidence, Paper } from '@duban/platform';

/** Who is named in a task, and who speaks about it. */

export type Role = 'lead' | 'responsible' | 'supporting';

/** Who is named in a task, as named: a later merger of units does not rewrite it. `presumed`: nobody said "lead", it stood first. */
export type Assignment = { holder: string; isGroup: boolean; role: Role; presumed: boolean };

/** What shows that something is true and, where the office enters a paper for the unit, which one and when it came in. */
export type Shown = { evidence: readonly Evidence[]; receivedOn: string | null; paper?: Paper | null };

/** `actsFor`: the acting unit and the units whose successor it is (a merged unit answers for both names). */
export type Acting = { unit: string; actsFor: readonly string[] };
