import {
  EventStore,
  LogDamaged,
  nameOfKey,
  type Seal,
  SealKeyFile,
  type SealOptions,
  SealRefused,
  writeSealFile,
} from '@duban/event-store';
import { writeFile } from 'node:fs/promises';
import { type SealCommandOptions } from '../command-options.js';
import { ensureSchema } from '../database/open-ledger.js';
import { withDatabase } from '../database/open-database.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';

/**
 * Seals the record up to now, and cuts the table of events there. With `--export` all seals go into a file; with
 * `--next-key` the seal hands over to the key in another file, which is made if it is not there.
 */
export async function seal(terminal: Terminal, options: SealCommandOptions): Promise<void> {
  const { added, seals } = await withDatabase(terminal, async database => {
    await ensureSchema(database);
    const { databaseUrl, sealKeyFile } = database.configuration;
    if (!sealKeyFile) throw new CliFault('no_seal_key');
    const connection = { connectionString: databaseUrl, application_name: 'duban-seal' };
    const store = new EventStore({ connection, role: 'duban_app' });
    try {
      const done = await sealed(store, await keysOf(sealKeyFile, options));
      if (done) await store.segments.cut();
      return { added: done, seals: await store.segments.seals() };
    } finally {
      await store.close();
    }
  });
  if (options.export) await writeFile(options.export, writeSealFile(seals));
  terminal.data({ seal: added, seals: seals.length, file: options.export ?? null }, () =>
    textOf(added, seals, options),
  );
}

async function keysOf(file: string, { nextKey, keyLost }: SealCommandOptions): Promise<SealOptions> {
  const key = await new SealKeyFile(file).ensure();
  if (!nextKey) return { key, isKeyLost: keyLost === true };
  return { key, nextKey: nameOfKey(await new SealKeyFile(nextKey).ensure()), isKeyLost: keyLost === true };
}

async function sealed(store: EventStore, options: SealOptions): Promise<Seal | null> {
  try {
    return await store.segments.seal(options);
  } catch (error) {
    if (error instanceof SealRefused && !(error instanceof LogDamaged))
      throw new CliFault('seal_refused', { reason: error.message });
    throw error;
  }
}

function textOf(added: Seal | null, seals: readonly Seal[], options: SealCommandOptions): string {
  const last = seals.at(-1);
  const lines = [
    added
      ? `Seal ${added.number} covers positions ${added.from} to ${added.to}: ${added.root}`
      : `Nothing to seal: ${last ? `seal ${last.number} reaches to ${last.to}` : 'the record is empty'}.`,
    ...(added && options.nextKey
      ? [`The next seal is signed with ${options.nextKey}: set SEAL_KEY_FILE.`]
      : []),
    ...(options.export
      ? [`${seals.length} seals are in ${options.export}: keep it where nobody here can write.`]
      : []),
  ];
  return lines.join('\n');
}
