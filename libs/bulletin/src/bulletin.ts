import { personOf } from '@duban/actor';
import { type Decider, Rejection } from '@duban/event-store';
import { type Context } from '@duban/platform';
import { type Bulletin, type BulletinCommand, type BulletinEvent } from './bulletin-model.js';
import { circulate, see } from './circulation.js';
import { explain, note, settle } from './corrections.js';
import { evolve } from './fold.js';
import { refuseWithoutReason } from './refusals.js';

type Of<Type extends BulletinCommand['type']> = Extract<BulletinCommand, { type: Type }>;

function decide(
  bulletin: Bulletin | null,
  command: BulletinCommand,
  context: Context,
): readonly BulletinEvent[] {
  if (command.type === 'PublishEdition') return publish(bulletin, command, context);
  if (!bulletin || bulletin.editions.length === 0) throw new Rejection('edition_not_published');
  switch (command.type) {
    case 'RestateEdition':
      return restate(bulletin, command, context);
    case 'NoteCorrection':
      return note(bulletin, command, context);
    case 'SettleCorrection':
      return settle(bulletin, command, context);
    case 'ExplainCorrection':
      return explain(bulletin, command, context);
    case 'CirculateEdition':
      return circulate(bulletin, command, context);
    case 'SeeEdition':
      return see(bulletin, command, context);
  }
}

/** One cutoff, one edition, however often and by however many it is published. A round is closed once: another cutoff is a fault. */
function publish(
  bulletin: Bulletin | null,
  { type: _, ...edition }: Of<'PublishEdition'>,
  { today }: Context,
): BulletinEvent[] {
  const editions = bulletin?.editions ?? [];
  if (editions.some(({ cutoffPosition }) => cutoffPosition === edition.cutoffPosition)) return [];
  const last = editions.at(-1);
  if (last) throw new Rejection('edition_already_published', { period: edition.period, n: last.n });
  return [{ type: 'EditionPublished', ...edition, n: editions.length + 1, on: today }];
}

/**
 * Another edition takes the place of the last one, which stays as it is. Who restates has seen that last one: of two at
 * once the second is refused. What says the same as before is no restatement.
 */
function restate(
  { editions }: Bulletin,
  { type: _, ...edition }: Of<'RestateEdition'>,
  { today, actor }: Context,
): BulletinEvent[] {
  const n = editions.at(-1)?.n ?? 0;
  if (edition.of !== n) throw new Rejection('edition_restated_already', { of: edition.of, n });
  refuseWithoutReason(edition.reason, '/reason');
  if (edition.changes === 0) throw new Rejection('nothing_to_restate', { n });
  return [{ type: 'EditionRestated', ...edition, n: n + 1, by: personOf(actor), on: today }];
}

/** The editions of one plan's quarter: published, restated, circulated, seen, and what has changed since. */
export const bulletinDecider: Decider<Bulletin | null, BulletinCommand, BulletinEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
