import { targetFor, valueKnownBy, valueOf } from '@duban/indicator';
import { Rollups } from '@duban/rollup';
import { type Check, expecting } from './check.js';
import { messagesOf } from './duty-checks.js';

/** What was decided, corrected and refused. */
export const decisionChecks: readonly Check[] = [
  {
    name: 'the late-decided extension of 001/1',
    plan: '001',
    from: '2023-08-09',
    faults: async record => {
      const ledger = await record.ledger('001');
      const owed = await record.obligation(ledger, '2023-08-09', 'task_due', '001:1');
      const extension = ledger.tasks.get('001:1')?.extensions[0];
      const after = [...messagesOf(record, owed.id)].filter(([, day]) => day > '2023-07-28');
      after.sort(([, a], [, b]) => (a < b ? -1 : 1));
      return [
        ...expecting(
          'asked and ended',
          [extension?.askedOn, extension?.endedOn],
          ['2023-07-28', '2023-08-08'],
        ),
        ...expecting('decision', extension?.state, 'refused'),
        ...expecting('first message', after[0], ['+1', '2023-08-09']),
      ];
    },
  },
  {
    name: 'the target revision of 004#12',
    plan: '004',
    from: '2023-09-15',
    faults: async record => {
      const indicator = (await record.ledger('004')).indicators.get('004:i12');
      const target = indicator && targetFor(indicator, '004', '2023');
      return [
        ...expecting('targets', [target?.original.floor, target?.current.floor], [830, 860]),
        ...expecting('paper', target?.current.paper?.on, '2023-09-15'),
        ...expecting('eased after a miss', target?.current.easedAfterMiss, false),
      ];
    },
  },
  {
    name: 'the correction of 004#19',
    plan: '004',
    from: '2023-08-18',
    faults: async record => {
      const indicator = (await record.ledger('004')).indicators.get('004:i19');
      if (!indicator) return ['004:i19 is unknown'];
      const known = (day: string) => valueKnownBy(indicator, '2023Q2', day).value;
      const { value, corrected } = valueOf(indicator, '2023Q2');
      const confirmedOn = indicator.observations['2023Q2']?.confirmations.at(-1)?.on ?? '2023-08-10';
      const rollups = new Rollups(record.evidence.core);
      const noted = await rollups.corrections('004:2023Q2');
      const isNoted = noted.some(({ subject, to }) => subject === '004:i19' && to === 980);
      return [
        ...expecting('changed since the edition', isNoted, true),
        ...expecting('edition unchanged', (await rollups.verify('004:2023Q2/1')).ok, true),
        ...expecting('counts from its confirmation', [known('2023-08-10'), known(confirmedOn)], [1010, 980]),
        ...expecting('now', [value, corrected], [980, true]),
      ];
    },
  },
  {
    name: 'the office reviewing its own 004/5.3',
    plan: '004',
    from: '2023-08-08',
    faults: async record => {
      const task = (await record.ledger('004')).tasks.get('004:5.3');
      const events = await record.evidence.core.events.readStream('task-004:5.3');
      const closed = events.find(({ type }) => type === 'TaskClosed')?.event as { by?: string } | undefined;
      const [first, last] = task?.completions ?? [];
      const persons = new Set([last?.reporter, last?.accepted?.by, closed?.by]);
      return [
        ...expecting('returned', first?.returned?.on, '2023-07-10'),
        ...expecting('marked', last?.selfReviewed, true),
        ...expecting('reporter, reviewer and second signature', persons.size, 3),
        ...expecting('status', task?.status, 'closed'),
      ];
    },
  },
];
