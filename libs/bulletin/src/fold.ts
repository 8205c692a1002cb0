import {
  type Bulletin,
  type BulletinEvent,
  type NotedCorrection,
  type PublishedEdition,
  type Reading,
} from './bulletin-model.js';
import { readingsAfterRestating } from './circulation.js';

type EventOf<Type extends BulletinEvent['type']> = Extract<BulletinEvent, { type: Type }>;

/** Folds one event. Never throws and never judges: what happened has happened, even under older rules. */
export function evolve(bulletin: Bulletin | null, event: BulletinEvent): Bulletin | null {
  if (event.type === 'EditionPublished') {
    const { plan, period } = event;
    const known = bulletin ?? { plan, period, editions: [], corrections: [] };
    return { ...known, editions: [...known.editions, published(event)] };
  }
  if (!bulletin) return null;
  switch (event.type) {
    case 'EditionRestated':
      return restated(bulletin, event);
    case 'CorrectionNoted':
      return { ...bulletin, corrections: [...bulletin.corrections, noted(event)] };
    case 'CorrectionSettled':
      return withCorrection(bulletin, event.cause, settled(event));
    case 'CorrectionExplained': {
      const { text, paper, by, on } = event;
      return withCorrection(bulletin, event.cause, { explained: { text, paper, by, on } });
    }
    case 'EditionCirculated':
      return { ...bulletin, readings: circulated(bulletin.readings ?? [], event) };
    case 'EditionSeen':
      return { ...bulletin, readings: (bulletin.readings ?? []).map(each => seen(each, event)) };
    default:
      return bulletin; // written by a newer version
  }
}

function published(event: EventOf<'EditionPublished'> | EventOf<'EditionRestated'>): PublishedEdition {
  const { n, on, cutoffPosition, cutoffOn, contentDigest, inputDigest, rules, watermarks } = event;
  return { n, on, cutoffPosition, cutoffOn, contentDigest, inputDigest, rules, watermarks };
}

function restated(bulletin: Bulletin, event: EventOf<'EditionRestated'>): Bulletin {
  const { of, reason, paper, by, n, on } = event;
  const edition = { ...published(event), restates: { of, reason, paper, by } };
  const known = { ...bulletin, editions: [...bulletin.editions, edition] };
  return bulletin.readings ? { ...known, readings: readingsAfterRestating(bulletin.readings, n, on) } : known;
}

function noted(event: EventOf<'CorrectionNoted'>): NotedCorrection {
  const { n, cause, subject, period, how, unit, from, to, reason, correctedOn, on } = event;
  const { pending, done, effects } = event;
  return {
    ...{ n, cause, subject, period, how, unit, from, to, reason, correctedOn },
    ...(pending && { pending }),
    ...(done && { done }),
    ...(effects && { effects }),
    countsOn: pending ? null : on,
  };
}

function settled({ n, outcome, effects, on }: EventOf<'CorrectionSettled'>): Partial<NotedCorrection> {
  return outcome === 'counts' ? { n, countsOn: on, effects } : { refusedOn: on };
}

function withCorrection(bulletin: Bulletin, cause: string, change: Partial<NotedCorrection>): Bulletin {
  return {
    ...bulletin,
    corrections: bulletin.corrections.map(each => (each.cause === cause ? { ...each, ...change } : each)),
  };
}

/** A restated edition that is circulated by a paper, too, is the one that its readers have to read already. */
function circulated(
  readings: readonly Reading[],
  { n, to, paper, on }: EventOf<'EditionCirculated'>,
): Reading[] {
  const isGiven = (each: Reading) => each.n === n && to.includes(each.reader);
  const known = readings.filter(isGiven).map(({ reader }) => reader);
  const fresh = to.filter(reader => !known.includes(reader));
  const given = { on, paper };
  return [
    ...readings.map(each => (isGiven(each) ? { ...each, circulated: given } : each)),
    ...fresh.map((reader): Reading => {
      return { n, reader, on, through: 'circulated', circulated: given, seen: null };
    }),
  ];
}

function seen(reading: Reading, { n, reader, by, on }: EventOf<'EditionSeen'>): Reading {
  return reading.n === n && reading.reader === reader && !reading.seen
    ? { ...reading, seen: { on, by } }
    : reading;
}
