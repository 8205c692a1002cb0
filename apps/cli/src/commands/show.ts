import { type At, type Folding, NotYetKnown } from '@duban/event-store';
import { withLedger } from '../database/open-ledger.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';
import { refold } from './verify-folds.js';

/** A stream as it was known at an instant or position, now when neither is named. */
export async function showStream(terminal: Terminal, stream: string, { at }: { at?: string }): Promise<void> {
  const category = stream.slice(0, Math.max(stream.indexOf('-'), 0));
  const folding: Folding | undefined = refold[category];
  if (!folding)
    throw new CliFault('unknown_category', { category, known: Object.keys(refold) }, exitCodes.usage);
  const known = await withLedger(terminal, async ({ events, clock }) => {
    const moment = at === undefined ? { position: (await events.head()).position } : momentOf(at);
    try {
      return await events.loadAt<unknown>(folding, stream, moment, { now: await clock.now() });
    } catch (error) {
      if (error instanceof NotYetKnown) throw new CliFault('not_yet_known', { at: at ?? '' });
      if (error instanceof RangeError) throw new CliFault('no_moment', { at: at ?? '' }, exitCodes.usage);
      throw error;
    }
  });
  if (!known) throw new CliFault('nothing_known', { stream });
  terminal.data({ stream, ...known }, () => {
    const events = known.version === 1 ? '1 event' : `${known.version} events`;
    const open = known.settled ? '' : ', until the log goes on';
    return `${stream}: ${events} up to position ${known.position}${open}\n${JSON.stringify(known.state, null, 2)}`;
  });
}

/** Digits alone are a position; anything else is to be an instant with its zone. */
function momentOf(text: string): At {
  return /^\d+$/.test(text) ? { position: Number(text) } : { instant: text };
}
