import { fold, specFor } from '@duban/event-store';
import type { Actor } from '@duban/platform';
import { firstVersions } from '@duban/policy';
import {
  commands,
  contested,
  contextOn,
  culture,
  decided,
  finance,
  issued,
  people,
} from './task-examples.js';
import { registered, science } from './task-examples.js';
import { excusedMembers } from './task-contests.js';
import { flagsOf } from './task-facts.js';
import type { TaskEvent } from './task-model.js';
import { namedSince } from './task-units.js';
import { taskDecider } from './task.js';

const contest = commands.ContestAssignment;
const on = (day: string, history: readonly TaskEvent[], who: Actor = people.liaison) =>
  specFor(taskDecider, contextOn(day, who))(...history);
const reassigned = (day: string, ...holders: string[]): TaskEvent => ({
  type: 'UnitsReassigned',
  roles: holders.map(holder => ({ holder, isGroup: false, role: 'lead', presumed: false })),
  on: day,
  reason: 'by decision of the office',
  paper: null,
});

// Issued on Thu 20 April 2023: workdays are 21, 23 (a Sunday), 24, 25, 26 April.
describe('contesting an assignment', () => {
  it('waits five workdays for its decision', () =>
    on('2023-04-24', [registered, issued])
      .when(contest)
      .then(contested('2023-04-24', { decideBy: '2023-05-04', tollsUntil: '2023-05-17' })));
  it('waits and is possible as long as the policy of its day says', () => {
    const dates = {
      ...firstVersions.date,
      contestWorkdays: 1,
      contestDecisionWorkdays: 2,
      tollingWorkdays: 3,
    };
    on('2023-04-21', [registered, issued])
      .when({ ...contest, dates })
      .then(contested('2023-04-21', { decideBy: '2023-04-24', tollsUntil: '2023-04-25' }));
    on('2023-04-23', [registered, issued])
      .when({ ...contest, dates })
      .thenRejected('contest_too_late', { until: '2023-04-21' });
  });
  it('is possible for five workdays', () => {
    on('2023-04-26', [registered, issued])
      .when(contest)
      .then(contested('2023-04-26', { decideBy: '2023-05-06', tollsUntil: '2023-05-19' }));
    on('2023-04-27', [registered, issued]).when(contest).thenRejected('contest_too_late');
  });
  it('counts from the day on which the unit was named', () => {
    const later = reassigned('2023-06-01', finance, culture);
    on('2023-06-08', [registered, issued, later]).when(contest).thenRejected('contest_too_late');
    const byCulture = { ...contest, unit: culture };
    // Culture only supported before, and was named all the time.
    on('2023-06-08', [registered, issued, later]).when(byCulture).thenRejected('contest_too_late');
    const fresh = reassigned('2023-06-01', 'xiangtan:市工信局');
    const byNew = { ...contest, unit: 'xiangtan:市工信局' };
    on('2023-06-08', [registered, issued, fresh])
      .when(byNew)
      .then(
        contested('2023-06-08', {
          unit: 'xiangtan:市工信局',
          named: ['xiangtan:市工信局'],
          decideBy: '2023-06-15',
          tollsUntil: '2023-06-30',
        }),
      );
  });
  it('is for units that are named, members of groups included', () => {
    const stranger = { ...contest, unit: 'xiangtan:岳塘区' };
    on('2023-04-24', [registered, issued]).when(stranger).thenRejected('not_a_holder');
    const member = { ...stranger, members: ['xiangtan:岳塘区'] };
    on('2023-04-24', [registered, issued])
      .when(member)
      .then(contested('2023-04-24', { unit: 'xiangtan:岳塘区', named: [], tollsUntil: '2023-05-17' }));
  });
  it('is one at a time, and recorded once when retried', () => {
    const given = on('2023-04-25', [registered, issued, contested()]);
    given.when(contest).thenNothing();
    given.when({ ...contest, reason: 'another' }).thenRejected('contest_pending');
    given.when({ ...contest, unit: science }).then(
      contested('2023-04-25', {
        n: 2,
        unit: science,
        named: [science],
        decideBy: '2023-05-05',
        tollsUntil: '2023-05-18',
      }),
    );
    on('2023-04-26', [registered, issued, contested(), decided('reject', '2023-04-25')])
      .when(contest)
      .thenRejected('contest_decided');
  });
  it('speaks for the units that have become one with it', () =>
    on('2023-04-24', [registered, issued])
      .when({ ...contest, unit: 'xiangtan:新局', actsFor: [science, finance] })
      .then(contested('2023-04-24', { unit: 'xiangtan:新局', named: [science, finance] })));
});

