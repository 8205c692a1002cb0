import { ConfigurationError, createPool, loadConfiguration } from '@duban/platform';
import { type Database, withDatabase } from '../database/open-database.js';
import { type Finding, fault, ok } from '../doctor/check.js';
import {
  checkClock,
  checkLog,
  checkMigrations,
  checkServer,
  checkSubscriptions,
} from '../doctor/database-checks.js';
import { checkEvidence } from '../doctor/evidence-check.js';
import { checkQueue } from '../doctor/queue-check.js';
import { type ExitCode, exitCodes } from '../terminal/exit-codes.js';
import { failureOf } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';
import { table } from '../terminal/width.js';

/** Looks at everything that must hold for the product to work, says what to do, and ends with the first fault's code. */
export async function doctor(terminal: Terminal): Promise<ExitCode> {
  const findings = await examine(terminal);
  const first = findings.find(({ state }) => state === 'fault');
  terminal.data({ ok: !first, findings }, () => textOf(findings));
  return first?.exit ?? (first ? exitCodes.refused : exitCodes.ok);
}

async function examine(terminal: Terminal): Promise<Finding[]> {
  const configuration = checkConfiguration();
  if (configuration.some(({ state }) => state === 'fault')) return configuration;
  try {
    return [...configuration, ...(await withDatabase(terminal, examineDatabase))];
  } catch (error) {
    const { exit, sentences } = failureOf(error, terminal.language, 'DATABASE_URL or DUBAN_HOME');
    const advice = 'Check DATABASE_URL; without it the embedded database of DUBAN_HOME is used.';
    return [...configuration, fault('database', sentences.join(' '), advice, exit)];
  }
}

/** Every fault of the environment at once, each as a finding of its own. */
function checkConfiguration(): Finding[] {
  try {
    const { databaseUrl, redisUrl, home } = loadConfiguration(process.env);
    const database = databaseUrl ? 'DATABASE_URL' : `embedded in ${home}`;
    return [
      ok('configuration', `database: ${database}; queue: ${redisUrl ? 'REDIS_URL' : 'in the database'}`),
    ];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const advice = 'Correct this variable of the environment.';
    return error.faults.map(each => fault('configuration', each, advice, exitCodes.usage));
  }
}

async function examineDatabase({ configuration }: Database): Promise<Finding[]> {
  const { databaseUrl } = configuration;
  const pool = createPool(databaseUrl, { applicationName: 'duban-doctor', max: 1 });
  try {
    const server = await checkServer(pool);
    const migrations = await checkMigrations(databaseUrl);
    // Without its tables there is nothing further to look at.
    if (migrations.state === 'fault') return [server, migrations];
    return [
      server,
      migrations,
      await checkClock(pool),
      await checkLog(databaseUrl),
      ...(await checkSubscriptions(databaseUrl)),
      await checkQueue(configuration),
      await checkEvidence(configuration),
    ];
  } finally {
    await pool.end();
  }
}

const signs: Readonly<Record<Finding['state'], string>> = { ok: 'ok', warning: 'look', fault: 'FAULT' };

function textOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ check, state, detail, advice }) => [
    signs[state],
    check,
    advice ? `${detail}. ${advice}` : detail,
  ]);
  return table(rows);
}
