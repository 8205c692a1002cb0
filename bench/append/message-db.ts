import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { databaseUrl, withClients } from '../support/database.js';
import { closedLoop } from '../support/measure.js';
import { eventData, eventMeta, eventType, newStream } from '../support/payload.js';
import { peerFolder } from '../support/peers.js';
import { environmentFor, findProgram, runProgram } from '../support/programs.js';
import { type BenchCase } from '../support/scenario.js';
import { type Server } from '../support/server.js';

export const messageDb = '@eventide/message-db';
const template = 'message_db_template';
const database = 'append_message_db';

const write = {
  name: 'write',
  text: 'SELECT message_store.write_message($1::varchar, $2::varchar, $3::varchar, $4::jsonb, $5::jsonb)',
};

/** It comes with scripts for psql. */
export function canInstallMessageDb(notice: (sentence: string) => void): boolean {
  if (findProgram('psql')) return true;
  notice(
    'psql is not installed, which message-db needs, so it is left out: apt-get install postgresql-client',
  );
  return false;
}

/** A template database with message-db's tables and functions. */
export async function prepareMessageDb(server: Server): Promise<void> {
  const [folder, psql] = [peerFolder(messageDb), findProgram('psql')];
  if (!folder || !psql) throw new Error('message-db cannot be installed here');
  await server.fresh(template);
  const env = environmentFor(databaseUrl(server.url, template));
  await runProgram('bash', [join(folder, 'database', 'install.sh')], {
    ...env,
    PATH: `${dirname(psql)}:${env['PATH'] ?? ''}`,
    DATABASE_NAME: env['PGDATABASE'],
    CREATE_DATABASE: 'off',
  });
}

/** One write a call through the driver. Each caller has a category of its own, for writers of one wait for each other. */
export function messageDbCase(callers: number): BenchCase {
  return {
    impl: 'message-db',
    callers,
    batch: 1,
    before: server => server.fresh(database, template),
    run: ({ serverUrl, options }) =>
      withClients(
        serverUrl,
        database,
        callers,
        clients =>
          closedLoop({
            ...options,
            callers,
            call: (caller, nth) => {
              const [data, meta] = [JSON.stringify(eventData(nth)), JSON.stringify(eventMeta())];
              const values = [randomUUID(), newStream(`task${caller}`), eventType, data, meta];
              return clients[caller]!.query({ ...write, values });
            },
          }),
        '-c search_path=message_store,public',
      ),
  };
}
