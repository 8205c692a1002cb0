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
