import { type Correction } from '@duban/bulletin';
import { type StoredEvent, type Subscription } from '@duban/event-store';
import { type IndicatorEvent } from '@duban/indicator';
import { splitStream } from '@duban/ledger';
import { type PoolClient } from 'pg';
import { type KeptFact, type Settlement } from './edition-table.js';
import { factIn, laterFactTypes, roundOf, roundsOf } from './later-facts.js';

type Of<Type extends IndicatorEvent['type']> = Extract<IndicatorEvent, { type: Type }>;

const types = [
  'RoundClosed',
  'EditionPublished',
  'EditionRestated',
  ...laterFactTypes,
  'ValueConfirmed',
  'ValueCorrectionRefused',
];

/**
 * Follows the log for what editions depend on. A closed round needs no row here, because the ledger itself says so;
 * what came after a round was closed is kept until it is noted. `onWork` is told when there may be something to compute,
 * publish or note, after the commit.
 */
export function rollupsSubscription(onWork: () => void): Subscription {
  let mayHaveWork = true; // at the start: whatever was left over
  return {
    name: 'rollups',
    types,
    tables: { tables: [{ name: 'edition_correction' }], carry: carryNoted },
    handle: async (events, tx) => {
      mayHaveWork = true;
      for (const event of events) for (const fact of await factsIn(event, tx)) await keepLater(fact, tx);
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

/** Only what came after the round was closed is kept: everything before it stands in the edition. */
async function keepLater({ cause, round, position, body }: KeptFact, tx: PoolClient): Promise<void> {
  await tx.query(
    `INSERT INTO edition_correction (cause, round, position, body)
     SELECT $1, $2, $3, $4
     WHERE EXISTS (SELECT 1 FROM events WHERE stream = 'round-' || $2 AND type = 'RoundClosed' AND position < $3)
     ON CONFLICT DO NOTHING`,
    [cause, round, position, JSON.stringify(body)],
  );
}

async function factsIn(stored: StoredEvent, tx: PoolClient): Promise<KeptFact[]> {
  const { position, event } = stored;
  if (event.type === 'ValueConfirmed') return settledBy(stored, tx);
  if (event.type === 'ValueCorrectionRefused') return refusedBy(stored, tx);
  const fact = await factIn(stored, tx);
  return fact
    ? roundsOf(fact).map(round => ({ cause: keyOf(fact, round), round, position, body: fact }))
    : [];
}

/** One fact is kept once for each round whose edition does not know of it. */
function keyOf(fact: Correction, round: string): string {
  return round === roundOf(fact) ? fact.cause : `${fact.cause} ${round}`;
}

/**
 * Corrections that count from this confirmation: those that were noted when they were made are settled; one that was made
 * before the round was closed changes the edition only now, and is noted now.
 */
async function settledBy(
  { stream, version, position, event }: StoredEvent,
  tx: PoolClient,
): Promise<KeptFact[]> {
  const { period, on, corrections = [] } = event as unknown as Of<'ValueConfirmed'>;
  const subject = splitStream(stream).id;
  const round = roundOf({ subject, period });
  const found: KeptFact[] = [];
  for (const { unit, from, to } of corrections) {
    const waiting = await waitingFor({ round, subject, period, unit, position }, tx);
    const cause = `${stream}@${version}`;
    const late = { cause: `${cause}/${unit}`, subject, period, how: 'corrected' as const, unit, from, to };
    found.push(
      ...waiting.map((settles, index) =>
        // Of several corrections of one figure the last one is what was confirmed.
        settlement(settles, index < waiting.length - 1 ? 'refused' : 'counts', { cause, round, position }),
      ),
      ...(waiting.length > 0
        ? []
        : [{ cause: late.cause, round, position, body: { ...late, reason: '', correctedOn: on } }]),
    );
  }
  return found;
}

async function refusedBy(
  { stream, version, position, event }: StoredEvent,
  tx: PoolClient,
): Promise<KeptFact[]> {
  const { period, unit } = event as unknown as Of<'ValueCorrectionRefused'>;
  const subject = splitStream(stream).id;
  const round = roundOf({ subject, period });
  const waiting = await waitingFor({ round, subject, period, unit, position }, tx);
  const cause = `${stream}@${version}`;
  return waiting.map(settles => settlement(settles, 'refused', { cause, round, position }));
}

function settlement(
  settles: string,
  outcome: Settlement['outcome'],
  { cause, round, position }: Omit<KeptFact, 'body'>,
): KeptFact {
  return { cause: `${cause} ${settles}`, round, position, body: { settles, outcome } };
}

type Waiting = Pick<Correction, 'subject' | 'period' | 'unit'> & { round: string; position: number };

/** The corrections of this figure that were noted and wait to be settled, oldest first. */
async function waitingFor(
  { round, subject, period, unit, position }: Waiting,
  tx: PoolClient,
): Promise<string[]> {
  const { rows } = await tx.query<{ cause: string }>(
    `SELECT c.cause FROM edition_correction c
     WHERE c.round = $1 AND c.position < $2 AND c.body ->> 'pending' = 'true'
       AND c.body ->> 'subject' = $3 AND c.body ->> 'period' = $4 AND c.body ->> 'unit' = $5
       AND NOT EXISTS (SELECT 1 FROM edition_correction s WHERE s.round = c.round AND s.body ->> 'settles' = c.cause)
     ORDER BY c.position`,
    [round, position, subject, period, unit],
  );
  return rows.map(({ cause }) => cause);
}
