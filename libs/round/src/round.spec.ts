import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import type { Context } from '@duban/platform';
import fc from 'fast-check';
import { assertFolds, assertLaws } from '../../../test/support/decider-laws.js';
import { countedDueOn, dueOn, rosterEntry, roundDecider } from './round.js';
import type { RosterEntry, RoundCommand, RoundEvent } from './round-model.js';

const on = '2023-07-03';
const context: Context = {
  now: '2023-07-03T02:00:00.000Z',
  today: on,
  calendar: createCalendar(),
  actor: { id: 'officer-1', kind: 'person', role: 'office' },
};
const given = specFor(roundDecider, context);

const data = {
  plan: '004',
  period: '2023Q2',
  kind: 'quarter',
  dueOn: '2023-07-07',
  evidence: false,
  summary: false,
  backfill: false,
  clause: '§3(3)',
} as const;
const schedule = { type: 'ScheduleRound', ...data } as const;
const scheduled = { type: 'RoundScheduled', ...data, on } as const;
const backfill = { ...scheduled, backfill: true } as const;
const entry: RosterEntry = {
  unit: 'xiangtan:雨湖区',
  tasks: ['004:3.1'],
  leads: [],
  indicators: ['004:i12'],
  owesSubmission: true,
};
const open = { type: 'OpenRound', roster: [entry] } as const;
const opened = { type: 'RoundOpened', roster: [entry], on } as const;
const move = { type: 'MoveRoundDue', to: '2023-07-12', reason: 'flood' } as const;
const moved = { type: 'RoundDueMoved', from: '2023-07-07', to: '2023-07-12', reason: 'flood', on } as const;
const close = { type: 'CloseRound', blockers: [], accepted: [], reason: null } as const;
const closed = { type: 'RoundClosed', accepted: [], reason: null, by: 'officer-1', on } as const;

describe('scheduling a round', () => {
  it('is recorded', () => given().when(schedule).then(scheduled));
  it('keeps the due day as the original', () =>
    given(scheduled).thenState({ status: 'scheduled', dues: [{ on: '2023-07-07', setOn: on }] }));
  it('is recorded once, even after the due was moved', () =>
    given(scheduled, opened, moved).when(schedule).thenNothing());
  it('is refused with other data', () =>
    given(scheduled)
      .when({ ...schedule, summary: true })
      .thenRejected('round_already_scheduled', { plan: '004', period: '2023Q2' }));
  it('needs a period', () =>
    given()
      .when({ ...schedule, period: '2023Q5' })
      .thenRejected('not_a_period'));
  it('needs the kind of the period', () =>
    given()
      .when({ ...schedule, kind: 'half_year' })
      .thenRejected('period_kind_differs'));
  it('cannot be due before its period', () =>
    given()
      .when({ ...schedule, dueOn: '2023-03-31' })
      .thenRejected('due_before_period'));
  it('comes before everything else', () => given().when(open).thenRejected('round_not_found'));
  it('may ask about some tasks alone, each named once', () =>
    given()
      .when({ ...schedule, scope: ['004:7.2', '004:3.1', '004:7.2'] })
      .then({ ...scheduled, scope: ['004:3.1', '004:7.2'] }));
  it('asks about the whole plan when no scope is given, null or none', () =>
    given(scheduled)
      .when({ ...schedule, scope: null })
      .thenNothing());
  it('is recorded once with its scope, in whatever order it is named', () =>
    given({ ...scheduled, scope: ['004:3.1', '004:7.2'] })
      .when({ ...schedule, scope: ['004:7.2', '004:3.1'] })
      .thenNothing());
  it('is refused with another scope', () =>
    given({ ...scheduled, scope: ['004:3.1'] })
      .when(schedule)
      .thenRejected('round_already_scheduled'));
  it('cannot ask about nothing', () =>
    given()
      .when({ ...schedule, scope: [] })
      .thenRejected('scope_empty'));
  it("cannot ask about another plan's tasks", () =>
    given()
      .when({ ...schedule, scope: ['003:7.2.3'] })
      .thenRejected('scope_of_other_plan', { task: '003:7.2.3', plan: '004' }));
});

