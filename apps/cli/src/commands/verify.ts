import {
  EventStore,
  type Fault,
  nameOfKey,
  readSealFile,
  type Seal,
  SealFileInvalid,
  SealKeyFile,
  type Verification,
  type VerifyOptions,
} from '@duban/event-store';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
  const kept = options.seal ? await keptSeals(options.seal) : [];
  const found = await withDatabase(terminal, async database => {
    await ensureSchema(database);
    const { databaseUrl, sealKeyFile } = database.configuration;
    const connection = { connectionString: databaseUrl, application_name: 'duban-verify' };
    const sealKey = sealKeyFile && existsSync(sealKeyFile) ? await nameOfFile(sealKeyFile) : undefined;
    const store = new EventStore({ connection, role: 'duban_app' });
    try {
      const { from, to, stream } = options;
      return await walked(store, terminal, { from, to, stream, kept, sealKey });
    } finally {
      await store.close();
    }
  });
  terminal.data(reportOf(found), () => textOf(found));
  const [first] = found.faults;
  if (first) throw tampering(first);
}

async function keptSeals(file: string): Promise<Seal[]> {
  try {
    return readSealFile(await readFile(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!(error instanceof SealFileInvalid) && code === undefined) throw error;
    const reason = code ?? (error as Error).message;
    throw new CliFault('seal_file_invalid', { file, reason }, exitCodes.usage);
  }
}

const nameOfFile = async (file: string) => nameOfKey(await new SealKeyFile(file).read());

async function walked(store: EventStore, terminal: Terminal, options: VerifyOptions): Promise<Verification> {
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

function reportOf({ events, streams, seals, faults }: Verification) {
  return { ok: faults.length === 0, events, streams, seals, first: faults[0] ?? null, faults };
}

function textOf({ events, streams, seals, faults }: Verification): string {
  if (faults.length === 0) {
    const sealed = seals > 0 ? ` So do ${seals} seals.` : '';
    return streams > 0
      ? `${events} events in ${streams} streams: every chain, head and state holds.${sealed}`
      : `${events} events: every chain holds.${sealed}`;
  }
  return faults
    .map(({ position, stream, kind, message }) => `${position}  ${kind}  ${stream ?? ''}  ${message}`)
    .join('\n');
}

function tampering({ position, kind, message }: Fault): CliFault {
  return new CliFault('tampering_found', { position, kind, message }, exitCodes.tampered);
}
