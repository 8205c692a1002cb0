import { personOf } from '@duban/actor';
import { fieldRejection, Rejection } from '@duban/event-store';
import { type Context } from '@duban/platform';
import { type Bulletin, type BulletinCommand, type BulletinEvent, type Reading } from './bulletin-model.js';

/** Who was given which edition, by which paper, and who has seen it. */

type Of<Type extends BulletinCommand['type']> = Extract<BulletinCommand, { type: Type }>;

/** Gives an edition to readers; who has it already is not given it twice. */
export function circulate(
  bulletin: Bulletin,
  { n, to, paper }: Of<'CirculateEdition'>,
  { today, actor }: Context,
): BulletinEvent[] {
  refuseUnknown(bulletin, n);
  if (to.length === 0) throw fieldRejection('/to', 'reader_needed');
  const had = circulatedTo(bulletin, n);
  const fresh = [...new Set(to)].filter(reader => !had.includes(reader)).sort();
  if (fresh.length === 0) return [];
  return [{ type: 'EditionCirculated', n, to: fresh, paper, by: personOf(actor), on: today }];
}

/** A reader has seen the edition; once is enough. */
export function see(
  bulletin: Bulletin,
  { n, reader }: Of<'SeeEdition'>,
  { today, actor }: Context,
): BulletinEvent[] {
  refuseUnknown(bulletin, n);
  const reading = (bulletin.readings ?? []).find(each => each.n === n && each.reader === reader);
  if (!reading) throw new Rejection('edition_not_circulated', { n, reader });
  if (reading.seen) return [];
  return [{ type: 'EditionSeen', n, reader, by: personOf(actor), on: today }];
}

/**
 * What is in whose hands once edition `n` restates another: everyone who got an earlier one has it to read, once,
 * however many editions he or she got.
 */
export function readingsAfterRestating(readings: readonly Reading[], n: number, on: string): Reading[] {
  const readers = [...new Set(readings.map(({ reader }) => reader))];
  const anew = readers.map((reader): Reading => {
    return { n, reader, on, through: 'restated', circulated: null, seen: null };
  });
  return [...readings, ...anew];
}

function circulatedTo({ readings = [] }: Bulletin, n: number): string[] {
  return readings.filter(each => each.n === n && each.circulated).map(({ reader }) => reader);
}

function refuseUnknown({ editions }: Bulletin, n: number): void {
  if (!editions.some(each => each.n === n)) throw new Rejection('edition_not_found', { n });
}
