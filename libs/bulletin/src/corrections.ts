import { personOf } from '@duban/actor';
import { isSame, Rejection } from '@duban/event-store';
import { type Context } from '@duban/platform';
import {
  type Bulletin,
  type BulletinCommand,
  type BulletinEvent,
  type NotedCorrection,
} from './bulletin-model.js';
import { refuseWithoutReason } from './refusals.js';

/** What was told or put right after an edition: noted beside it, weighed, explained or taken up by a restatement. */

type Of<Type extends BulletinCommand['type']> = Extract<BulletinCommand, { type: Type }>;

/** Told once about the last edition that does not know of it; the edition itself is never touched. */
export function note(
  { editions, corrections }: Bulletin,
  { type: _, position, effects, ...correction }: Of<'NoteCorrection'>,
  { today }: Context,
): BulletinEvent[] {
  if (corrections.some(({ cause }) => cause === correction.cause)) return [];
  const weighed = effects && effects.length > 0 ? { effects } : {};
  return [
    { type: 'CorrectionNoted', ...correction, ...weighed, n: lastBefore(editions, position), on: today },
  ];
}

/** What was pending counts now, with what it comes to, or was turned down and comes to nothing. */
export function settle(
  { editions, corrections }: Bulletin,
  { cause, position, outcome, effects }: Of<'SettleCorrection'>,
  { today }: Context,
): BulletinEvent[] {
  const found = corrections.find(each => each.cause === cause);
  if (!found || !isPending(found)) return [];
  const n = lastBefore(editions, position);
  const weighed = outcome === 'counts' ? effects : [];
  return [{ type: 'CorrectionSettled', cause, n, outcome, effects: weighed, on: today }];
}

/** Says why the edition is not restated for it; that discharges the office and is printed beside the edition. */
export function explain(
  { editions, corrections }: Bulletin,
  { cause, text, paper }: Of<'ExplainCorrection'>,
  { today, actor }: Context,
): BulletinEvent[] {
  const found = corrections.find(each => each.cause === cause);
  if (!found) throw new Rejection('correction_not_found', { cause });
  if (isPending(found)) throw new Rejection('correction_pending', { cause });
  const { explained } = found;
  if (explained && isSame({ text: explained.text, paper: explained.paper }, { text, paper })) return [];
  if (explained) throw new Rejection('correction_explained', { cause, on: explained.on });
  const later = editions.find(({ n }) => n > found.n);
  if (later) throw new Rejection('correction_restated', { cause, n: later.n });
  refuseWithoutReason(text, '/text');
  return [{ type: 'CorrectionExplained', cause, text, paper, by: personOf(actor), on: today }];
}

/** The last edition that does not know of what stands at this position. */
function lastBefore(editions: Bulletin['editions'], position: number): number {
  return editions.findLast(({ cutoffPosition }) => cutoffPosition < position)?.n ?? 1;
}

/** Whether it still waits for another person to confirm it. */
export function isPending({ pending, countsOn, refusedOn }: NotedCorrection): boolean {
  return pending === true && !countsOn && !refusedOn;
}