describe('opening a round', () => {
  it('freezes the roster', () => given(scheduled).when(open).then(opened));
  it('shows since when', () =>
    given(scheduled, opened).thenState({ status: 'open', openedOn: on, roster: [entry] }));
  it('is recorded once', () => given(scheduled, opened).when(open).thenNothing());
  it('with another roster is refused', () =>
    given(scheduled, opened)
      .when({ ...open, roster: [] })
      .thenRejected('round_already_open'));
  it('names each unit once', () =>
    given(scheduled)
      .when({ ...open, roster: [entry, entry] })
      .thenRejected('roster_unit_twice', { unit: entry.unit }));
  it('lets nobody owe anything in a round that was over before the plan', () =>
    given(backfill)
      .when(open)
      .then({ ...opened, roster: [{ ...entry, owesSubmission: false }] }));
  it('is recorded once for such a round, too', () =>
    given(backfill, { ...opened, roster: [{ ...entry, owesSubmission: false }] })
      .when(open)
      .thenNothing());
  it('is impossible after it was closed', () =>
    given(scheduled, opened, closed).when(open).thenRejected('round_closed', { period: '2023Q2' }));
});

describe('moving the due day', () => {
  it('is recorded', () => given(scheduled).when(move).then(moved));
  it('keeps the original', () =>
    given(scheduled, opened, moved).thenState({
      dues: [
        { on: '2023-07-07', setOn: on },
        { on: '2023-07-12', setOn: on },
      ],
    }));
  it('is recorded once', () => given(scheduled, moved).when(move).thenNothing());
  it('needs a reason', () =>
    given(scheduled)
      .when({ ...move, reason: ' ' })
      .thenRejected('reason_needed'));
  it('cannot make those late who were in time', () =>
    given(scheduled)
      .when({ ...move, to: '2023-07-02' })
      .thenRejected('due_in_past'));
  it('cannot go before the period', () =>
    given(scheduled)
      .when({ ...move, to: '2023-03-31' })
      .thenRejected('due_before_period'));
  it('is impossible after the round was closed', () =>
    given(scheduled, opened, closed).when(move).thenRejected('round_closed'));
});

describe('closing a round', () => {
  const classes = ['not_handed_in', 'unreviewed'];
  const blockers = [
    { class: 'not_handed_in', items: ['a', 'b', 'c', 'd', 'e', 'f'] },
    { class: 'unreviewed', items: ['004:i12 xiangtan:市科技局'] },
  ] as const;
  const accepting = { ...close, blockers, accepted: classes, reason: 'two parks are flooded' } as const;
  const closedOver = { ...closed, accepted: classes, reason: 'two parks are flooded' } as const;
  const machine = { id: 'm', kind: 'machine', role: 'scheduler' } as const;

  it('is recorded', () => given(scheduled, opened).when(close).then(closed));
  it('ends it', () =>
    given(scheduled, opened, closedOver).thenState({
      status: 'closed',
      closedOn: on,
      accepted: classes,
      closeReason: 'two parks are flooded',
    }));
  it('names the person a machine acts for', () =>
    given(scheduled, opened)
      .when(close, { actor: { id: 'm', kind: 'machine', role: 'office', actingFor: 'officer-2' } })
      .then({ ...closed, by: 'officer-2' }));
  it('waits for what is open', () =>
    given(scheduled, opened)
      .when({ ...accepting, accepted: ['unreviewed'] })
      .thenRejected('round_open_blockers', {
        blockers: ['not_handed_in'],
        counts: ['not_handed_in 6'],
        items: ['a', 'b', 'c', 'd', 'e'],
      }));
  it('over what is open is a decision: a machine says in whose name', () =>
    given(scheduled, opened).when(accepting, { actor: machine }).thenRejected('machine_needs_acting_for'));
  it('with nothing open is for a machine, too', () =>
    given(scheduled, opened)
      .when(close, { actor: machine })
      .then({ ...closed, by: 'm' }));
  it('over what is open needs a reason', () =>
    given(scheduled, opened)
      .when({ ...accepting, reason: null })
      .thenRejected('reason_needed'));
  it('over what is open is recorded with its reason', () =>
    given(scheduled, opened).when(accepting).then(closedOver));
  it('does not print classes that were accepted in vain', () =>
    given(scheduled, opened)
      .when({ ...accepting, accepted: [...classes, 'tolled'] })
      .then(closedOver));
  it('is recorded once, whatever is found later', () =>
    given(scheduled, opened, closedOver)
      .when({ ...accepting, blockers: [] })
      .thenNothing());
  it('happens once', () =>
    given(scheduled, opened, closedOver)
      .when({ ...accepting, reason: 'another' })
      .thenRejected('round_closed'));
  it('waits for the end of the period', () =>
    given(scheduled, opened)
      .when(close, { today: '2023-06-30' })
      .thenRejected('round_period_running', { endsOn: '2023-06-30' }));
  it('needs an open round', () => given(scheduled).when(close).thenRejected('round_not_open'));
});

