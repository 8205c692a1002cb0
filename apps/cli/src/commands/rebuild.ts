import { type Progress as Rebuilding, type Subscription } from '@duban/event-store';
import { deliveriesSubscription, obligationsSubscription, ObligationTable } from '@duban/reminder';
import { rollupsSubscription } from '@duban/rollup';
import { type Core } from '@duban/supervision';
import { operator, withLedger } from '../database/open-ledger.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';
import { refold } from './verify-folds.js';

/** What was rebuilt, and whether it says the same as before; null where that could not be compared. */
type Done = {
  name: string;
  events: number;
  seconds: number;
  eventsPerSecond: number;
  digests: { before: string; after: string } | null;
  replaced?: number;
  blockedMillis?: number;
};

const states = 'states';

/** What can be filled anew from the events. Editions are not among them, for they are published. */
function readModels(core: Core): Subscription[] {
  return [
    obligationsSubscription(core, new ObligationTable(core)),
    deliveriesSubscription(() => undefined),
    rollupsSubscription(() => undefined),
  ];
}

/** Rebuilds the states of all streams or one read model or, without a name, all. Readers see the old until the new is there. */
export async function rebuild(terminal: Terminal, name: string | undefined): Promise<void> {
  const rebuilt = await withLedger(terminal, async core => {
    const models = readModels(core);
    const known = [states, ...models.map(model => model.name)];
    if (name !== undefined && !known.includes(name))
      throw new CliFault('unknown_read_model', { name, known }, exitCodes.usage);
    const done: Done[] = [];
    for (const each of known.filter(one => name === undefined || one === name)) {
      const model = models.find(one => one.name === each);
      done.push(await withBar(terminal, each, onProgress => rebuildOne(core, model, onProgress)));
    }
    return done;
  });
  terminal.data(rebuilt, () => rebuilt.map(textOf).join('\n'));
}

type OnProgress = (at: Rebuilding) => void;

async function rebuildOne(
  core: Core,
  model: Subscription | undefined,
  onProgress: OnProgress,
): Promise<Done> {
  if (!model) return { name: states, ...(await core.events.rebuildStates(refold, { onProgress })) };
  const { actor } = operator();
  return core.events.rebuild(model, { onProgress, compare: true, operator: { by: actor.id } });
}

async function withBar(
  terminal: Terminal,
  name: string,
  work: (onProgress: OnProgress) => Promise<Done>,
): Promise<Done> {
  const progress = terminal.progress();
  try {
    return await work(at => progress.show(`${name} ${barOf(at)}`));
  } finally {
    progress.end();
  }
}

const barWidth = 24;

function barOf({ done, total, eventsPerSecond }: Rebuilding): string {
  const share = total > 0 ? done / total : 1;
  const full = Math.round(share * barWidth);
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
  return `${bar} ${Math.floor(share * 100)} %, ${done} of ${total} events, ${eventsPerSecond} a second`;
}

function textOf({ name, events, seconds, eventsPerSecond, digests, replaced, blockedMillis }: Done): string {
  const rate = `${events} events in ${seconds.toFixed(1)} s, ${eventsPerSecond} a second`;
  const blocked = blockedMillis === undefined ? '' : `; readers waited ${Math.ceil(blockedMillis)} ms`;
  return `${name}: ${rate}${blocked}\n  ${verdictOf(digests, replaced)}`;
}

function verdictOf(digests: Done['digests'], replaced: number | undefined): string {
  if (!digests) return 'not compared: the log did not stand still';
  const { before, after } = digests;
  if (before === after) return `the same as before: ${after}`;
  const count = replaced === undefined ? '' : `, ${replaced} replaced`;
  return `not what it was${count}: ${before}\n  now ${after}`;
}
