import { canonicalJson, type Json } from '@duban/event-store';
import { type PlanLedger } from '@duban/ledger';
import { type Core } from '@duban/supervision';
import { createHash } from 'node:crypto';
import { patiently } from './patience.js';

/** Which of two joint leads is first in a race is nobody's to foresee: the one thing that may differ between runs. */
const raced = { task: '004:3.1', period: '2023Q2' };

/**
 * What a plan's ledger says, in one digest: equal in every run of the same seed number, on any server and queue. Holds no
 * position and no instant.
 */
export function ledgerDigest(ledger: PlanLedger): string {
  const { plan, tasks, indicators, rounds, submissions, units } = ledger;
  const said = [plan, ...[tasks, indicators, rounds, submissions, units].map(each => [...each])];
  const text = canonicalJson(withoutWinner(JSON.parse(JSON.stringify(said)) as Json));
  return createHash('sha256').update(text).digest('hex');
}

function withoutWinner(said: Json): Json {
  const tasks = (said as Json[])[1] as [
    string,
    { reports: { period: string; unit: string; reporter: string }[] },
  ][];
  const task = tasks.find(([id]) => id === raced.task)?.[1];
  for (const report of task?.reports ?? []) {
    if (report.period === raced.period) Object.assign(report, { unit: 'either', reporter: 'either' });
  }
  return said;
}

/** Digests of the ledgers by plan, and of the published editions by id. */
export type Digests = { ledgers: Record<string, string>; editions: Record<string, string> };

/** The digests of everything that two runs of the same seed number have in common. */
export async function digestsOf(core: Core, plans: readonly string[]): Promise<Digests> {
  const ledgers: [string, string][] = [];
  for (const plan of [...plans].sort()) {
    const ledger = await patiently(() => core.reader.planLedger(plan));
    if (ledger) ledgers.push([plan, ledgerDigest(ledger)]);
  }
  const { rows } = await patiently(() =>
    core.pool.query<{ id: string; digest: string }>(
      `SELECT id, content_digest AS digest FROM edition WHERE kind = 'published' ORDER BY id`,
    ),
  );
  return {
    ledgers: Object.fromEntries(ledgers),
    editions: Object.fromEntries(rows.map(({ id, digest }) => [id, digest])),
  };
}
