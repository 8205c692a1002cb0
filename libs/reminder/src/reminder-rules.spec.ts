import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import { type Context } from '@duban/platform';
import fc from 'fast-check';
import { assertFolds, assertLaws } from '../../../test/support/decider-laws.js';
import { reminderActor } from './parts.js';
import { type ReminderCommand, type ReminderEvent } from './reminder-model.js';
import { reminderDecider } from './reminder-rules.js';

const context: Context = {
  now: '2023-08-01T01:00:00.000Z',
  today: '2023-08-01',
  calendar: createCalendar(),
  actor: reminderActor,
};
const given = specFor(reminderDecider, context);
const about = {
  obligation: 'o',
  plan: '004',
  kind: 'task_due',
  subject: '004:3.1',
  title: 'Laboratories',
  period: null,
  holders: ['xiangtan:市科技局'],
} as const;
const said = {
  ...about,
  stage: '+1',
  stageKind: 'escalation',
  dueOn: '2023-07-31',
  dueVersion: 1,
  recipients: ['a', 'b'],
  overdueWorkdays: 1,
  policy: 'reminder@1',
  skipped: [],
  text: 'overdue',
} as const;
const issue: ReminderCommand = { type: 'IssueReminder', ...said };
const issued: ReminderEvent = { type: 'ReminderIssued', ...said, on: '2023-08-01' };
const toA = { stage: '+1', dueVersion: 1, recipient: 'a' };
const digest = { delivery: 'd', day: '2023-08-01', ordinal: 1 };
const deliver = { type: 'RecordDelivery', ...toA, ...digest, channels: ['log'] } as const;
const delivered: ReminderEvent = { ...deliver, type: 'ReminderDelivered', on: '2023-08-01' };

describe('a reminder', () => {
  it('is issued to all its recipients', () => given().when(issue).then(issued));
  it('is issued once', () => given(issued).when(issue).thenNothing());
  it('is issued to those who were not told yet', () =>
    given(issued)
      .when({ ...issue, recipients: ['b', 'c'] })
      .then({ ...issued, recipients: ['c'] }));
  it('is issued anew for another stage', () =>
    given(issued)
      .when({ ...issue, stage: '+5' })
      .then({ ...issued, stage: '+5' }));
  it('is issued anew for another due day', () =>
    given(issued)
      .when({ ...issue, dueVersion: 2 })
      .then({ ...issued, dueVersion: 2 }));
  it('is not issued to nobody', () =>
    given()
      .when({ ...issue, recipients: [] })
      .thenNothing());
});

describe('the fate of a message', () => {
  it('is recorded', () => given(issued).when(deliver).then(delivered));
  it('is recorded once', () => given(issued, delivered).when(deliver).thenNothing());
  it('is one only', () =>
    given(issued, delivered)
      .when({ type: 'RecordFailure', ...toA, ...digest, attempts: 8 })
      .thenNothing());
  it('may be that it was superseded', () =>
    given(issued)
      .when({ type: 'SupersedeReminder', ...toA, ...digest, reason: 'settled' })
      .then({ type: 'ReminderSuperseded', ...toA, ...digest, reason: 'settled', on: '2023-08-01' }));
  it('is that of a message that was issued', () => given().when(deliver).thenRejected('not_found'));
});

describe('an acknowledgement', () => {
  const acknowledge = { type: 'AcknowledgeReminder', ...toA, by: 'person:1' } as const;
  const acknowledged: ReminderEvent = { ...acknowledge, type: 'ReminderAcknowledged', on: '2023-08-01' };
  it('is recorded once', () => {
    given(issued, delivered).when(acknowledge).then(acknowledged);
    given(issued, acknowledged).when(acknowledge).thenNothing();
  });
  it('is of a message that went to somebody', () =>
    given(issued)
      .when({ ...acknowledge, recipient: 'z' })
      .thenRejected('not_found'));
});

describe('any history', () => {
  const address = fc.record({
    stage: fc.constantFrom('0', '+1'),
    dueVersion: fc.integer({ min: 1, max: 2 }),
    recipient: fc.constantFrom('a', 'b', 'c'),
  });
  const command: fc.Arbitrary<ReminderCommand> = fc.oneof(
    fc
      .record({ stage: fc.constantFrom('0', '+1'), recipients: fc.subarray(['a', 'b', 'c']) })
      .map(parts => ({ ...issue, ...parts })),
    address.map(to => ({ ...deliver, ...to })),
    address.map(to => ({ type: 'RecordFailure' as const, ...to, ...digest, attempts: 8 })),
    address.map(to => ({ type: 'SupersedeReminder' as const, ...to, ...digest, reason: 'settled' })),
    address.map(to => ({ type: 'AcknowledgeReminder' as const, ...to, by: 'p' })),
  );
  it('obeys the laws of deciders', () =>
    fc.assert(
      fc.property(fc.array(command.map(each => ({ command: each, context }))), steps =>
        assertLaws(reminderDecider, steps),
      ),
    ));
  it('folds in any order', () => assertFolds(reminderDecider, [delivered, issued, delivered, issued]));
});
