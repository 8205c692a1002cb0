import { type Decider, Rejection } from '@duban/event-store';
import { type Context } from '@duban/platform';
import { type Rollup, type RollupCommand, type RollupEvent } from './rollup-model.js';

type Of<Type extends RollupCommand['type']> = Extract<RollupCommand, { type: Type }>;

function decide(rollup: Rollup | null, command: RollupCommand, context: Context): readonly RollupEvent[] {
  switch (command.type) {
    case 'PublishEdition':
      return publish(rollup, command, context);
    case 'NoteCorrection':
      return note(rollup, command, context);
  }
}

/** One cutoff, one edition, however often and by however many it is published. A round is closed once: another cutoff is a fault. */
function publish(
  rollup: Rollup | null,
  { type: _, ...edition }: Of<'PublishEdition'>,
  { today }: Context,
): RollupEvent[] {
  const editions = rollup?.editions ?? [];
  if (editions.some(({ cutoffPosition }) => cutoffPosition === edition.cutoffPosition)) return [];
  const last = editions.at(-1);
  if (last) throw new Rejection('edition_already_published', { period: edition.period, n: last.n });
  return [{ type: 'EditionPublished', ...edition, n: editions.length + 1, on: today }];
}

/** Told once about the last edition that does not know of it; the edition itself is never touched. */
function note(
  rollup: Rollup | null,
  { type: _, ...correction }: Of<'NoteCorrection'>,
  { today }: Context,
): RollupEvent[] {
  const last = rollup?.editions.at(-1);
  if (!rollup || !last) throw new Rejection('edition_not_published');
  if (rollup.corrections.some(({ cause }) => cause === correction.cause)) return [];
  return [{ type: 'CorrectionNoted', ...correction, n: last.n, on: today }];
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(rollup: Rollup | null, event: RollupEvent): Rollup | null {
  if (event.type === 'EditionPublished') {
    const { plan, period } = event;
    const known = rollup ?? { plan, period, editions: [], corrections: [] };
    return { ...known, editions: [...known.editions, published(event)] };
  }
  if (!rollup || event.type !== 'CorrectionNoted') return rollup; // the latter: written by a newer version
  return { ...rollup, corrections: [...rollup.corrections, noted(event)] };
}

function published(event: Extract<RollupEvent, { type: 'EditionPublished' }>): Rollup['editions'][number] {
  const { n, on, cutoffPosition, cutoffOn, contentDigest, inputDigest, rules, watermarks } = event;
  return { n, on, cutoffPosition, cutoffOn, contentDigest, inputDigest, rules, watermarks };
}

function noted(event: Extract<RollupEvent, { type: 'CorrectionNoted' }>): Rollup['corrections'][number] {
  const { n, cause, subject, period, how, unit, from, to, reason, correctedOn } = event;
  return { n, cause, subject, period, how, unit, from, to, reason, correctedOn };
}

/** The editions of one plan's quarter: published once for each cutoff, and what was corrected since. */
export const rollupDecider: Decider<Rollup | null, RollupCommand, RollupEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
