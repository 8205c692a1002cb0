import { type Calendar, type Day } from '@duban/calendar';
import { type Obligation } from '@duban/ledger';
import { type Policies } from '@duban/policy';
import { unsentStages, type Unsent } from './unsent.js';

export type Days = { from: Day; to: Day };

/** How often a stage went out for a kind of obligation, and how often it would have. */
export type StageCount = Pick<Obligation, 'kind'> & { stage: string; sent: number; would: number };

type Said = Pick<StageCount, 'kind' | 'stage'>;

/**
 * What ladders would have said on these days, had somebody looked each day: every stage whose day came while it was owed
 * and nothing silenced it. By the due days in force; versions before them are not gone through again.
 */
export function wouldSay(
  obligations: Iterable<Obligation>,
  policies: Policies,
  { from, to }: Days,
  calendar: Calendar,
): Said[] {
  return [...obligations].flatMap(obligation =>
    unsentStages(obligation, policies, [], to, calendar)
      .filter(({ on, why }) => goesOut.has(why) && on >= from && on <= to)
      .map(({ stage }) => ({ kind: obligation.kind, stage })),
  );
}

const goesOut: ReadonlySet<Unsent> = new Set(['not_sent', 'lapsed', 'not_yet']);

/** Both side by side, by kind and stage. */
export function compared(sent: readonly (Said & { n: number })[], would: readonly Said[]): StageCount[] {
  const counts = new Map<string, StageCount>();
  const count = ({ kind, stage }: Said) => {
    const key = `${kind} ${stage}`;
    const known = counts.get(key) ?? { kind, stage, sent: 0, would: 0 };
    counts.set(key, known);
    return known;
  };
  for (const said of sent) count(said).sent += said.n;
  for (const said of would) count(said).would += 1;
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
