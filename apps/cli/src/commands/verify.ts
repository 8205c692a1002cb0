import { keyDecider } from '@duban/access';
import { EventStore, type Fault, type Folding, type Verification } from '@duban/event-store';
import { deciders } from '@duban/ledger';
import { reminderDecider } from '@duban/reminder';
import { rollupDecider } from '@duban/rollup';
import { ensureSchema } from '../database/open-ledger.js';
import { withDatabase } from '../database/open-database.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';

/** Every category whose states are a fold of ours. */
const folds = {
  ...deciders,
  access: keyDecider,
  obligation: reminderDecider,
  rollup: rollupDecider,
} as unknown as Readonly<Record<string, Folding>>;

/**
 * Walks all chains, heads and states. Opens the log without the rest of the product, which would refuse to start on
 * a log whose end is missing and could not say more.
 */
export async function verify(terminal: Terminal): Promise<void> {
  const found = await withDatabase(terminal, async database => {
    await ensureSchema(database);
    const connection = {
      connectionString: database.configuration.databaseUrl,
      application_name: 'duban-verify',
    };
    const store = new EventStore({ connection, role: 'duban_app' });
    try {
      return await walked(store, terminal);
    } finally {
      await store.close();
    }
  });
  terminal.data(reportOf(found), () => textOf(found));
  const [first] = found.faults;
  if (first) throw tampering(first);
}

async function walked(store: EventStore, terminal: Terminal): Promise<Verification> {
  const progress = terminal.progress();
  try {
    return await store.verify({
      refold: folds,
      onProgress: ({ done, total, eventsPerSecond }) =>
        progress.show(`verifying ${done} of ${total} events, ${eventsPerSecond} a second`),
    });
  } finally {
    progress.end();
  }
}

function reportOf({ events, streams, faults }: Verification) {
  return { ok: faults.length === 0, events, streams, first: faults[0] ?? null, faults };
}

function textOf({ events, streams, faults }: Verification): string {
  if (faults.length === 0)
    return `${events} events in ${streams} streams: every chain, head and state holds.`;
  return faults
    .map(({ position, stream, kind, message }) => `${position}  ${kind}  ${stream ?? ''}  ${message}`)
    .join('\n');
}

function tampering({ position, kind, message }: Fault): CliFault {
  return new CliFault('tampering_found', { position, kind, message }, exitCodes.tampered);
}
