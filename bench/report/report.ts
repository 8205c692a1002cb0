import { dayOf } from '@duban/calendar';
import { join } from 'node:path';
import { type Run } from '../support/measure.js';
import { type BenchCase, type Scenario, type Work } from '../support/scenario.js';
import { connect, databaseUrl } from '../support/database.js';
import { type Server } from '../support/server.js';
import { type Target } from '../support/targets.js';
import { httpLoop } from './http-loop.js';
import { makePeerTables } from './peer-tables.js';
import { seedLedger } from './seed-ledger.js';
import { startServer } from './server-process.js';
import { requestsFor } from './workload.js';

const connections = 64;
const leastWarmSeconds = 3; // code this long is compiled late
const lookEveryMs = 250;
const templates = { ledger: 'report_ledger', tables: 'report_tables' };
const database = 'report';

const target = (against: string, what: string, least: number, moon: number): Target => ({
  ...{ what: `report against ${what}`, of: `duban ${connections}x1`, against: `${against} ${connections}x1` },
  ...{ least, moon },
});

const targets: readonly Target[] = [
  target('crud', 'TypeORM saving task and history in a transaction', 5, 10),
  target('sql', 'one statement by hand', 1.2, 2),
  target('bare', 'the framework doing nothing', 0.5, 0.8),
  { what: 'memory of the API', of: `duban ${connections}x1`, measure: 'rss', least: 200, moon: 150 },
];

/** An implementation of the endpoint. `recorded` counts the reports that it keeps. */
type Implementation = {
  impl: string;
  program: string;
  template: string;
  recorded: string | null;
  /** Requests without an `Idempotency-Key`. The others come with one, although only the product heeds it. */
  keyless?: boolean;
};

const history = 'SELECT count(*) FROM task_history';
const duban: Implementation = {
  ...{ impl: 'duban', program: '../../apps/api/src/main.js', template: templates.ledger },
  recorded: `SELECT count(*) FROM events WHERE type = 'ProgressReported'`,
};
const implementations: readonly Implementation[] = [
  duban,
  { ...duban, keyless: true },
  { impl: 'crud', program: './servers/crud.js', template: templates.tables, recorded: history },
  { impl: 'sql', program: './servers/sql.js', template: templates.tables, recorded: history },
  { impl: 'bare', program: './servers/bare.js', template: templates.tables, recorded: null },
];

function caseOf(implementation: Implementation): BenchCase {
  return {
    ...{ impl: implementation.impl, callers: connections, batch: 1 },
    ...(implementation.keyless ? { variant: 'keyless' } : {}),
    before: server => server.fresh(database, implementation.template),
    run: work => measure(work, implementation),
  };
}

async function measure(
  { serverUrl, options }: Work,
  { program, recorded, keyless = false }: Implementation,
): Promise<Run> {
  const requestAt = requestsFor(await tokensIn(serverUrl), today(), !keyless);
  const path = join(import.meta.dirname, program);
  const server = await startServer(path, databaseUrl(serverUrl, database), options.profile);
  const looks: number[] = [];
  const timer = setInterval(() => looks.push(server.rssMb() ?? NaN), lookEveryMs);
  try {
    const warmSeconds = Math.max(options.warmSeconds, leastWarmSeconds);
    const { port } = server;
    const { sent, ...run } = await httpLoop({ ...options, port, connections, warmSeconds }, requestAt);
    if (recorded) await mustCount(serverUrl, recorded, sent);
    const rssMb = Math.max(...looks);
    return { ...run, rssMb: Number.isFinite(rssMb) ? rssMb : null };
  } finally {
    clearInterval(timer);
    await server.stop();
  }
}

/** What was answered with 201 stands in the database, once. */
async function mustCount(serverUrl: string, text: string, sent: number): Promise<void> {
  const client = await connect(serverUrl, database);
  try {
    const { rows } = await client.query<{ count: string }>(text);
    const count = Number(rows[0]?.count);
    if (count !== sent) throw new Error(`${sent} reports were answered, ${count} were recorded`);
  } finally {
    await client.end();
  }
}

const today = () => dayOf(new Date().toISOString(), 'Asia/Shanghai');

/** Tokens are known when they are issued and never again: the templates keep them for the generator. */
async function keepTokens(server: Server, template: string, tokens: readonly string[]): Promise<void> {
  const client = await connect(server.url, template);
  try {
    await client.query('CREATE TABLE bench_token (unit integer PRIMARY KEY, token text NOT NULL)');
    await client.query(
      'INSERT INTO bench_token SELECT nr - 1, token FROM unnest($1::text[]) WITH ORDINALITY AS t (token, nr)',
      [tokens],
    );
  } finally {
    await client.end();
  }
}

async function tokensIn(serverUrl: string): Promise<string[]> {
  const client = await connect(serverUrl, database);
  try {
    const { rows } = await client.query<{ token: string }>('SELECT token FROM bench_token ORDER BY unit');
    return rows.map(({ token }) => token);
  } finally {
    await client.end();
  }
}

async function prepare(server: Server): Promise<void> {
  const dueOn = `${today().slice(0, 4)}-12-31`;
  await server.fresh(templates.ledger);
  const tokens = await seedLedger(databaseUrl(server.url, templates.ledger), dueOn);
  await server.fresh(templates.tables);
  await makePeerTables(server, templates.tables, tokens, dueOn);
  for (const template of Object.values(templates)) await keepTokens(server, template, tokens);
}

export const scenario: Scenario = {
  name: 'report',
  prepare,
  cases: () => implementations.map(caseOf),
  targets,
};
