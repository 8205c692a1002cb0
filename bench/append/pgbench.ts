import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUrl } from '../support/database.js';
import { quantilesOf, type Run } from '../support/measure.js';
import { eventData, eventMeta, eventType } from '../support/payload.js';
import { environmentFor, findProgram, runProgram } from '../support/programs.js';
import { type BenchCase } from '../support/scenario.js';
import { freshTable, plainDatabase } from './pg.js';

const statement = `INSERT INTO event (stream, version, type, data, meta)
  VALUES ('task-' || gen_random_uuid(), 1, '${eventType}', :data, :meta);`.replaceAll('\n', ' ');
const variables = { data: eventData(1), meta: eventMeta() };

/** The same INSERT from a client written in C: what is left when the client costs almost nothing. Null without it. */
export function pgbenchCase(clients: number, notice: (sentence: string) => void): BenchCase | null {
  const program = findProgram('pgbench');
  if (!program) {
    notice('pgbench is not installed and is left out: apt-get install postgresql-contrib');
    return null;
  }
  return {
    impl: 'pgbench',
    callers: clients,
    batch: 1,
    before: freshTable,
    run: async ({ serverUrl, options: { seconds, warmSeconds } }) => {
      const folder = mkdtempSync(join(tmpdir(), 'duban-pgbench-'));
      const insertFor = (duration: number) => insert({ program, folder, clients, duration, serverUrl });
      try {
        if (warmSeconds > 0) await insertFor(warmSeconds);
        return await insertFor(seconds);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

interface Order {
  readonly program: string;
  readonly folder: string;
  readonly clients: number;
  readonly duration: number;
  readonly serverUrl: string;
}

async function insert({ program, folder, clients, duration, serverUrl }: Order): Promise<Run> {
  const [script, log] = [join(folder, 'insert.sql'), join(folder, 'log')];
  writeFileSync(script, `${statement}\n`);
  const seconds = Math.max(1, Math.round(duration)); // it knows whole seconds only
  const out = await runProgram(
    program,
    [
      ...['--no-vacuum', '--protocol=prepared', `--file=${script}`],
      ...Object.entries(variables).map(([name, value]) => `--define=${name}=${JSON.stringify(value)}`),
      ...[`--client=${clients}`, `--jobs=${Math.min(clients, 2)}`, `--time=${seconds}`],
      ...['--log', '--sampling-rate=0.1', `--log-prefix=${log}`],
    ],
    environmentFor(databaseUrl(serverUrl, plainDatabase)),
  );
  const rate = Number(/tps = ([\d.]+)/.exec(out)?.[1]);
  const n = Number(/actually processed: (\d+)/.exec(out)?.[1]);
  return { n, seconds, rate, ...quantilesOf(takeTimes(folder)), rssMb: null };
}

// One line for each transaction in the sample; the third number is its time in microseconds.
function takeTimes(folder: string): number[] {
  return readdirSync(folder)
    .filter(name => name.startsWith('log'))
    .flatMap(name => {
      const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n');
      rmSync(join(folder, name));
      return lines.map(line => Number(line.split(' ')[2]) / 1000);
    });
}
