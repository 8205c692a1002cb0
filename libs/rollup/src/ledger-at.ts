import { holidayStream } from '@duban/holiday';
import { type Keeping, LedgerBuilder, type PlanLedger, planOfStream, splitStream } from '@duban/ledger';
import { withTransaction } from '@duban/platform';
import { type RollupParts } from './parts.js';
import { type Closed, keptFrom } from './told-later.js';

/** With more streams touched since, reading the log from its beginning is the shorter way. */
const mostTouched = 2000;

/** Up to where the log counts; `closed`: of what came after that, only what tells of its quarter. */
export type Known = { position: number; closed?: Closed | undefined };

/**
 * A plan as it was known at a position of the log. What has not moved since is taken from the folds beside the events;
 * only streams that have moved are folded again, so that the cost goes by what happened since, not by all there is.
 */
export async function ledgerAt(parts: RollupParts, plan: string, known: Known): Promise<PlanLedger | null> {
  const { position, closed } = known;
  const { current, touched } = await withTransaction(parts.pool, async tx => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await tx.query<{ stream: string }>({
      name: 'streams_touched_since',
      text: `SELECT DISTINCT stream FROM events WHERE position > $1`,
      values: [closed?.at ?? position],
    });
    const concerned = rows.map(({ stream }) => stream).filter(stream => concerns(stream, plan));
    return { current: await parts.reader.planLedger(plan, tx), touched: concerned };
  });
  if (touched.length > mostTouched) return foldedFrom(parts, plan, known);
  if (!current || touched.length === 0) return current;
  const builder = new LedgerBuilder();
  const keeps = keeping(closed);
  for (const [stream, state] of foldsOf(current)) if (!touched.includes(stream)) builder.put(stream, state);
  for (const stream of touched) {
    const events = await parts.events.readStream(stream, { upTo: position });
    for (const stored of events) if (keeps(stored)) builder.apply(stream, stored.event);
  }
  return builder.ledger(plan);
}

/** The same from the events alone, without any stored fold: what a verification trusts. */
export async function foldedFrom(
  { reader }: Pick<RollupParts, 'reader'>,
  plan: string,
  { position, closed }: Known,
): Promise<PlanLedger | null> {
  return (await reader.ledgersAt(position, plan, keeping(closed))).ledger(plan);
}

function keeping(closed: Closed | undefined): Keeping {
  return closed ? keptFrom(closed) : () => true;
}

function concerns(stream: string, plan: string): boolean {
  const owner = planOfStream(stream);
  return (
    owner === plan || ['unit', 'group', 'post', 'policy', 'calendar'].includes(splitStream(stream).category)
  );
}

function foldsOf(ledger: PlanLedger): [string, unknown][] {
  const of = (category: string, states: ReadonlyMap<string, unknown>): [string, unknown][] =>
    [...states].map(([id, state]) => [`${category}-${id}`, state]);
  return [
    [`plan-${ledger.id}`, ledger.plan],
    ...of('task', ledger.tasks),
    ...of('indicator', ledger.indicators),
    ...of('round', ledger.rounds),
    ...of('submission', ledger.submissions),
    ...of('rollup', ledger.bulletins),
    ...of('unit', ledger.units),
    ...of('group', ledger.groups),
    ...of('post', ledger.posts),
    ...of('policy', ledger.policies),
    [holidayStream(ledger.plan.zone), ledger.holidays],
  ];
}
