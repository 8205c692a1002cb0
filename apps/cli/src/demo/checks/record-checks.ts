import { assertAddsUp, type Edition, Rollups, type Tally } from '@duban/rollup';
import { patiently } from '../patience.js';
import { tamperWithCopy } from '../tampering.js';
import { type Check, expecting, type Record } from './check.js';

/** What holds for the record as a whole. */
export const recordChecks: readonly Check[] = [
  {
    name: 'every chain verifies',
    plan: null,
    from: '2023-04-20',
    faults: async ({ evidence }) => evidence.verification.faults.slice(0, 3).map(({ message }) => message),
  },
  {
    name: 'no acknowledged command is missing',
    plan: null,
    from: '2023-04-20',
    faults: acknowledgedAll,
  },
  {
    name: 'every reminder once',
    plan: null,
    from: '2023-04-20',
    faults: remindersOnce,
  },
  {
    name: 'nobody reminded of what was over before the plan',
    plan: null,
    from: '2023-04-20',
    faults: async ({ evidence }) => {
      const early = evidence.sink.reminders.filter(
        ({ day, period }) => day < '2023-04-20' || period === '2023Q1',
      );
      return early.slice(0, 3).map(({ subject, day }) => `${subject} on ${day}`);
    },
  },
  {
    name: 'the receipt of 雨湖高新区 escalated',
    plan: '004',
    from: '2023-05-04',
    faults: async ({ evidence }) => {
      const told = evidence.sink.reminders.filter(
        ({ kind, recipient, stage, day }) =>
          kind === 'receipt' && recipient === 'office:004' && stage === '+5' && day === '2023-05-04',
      );
      return told.length > 0 ? [] : ['the office was not told on 4 May'];
    },
  },
  {
    name: 'one edition for each closed quarter, computed anew from the events',
    plan: null,
    from: '2023-04-28',
    faults: editionsOnce,
  },
  {
    name: 'the figures of every unit and quarter add up',
    plan: null,
    from: '2023-04-28',
    faults: figuresAddUp,
  },
  {
    name: 'a row edited as superuser is found in a copy',
    plan: null,
    from: '2023-04-20',
    faults: async ({ evidence }) => {
      const { clean, edited, found } = await tamperWithCopy(evidence.databaseUrl);
      return [
        ...expecting('faults of the copy before', clean, 0),
        ...expecting('found', found, { position: edited, kind: 'edited' }),
      ];
    },
  },
];

/** The editions of one plan are computed anew: those of the others are counted. */
async function editionsOnce({ evidence }: Record): Promise<string[]> {
  const rollups = new Rollups(evidence.core);
  const { rows } = await patiently(() =>
    evidence.core.pool.query<{ round: string; editions: number }>(
      `SELECT s.plan || ':' || (s.state ->> 'period') AS round, count(e.id) AS editions
       FROM streams s LEFT JOIN edition e
         ON e.kind = 'published' AND e.plan = s.plan AND e.period = s.state ->> 'period'
       WHERE s.category = 'round' AND s.state ->> 'kind' = 'quarter' AND s.state ->> 'status' = 'closed'
       GROUP BY 1 ORDER BY 1 DESC`,
    ),
  );
  const faults = rows.flatMap(({ round, editions }) => expecting(round, editions, 1));
  const [plan] = (rows[0]?.round ?? '').split(':');
  for (const { round } of rows.filter(({ round }) => round.startsWith(`${plan}:`))) {
    const { ok } = await patiently(() => rollups.verify(`${round}/1`));
    faults.push(...expecting(`${round}/1 computed anew`, ok, true));
  }
  return faults;
}

/** On time, late, extended, returned, tolled, waived, awaited and pending are all that a unit owed, area by area. */
async function figuresAddUp({ evidence }: Record): Promise<string[]> {
  const { rows } = await patiently(() =>
    evidence.core.pool.query<{ id: string; body: Edition }>(
      `SELECT id, body FROM edition WHERE kind = 'published' ORDER BY id`,
    ),
  );
  const faults = rows.flatMap(({ id, body }) =>
    body.units.flatMap(({ unit, delivery, reporting, office, supporting, total }) => {
      const areas = [delivery, reporting, office, supporting.receipts];
      const sum = areas.reduce((all, area) => all + area.total, 0);
      return [...areas.flatMap(area => unsound(area)), ...expecting('areas', sum, total)].map(
        fault => `${id} ${unit}: ${fault}`,
      );
    }),
  );
  return rows.length === 0 ? ['no edition was published'] : faults.slice(0, 3);
}

function unsound(area: Tally): string[] {
  try {
    assertAddsUp(area);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Whatever was answered with success stands in the record: its key, and its stream at that version or beyond. */
async function acknowledgedAll({ evidence }: Record): Promise<string[]> {
  const { core, acknowledged } = evidence;
  const { rows } = await patiently(() =>
    core.pool.query<{ missing: string }>(
      `SELECT a.key || ' ' || a.stream AS missing
       FROM jsonb_to_recordset($1::jsonb) AS a (key text, stream text, version integer)
       LEFT JOIN streams s ON s.id = a.stream AND s.version >= a.version
       WHERE s.id IS NULL OR NOT EXISTS (SELECT 1 FROM idempotency i WHERE i.key = a.key)
       LIMIT 3`,
      [JSON.stringify(acknowledged)],
    ),
  );
  return [
    ...rows.map(({ missing }) => missing),
    ...(acknowledged.length === 0 ? ['nothing was acknowledged'] : []),
  ];
}

/** What was recorded reached the sink, signed, and under no second id. */
async function remindersOnce({ evidence }: Record): Promise<string[]> {
  const { core, sink } = evidence;
  const { rows } = await patiently(() =>
    core.pool.query<{ delivered: number; keys: number; open: number }>(
      `SELECT count(*) FILTER (WHERE fate = 'delivered') AS delivered,
              count(DISTINCT (obligation, due_version, stage, recipient)) FILTER (WHERE fate = 'delivered') AS keys,
              count(*) FILTER (WHERE fate IN ('issued', 'failed')) AS open
       FROM reminder`,
    ),
  );
  const { delivered, keys, open } = rows[0] ?? {};
  const arrived = sink.reminders.map(({ id }) => id);
  return [
    ...expecting('recorded once', delivered, keys),
    ...expecting('not delivered', open, 0),
    ...expecting('arrived', arrived.length, delivered),
    ...expecting('arrived once', new Set(arrived).size, arrived.length),
    ...expecting('wrong signatures', sink.badSignatures, 0),
  ];
}
