import { type StoredEvent, type Subscription } from '@duban/event-store';
import { type IndicatorEvent } from '@duban/indicator';
import { splitStream } from '@duban/ledger';
import { type TaskEvent } from '@duban/task';
import { type PoolClient } from 'pg';
import { quarterOf } from './duties.js';
import { type Correction } from './rollup-model.js';

type ValueChange = Extract<IndicatorEvent, { type: 'ValueCorrected' | 'ValueRevised' }>;
type ReportChange = Extract<TaskEvent, { type: 'ProgressCorrected' }>;

const types = ['RoundClosed', 'EditionPublished', 'ValueCorrected', 'ValueRevised', 'ProgressCorrected'];

/**
 * Follows the log for what editions depend on. A closed round needs no row here, because the ledger itself says so;
 * what was corrected after a round was closed is kept until it is noted. `onWork` is told when there may be something
 * to compute, publish or note, after the commit.
 */
export function rollupsSubscription(onWork: () => void): Subscription {
  let mayHaveWork = true; // at the start: whatever was left over
  return {
    name: 'rollups',
    types,
    tables: { tables: [{ name: 'edition_correction' }], carry: carryNoted },
    handle: async (events, tx) => {
      mayHaveWork = true;
      for (const event of events) await keepCorrection(event, tx);
    },
    onCaughtUp: () => {
      if (!mayHaveWork) return;
      mayHaveWork = false;
      onWork();
    },
  };
}

/** What was noted stays so, without being looked up again. */
async function carryNoted(tx: PoolClient): Promise<void> {
  await tx.query(`
    UPDATE edition_correction c SET noted = o.noted FROM public.edition_correction o WHERE o.cause = c.cause`);
}

async function keepCorrection(event: StoredEvent, tx: PoolClient): Promise<void> {
  const correction = await correctionIn(event, tx);
  if (!correction) return;
  const { id } = splitStream(event.stream);
  const round = `${id.slice(0, id.indexOf(':'))}:${quarterOf(correction.period)}`;
  await tx.query(
    `INSERT INTO edition_correction (cause, round, position, body)
     SELECT $1, $2, $3, $4
     WHERE EXISTS (SELECT 1 FROM events WHERE stream = 'round-' || $2 AND type = 'RoundClosed' AND position < $3)
     ON CONFLICT DO NOTHING`,
    [correction.cause, round, event.position, JSON.stringify(correction)],
  );
}

async function correctionIn(
  { stream, version, event }: StoredEvent,
  tx: PoolClient,
): Promise<Correction | null> {
  const cause = `${stream}@${version}`;
  const subject = splitStream(stream).id;
  if (event.type === 'ValueCorrected' || event.type === 'ValueRevised') {
    const { type, period, unit, from, to, reason, on } = event as unknown as ValueChange;
    const how = type === 'ValueCorrected' ? 'corrected' : 'revised';
    return { cause, subject, period, how, unit, from, to, reason, correctedOn: on };
  }
  if (event.type !== 'ProgressCorrected') return null;
  const { n, percent, reason, on } = event as unknown as ReportChange;
  const { rows } = await tx.query<{ period: string; unit: string; percent: number | null }>(
    `SELECT data ->> 'period' AS period, data ->> 'unit' AS unit, (data ->> 'percent')::float8 AS percent FROM events
     WHERE stream = $1 AND type = 'ProgressReported' AND (data ->> 'n')::int = $2`,
    [stream, n],
  );
  const [told] = rows;
  if (!told) return null;
  const { period, unit, percent: from } = told;
  return { cause, subject, period, how: 'corrected', unit, from, to: percent, reason, correctedOn: on };
}
