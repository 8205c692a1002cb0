import { type RebuildOptions, type Subscription } from '@duban/event-store';
import {
  deliveriesSubscription,
  obligationsSubscription,
  ObligationTable,
  resetDeliveries,
  resetObligations,
} from '@duban/reminder';
import { resetRollups, rollupsSubscription } from '@duban/rollup';
import { type Core } from '@duban/supervision';
import { withLedger } from '../database/open-ledger.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';

type ReadModel = { subscription: Subscription; reset: RebuildOptions['reset'] };

/** What can be emptied and filled anew from the events. Editions are not among them, for they are published. */
function readModels(core: Core): ReadModel[] {
  return [
    {
      subscription: obligationsSubscription(core, new ObligationTable(core)),
      reset: resetObligations,
    },
    { subscription: deliveriesSubscription(() => undefined), reset: resetDeliveries },
    { subscription: rollupsSubscription(() => undefined), reset: resetRollups },
  ];
}

/** Rebuilds one read model or, without a name, all. Readers see the old one until the new one is complete. */
export async function rebuild(terminal: Terminal, name: string | undefined): Promise<void> {
  const rebuilt = await withLedger(terminal, async core => {
    const models = readModels(core);
    const wanted = models.filter(({ subscription }) => name === undefined || subscription.name === name);
    if (wanted.length === 0) {
      const known = models.map(({ subscription }) => subscription.name);
      throw new CliFault('unknown_read_model', { name: name ?? '', known }, exitCodes.usage);
    }
    const done = [];
    for (const model of wanted) done.push(await rebuildOne(core, model, terminal));
    return done;
  });
  terminal.data(rebuilt, () =>
    rebuilt
      .map(
        each =>
          `${each.name}: ${each.events} events in ${each.seconds.toFixed(1)} s, ${each.eventsPerSecond} a second`,
      )
      .join('\n'),
  );
}

async function rebuildOne(core: Core, { subscription, reset }: ReadModel, terminal: Terminal) {
  const progress = terminal.progress();
  const { name } = subscription;
  try {
    const done = await core.events.rebuild(subscription, {
      reset,
      onProgress: at =>
        progress.show(`${name}: ${at.done} of ${at.total} events, ${at.eventsPerSecond} a second`),
    });
    return { name, ...done };
  } finally {
    progress.end();
  }
}
