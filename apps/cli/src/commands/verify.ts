import { EventStore, type Fault, type Verification } from '@duban/event-store';
import { type VerifyCommandOptions } from '../command-options.js';
import { ensureSchema } from '../database/open-ledger.js';
import { withDatabase } from '../database/open-database.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { CliFault } from '../terminal/failure.js';
import { progressLine } from '../terminal/progress-line.js';
import { type Terminal } from '../terminal/terminal.js';

/**
 * Walks all chains, heads and states. Opens the log without the rest of the product, which would refuse to start on
 * a log whose end is missing and could not say more.
 */
export async function verify(terminal: Terminal, options: VerifyCommandOptions): Promise<void> {
  const found = await withDatabase(terminal, async database => {
    await ensureSchema(database);
    const connection = {
      connectionString: database.configuration.databaseUrl,
      application_name: 'duban-verify',
    };
    const store = new EventStore({ connection, role: 'duban_app' });
    try {
      return await walked(store, terminal, options);
    } finally {
      await store.close();
    }
  });
  terminal.data(reportOf(found), () => textOf(found));
  const [first] = found.faults;
  if (first) throw tampering(first);
}

async function walked(
  store: EventStore,
  terminal: Terminal,
  options: VerifyCommandOptions,
): Promise<Verification> {
  const progress = terminal.progress();
  try {
    return await store.verify({
      ...options,
      refoldModule: new URL('./verify-folds.js', import.meta.url),
      onProgress: ({ done, total, eventsPerSecond }) =>
        progress.show(progressLine('verifying', done, total, eventsPerSecond)),
    });
  } finally {
    progress.end();
  }
}

function reportOf({ events, streams, faults }: Verification) {
  return { ok: faults.length === 0, events, streams, first: faults[0] ?? null, faults };
}

function textOf({ events, streams, faults }: Verification): string {
  if (faults.length === 0) {
    return streams > 0
      ? `${events} events in ${streams} streams: every chain, head and state holds.`
      : `${events} events: every chain holds.`;
  }
  return faults
    .map(({ position, stream, kind, message }) => `${position}  ${kind}  ${stream ?? ''}  ${message}`)
    .join('\n');
}

function tampering({ position, kind, message }: Fault): CliFault {
  return new CliFault('tampering_found', { position, kind, message }, exitCodes.tampered);
}
