import {
  indicatorLight,
  isOverdueOn,
  type Moment,
  obligationsOf,
  type PlanLedger,
  taskLights,
} from '@duban/ledger';
import { valueKnownBy } from '@duban/indicator';
import { type Check, expecting, type Record } from './check.js';

const quarter = '2023Q2';
const industry = 'xiangtan:市工信局';

/** Who owes what, jointly, in parts and after a merger. */
export const dutyChecks: readonly Check[] = [
  {
    name: 'the joint race on 004/3.1',
    plan: '004',
    from: '2023-07-05',
    faults: async record => {
      const task = (await record.ledger('004')).tasks.get('004:3.1');
      const [race] = record.evidence.races;
      return [
        ...expecting('answers', race?.statuses, [201, 409]),
        ...expecting('refusal', race?.code, 'already_reported'),
        ...expecting('reports', task?.reports.filter(({ period }) => period === quarter).length, 1),
      ];
    },
  },
  {
    name: 'the sum of parts of 004#5',
    plan: '004',
    from: '2023-07-12',
    faults: async record => [
      ...(await partsOn(record, '2023-07-07', { parts: 2, colour: 'grey' })),
      ...(await partsOn(record, '2023-07-10', { parts: 2, colour: 'red' })),
      ...(await partsOn(record, '2023-07-12', { parts: 3, colour: null })),
    ],
  },
  {
    name: 'the merger on 004/8.1',
    plan: '004',
    from: '2023-06-01',
    faults: async record => {
      const ledger = await record.ledger('004');
      const before = await record.obligation(ledger, '2023-05-31', 'task_due', '004:8.1');
      const after = await record.obligation(ledger, '2023-06-01', 'task_due', '004:8.1');
      return [
        ...expecting('the day before', before.holders, ['xiangtan:市农业农村局', 'xiangtan:市乡村振兴局']),
        ...expecting('from that day', after.holders, ['xiangtan:市农业农村局']),
        ...expecting('mode', [before.mode, after.mode], ['one_of', 'single']),
        ...expecting('id', after.id, before.id),
      ];
    },
  },
  {
    name: 'Saturday 15 July',
    plan: '004',
    from: '2023-07-18',
    faults: async record => {
      const ledger = await record.ledgerOn('004', '2023-07-14');
      const late = 'xiangtan:岳塘区';
      const owed = await record.obligation(ledger, '2023-07-14', 'submission', '004:2023H1', late);
      const told = messagesOf(record, owed.id);
      return [
        ...expecting('due', owed.due.on, '2023-07-15'),
        ...expecting('overdue on the day', isOverdueOn(owed, '2023-07-15'), false),
        ...expecting('overdue on Sunday', isOverdueOn(owed, '2023-07-16'), true),
        ...expecting('stage 0', told.get('0'), '2023-07-14'),
        ...expecting('stage +1', told.get('+1'), '2023-07-17'),
      ];
    },
  },
  {
    name: 'the landing of 000/k7 on 3 July',
    plan: '000',
    from: '2023-07-21',
    faults: async record => {
      const ledger = await record.ledgerOn('000', '2023-07-21');
      const reason = (moment: Moment) => taskLights(ledger, moment, record.calendar).get('000:k7')?.reason;
      const knownOn = '2023-07-21';
      return [
        ...expecting(
          'in the second quarter',
          reason({ day: '2023-06-30', knownOn, period: quarter }),
          'on_track',
        ),
        ...expecting('in the third', reason({ day: '2023-07-21', knownOn, period: '2023Q3' }), 'met'),
      ];
    },
  },
];

async function partsOn(
  record: Record,
  day: string,
  promised: { parts: number; colour: string | null },
): Promise<string[]> {
  const ledger = await record.ledgerOn('004', day);
  const id = '004:i5';
  const indicator = ledger.indicators.get(id);
  if (!indicator) return [`${id} is unknown`];
  const moment = { day: '2023-06-30', knownOn: day, period: quarter };
  const { light } = indicatorLight(ledger, id, indicator, moment, valuesOwed(ledger, day, record));
  const figure = valueKnownBy(indicator, quarter, day);
  const absent = promised.parts === 3 ? [] : [industry];
  return [
    ...expecting(`${day} parts`, figure.parts.length, promised.parts),
    ...expecting(`${day} absent`, figure.absent, absent),
    ...(promised.colour === null
      ? expecting(`${day} sum`, figure.value, 291)
      : expecting(`${day} light`, light.colour, promised.colour)),
    ...(promised.colour === 'red' ? expecting(`${day} named`, light.params['absent'], industry) : []),
  ];
}

function valuesOwed(ledger: PlanLedger, day: string, { calendar }: Record) {
  return obligationsOf(ledger, day, calendar).filter(({ kind }) => kind === 'value');
}

/** On which day each stage of an obligation reached the sink. */
export function messagesOf({ evidence }: Record, obligation: string): Map<string, string> {
  const told = evidence.sink.reminders.filter(each => each.obligation === obligation);
  return new Map(told.map(({ stage, day }) => [stage, day]));
}
