import { type Act } from './act.js';

/** Acts that may be done at the same time: several sequences, each in its order. */
export type Phase = readonly (readonly Act[])[];

/**
 * What must wait for what on one day. Acts on different things do not touch each other's streams, so their order says
 * nothing; what writes to several streams at once (hand-ins, reviews) goes one by one. The record is then the same
 * in every run but for the positions.
 */
const order: readonly { names: RegExp; by: 'all' | 'path' | 'who' }[] = [
  { names: /^(waive|approve|issue|open)\//, by: 'all' },
  { names: /^receipt\//, by: 'who' },
  {
    names:
      /^(report|value|backfill|milestone|completion|extension|block|clear|correction|value-correction)\//,
    by: 'path',
  },
  { names: /^(submission|rework)\//, by: 'all' },
  { names: /^(review|decision|lead)\//, by: 'all' },
  { names: /^confirm\//, by: 'path' },
  { names: /^explain\//, by: 'path' },
  { names: /^close\//, by: 'all' },
];

/** The acts of a day in phases. @throws RangeError for an act that no phase knows */
export function phasesOf(acts: readonly Act[]): Phase[] {
  const unknown = acts.find(({ name }) => !order.some(({ names }) => names.test(name)));
  if (unknown) throw new RangeError(`No phase knows ${unknown.name}`);
  return order.map(({ names, by }) => {
    const sequences = new Map<string, Act[]>();
    for (const act of acts.filter(({ name }) => names.test(name))) {
      const key = by === 'all' ? '' : by === 'who' ? act.who : subjectOf(act.path);
      sequences.set(key, [...(sequences.get(key) ?? []), act]);
    }
    return [...sequences.values()];
  });
}

/** `/v1/tasks/004%3A3.1/reports` → `tasks/004%3A3.1`. */
function subjectOf(path: string): string {
  return path.split('/').slice(2, 4).join('/');
}