describe('due days', () => {
  const round = (...dues: [on: string, setOn: string][]) => ({
    period: '2023Q2',
    dues: dues.map(([day, setOn]) => ({ on: day, setOn })),
  });

  it.each([
    ['the original', round(['2023-07-07', '2023-07-03']), '2023-07-07', '2023-07-07'],
    [
      'one set in time',
      round(['2023-07-07', '2023-07-03'], ['2023-07-12', '2023-07-07']),
      '2023-07-12',
      '2023-07-12',
    ],
    [
      'one set too late to unset lateness',
      round(['2023-07-07', '2023-07-03'], ['2023-07-12', '2023-07-08']),
      '2023-07-12',
      '2023-07-07',
    ],
    [
      'an earlier one',
      round(['2023-07-12', '2023-07-03'], ['2023-07-07', '2023-07-04']),
      '2023-07-07',
      '2023-07-07',
    ],
    ['none', round(), '2023-06-30', '2023-06-30'],
  ])('%s', (_, dues, told, counted) => {
    expect(dueOn(dues)).toBe(told);
    expect(countedDueOn(dues)).toBe(counted);
  });
});

describe('rosterEntry', () => {
  it('is what the unit is asked', () =>
    expect(rosterEntry({ roster: [entry] }, 'xiangtan:雨湖区')).toBe(entry));
  it('is nothing for a unit that is not asked', () =>
    expect(rosterEntry({ roster: [entry] }, 'xiangtan:岳塘区')).toBeNull());
});

describe('any history of a round', () => {
  const tolled = { class: 'tolled', items: ['004:3.1 xiangtan:市科技局'] } as const;
  const command = fc.constantFrom<RoundCommand>(
    schedule,
    { ...schedule, backfill: true },
    open,
    { ...open, roster: [] },
    move,
    { ...move, to: '2023-07-07' },
    close,
    { ...close, blockers: [tolled], accepted: ['tolled'], reason: 'decided' },
    { ...close, blockers: [tolled] },
  );
  const today = fc.constantFrom('2023-06-30', on, '2023-07-10');
  const step = fc.record({ command, context: today.map(day => ({ ...context, today: day })) });
  const event = fc.constantFrom<RoundEvent>(scheduled, backfill, opened, moved, closed);

  it('keeps the laws of an aggregate', () =>
    fc.assert(fc.property(fc.array(step, { maxLength: 20 }), steps => assertLaws(roundDecider, steps))));
  it('folds', () => fc.assert(fc.property(fc.array(event), history => assertFolds(roundDecider, history))));
});