describe('deciding a contest', () => {
  const uphold = {
    type: 'DecideContest',
    n: 1,
    verdict: 'uphold',
    roles: null,
    members: [],
    reason: 'by decision of the office',
    paper: null,
  } as const;
  const given = on('2023-05-04', [registered, issued, contested()], people.clerk);
  const without = (holder: string) => registered.roles.filter(role => role.holder !== holder);

  it('takes the unit from the task when it is upheld', () =>
    given.when(uphold).then(decided('uphold'), {
      type: 'UnitsReassigned',
      roles: without(finance),
      on: '2023-05-04',
      reason: uphold.reason,
      paper: null,
    }));
  it('may name others instead', () => {
    const roles = [{ holder: culture, isGroup: false, role: 'lead', presumed: false }] as const;
    given.when({ ...uphold, roles }).then(decided('uphold'), {
      type: 'UnitsReassigned',
      roles,
      on: '2023-05-04',
      reason: uphold.reason,
      paper: null,
    });
  });
  it('names it no longer, itself or through a group', () => {
    given.when({ ...uphold, roles: registered.roles }).thenRejected('still_assigned');
    given.when({ ...uphold, roles: without(finance), members: [finance] }).thenRejected('still_assigned');
  });
  it('takes a member off the task and leaves its group there', () => {
    const member = contested('2023-04-24', { unit: 'xiangtan:岳塘区', named: [] });
    const after = on('2023-05-04', [registered, issued, member], people.clerk);
    after.when(uphold).then(decided('uphold'));
    const state = fold(taskDecider, [registered, issued, member, decided('uphold')])!;
    expect(excusedMembers(state).map(({ unit }) => unit)).toEqual(['xiangtan:岳塘区']);
    // Named anew after others had been, the group is asked with all its members.
    const again = { ...reassigned('2023-05-06'), roles: registered.roles } as TaskEvent;
    const events = [registered, issued, member, decided('uphold'), reassigned('2023-05-05', culture), again];
    const back = fold(taskDecider, events)!;
    expect(excusedMembers(back)).toEqual([]);
  });
  it('leaves no task without a lead', () => {
    const alone = reassigned('2023-04-21', finance);
    on('2023-05-04', [registered, issued, alone, contested()], people.clerk)
      .when(uphold)
      .thenRejected('task_without_lead');
  });
  it('leaves it to the office where that takes it, which owes a lead in ten workdays', () => {
    const alone = reassigned('2023-04-21', finance);
    on('2023-05-04', [registered, issued, alone, contested()], people.clerk)
      .when({ ...uphold, assign: true })
      .then(decided('uphold'), {
        type: 'UnitsReassigned',
        ...{ roles: [], on: '2023-05-04', reason: uphold.reason, paper: null },
        leadWanted: { contest: 1, by: '2023-05-17' },
      });
    given.when({ ...uphold, assign: true }).thenState(state => {
      expect(state?.leadsWanted).toBeUndefined();
    });
  });
  it('may be heard from who joined the group later, in its own first days', () => {
    const joined = { ...contest, unit: 'xiangtan:岳塘区', members: ['xiangtan:岳塘区'] };
    const late = on('2023-06-05', [registered, issued]);
    late.when(joined).thenRejected('contest_too_late');
    late.when({ ...joined, joinedOn: '2023-06-01' }).thenState({ status: 'issued' });
    late.when({ ...joined, joinedOn: '2023-05-26' }).thenRejected('contest_too_late');
  });
  it('is recorded when it is rejected, and once when retried', () => {
    given.when(commands.DecideContest).then(decided('reject'));
    const after = on('2023-05-05', [registered, issued, contested(), decided('reject')], people.clerk);
    after.when(commands.DecideContest).thenNothing();
    after.when(uphold).thenRejected('contest_decided');
  });
  it('is not for the delegate who contests for that person', () =>
    on(
      '2023-05-04',
      [registered, issued, { ...contested(), by: 'chief', delegate: 'liaison' }],
      people.liaison,
    )
      .when(uphold)
      .thenRejected('same_person'));
  it('is not for the person who contests, and needs a reason', () => {
    on('2023-05-04', [registered, issued, contested()], people.liaison)
      .when(uphold)
      .thenRejected('same_person');
    given.when({ ...uphold, reason: ' ' }).thenRejected('reason_needed');
    given.when({ ...uphold, n: 2 }).thenRejected('contest_not_found');
  });
});

describe('a contest', () => {
  const task = (...events: TaskEvent[]) => fold(taskDecider, [registered, issued, ...events])!;

  it('flags the task until it is decided', () => {
    const decidedOn = task(contested(), decided('reject'));
    const days = ['2023-04-23', '2023-04-24', '2023-05-03', '2023-05-04'];
    expect(days.map(day => flagsOf(decidedOn, day).contested)).toEqual([false, true, true, false]);
  });
  it('lapses when the task is over or names the unit no longer', () => {
    const because = { on: '2023-05-01', reason: 'x', paper: null };
    for (const end of [
      { type: 'TaskCancelled', ...because },
      { type: 'TaskExempted', ...because },
      reassigned('2023-05-01', culture),
    ] as TaskEvent[])
      expect(task(contested(), end).contests).toMatchObject([{ state: 'lapsed', endedOn: '2023-05-01' }]);
    expect(task(contested(), reassigned('2023-05-01', finance)).contests).toMatchObject([
      { state: 'pending' },
    ]);
  });
  it('keeps who was named before, and since when each is named', () => {
    const moved = task(reassigned('2023-05-01', finance, culture), reassigned('2023-06-01', finance));
    expect(moved.formerRoles).toMatchObject([
      { from: '2023-04-20', until: '2023-05-01' },
      { from: '2023-05-01', until: '2023-06-01' },
    ]);
    expect(namedSince(moved, [finance])).toBe('2023-04-20');
    const back = task(reassigned('2023-05-01', culture), reassigned('2023-06-01', finance));
    expect(namedSince(back, [finance])).toBe('2023-06-01');
  });
});
