import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import type { Context } from '@duban/platform';
import fc from 'fast-check';
import { assertFolds, assertLaws } from '../../../test/support/decider-laws.js';
import { groupDecider, membersOn } from './group.js';
import type { GroupCommand, GroupEvent } from './unit-model.js';

const on = '2023-07-14';
const context: Context = {
  now: '2023-07-14T02:00:00.000Z',
  today: on,
  calendar: createCalendar(),
  actor: { id: 'officer-1', kind: 'person', role: 'office' },
};
const given = specFor(groupDecider, context);

const yuhu = 'xiangtan:雨湖区';
const yuetang = 'xiangtan:岳塘区';
const start = '2023-01-01';
const data = { jurisdiction: 'xiangtan', name: '各县市区园区', aliases: [], open: false } as const;
const define = { type: 'DefineGroup', ...data, members: [{ unit: yuhu, from: start }] } as const;
const defined = { type: 'GroupDefined', ...data, on } as const;
const joined = { type: 'MemberJoined', unit: yuhu, from: start, on } as const;
const left = { type: 'MemberLeft', unit: yuhu, from: '2023-06-01', on } as const;
const openList = { type: 'GroupDefined', ...data, open: true, on } as const;
const join = (unit: string, from: string) => ({ type: 'JoinGroup', unit, from }) as const;
const leave = (unit: string, from: string) => ({ type: 'LeaveGroup', unit, from }) as const;

describe('defining a group', () => {
  it('records the group and its members', () => given().when(define).then(defined, joined));
  it('is recorded once', () => given(defined, joined).when(define).thenNothing());
  it('is recorded once although members came and went', () =>
    given(defined, joined, left, { ...joined, unit: yuetang })
      .when(define)
      .thenNothing());
  it('is refused with other members', () =>
    given(defined, joined)
      .when({ ...define, members: [{ unit: yuetang, from: start }] })
      .thenRejected('group_already_defined'));
  it('is refused with other data', () =>
    given(defined, joined)
      .when({ ...define, open: true, members: [] })
      .thenRejected('group_already_defined'));
  it('cannot name members of an open list', () =>
    given()
      .when({ ...define, open: true })
      .thenRejected('group_open'));
  it('cannot name a member twice', () =>
    given()
      .when({ ...define, members: [...define.members, ...define.members] })
      .thenRejected('member_twice', { unit: yuhu }));
  it('cannot name units of another jurisdiction', () =>
    given()
      .when({ ...define, members: [{ unit: 'changsha:雨花区', from: start }] })
      .thenRejected('other_jurisdiction'));
  it('comes before everything else', () => given().when(join(yuhu, on)).thenRejected('group_not_found'));
});

describe('joining a group', () => {
  it('is recorded', () =>
    given(defined)
      .when(join(yuetang, '2023-08-01'))
      .then({ ...joined, unit: yuetang, from: '2023-08-01' }));
  it('is recorded once', () => given(defined, joined).when(join(yuhu, start)).thenNothing());
  it('twice is refused', () =>
    given(defined, joined).when(join(yuhu, on)).thenRejected('already_member', { unit: yuhu, from: start }));
  it('again after leaving is possible', () =>
    given(defined, joined, left)
      .when(join(yuhu, '2023-06-01'))
      .then({ ...joined, from: '2023-06-01' }));
  it('for days it was a member is refused', () =>
    given(defined, joined, left).when(join(yuhu, '2023-05-31')).thenRejected('already_member'));
  it('is impossible for an open list', () => given(openList).when(join(yuhu, on)).thenRejected('group_open'));
  it('is for units of the same jurisdiction', () =>
    given(defined).when(join('changsha:雨花区', on)).thenRejected('other_jurisdiction'));
});

describe('leaving a group', () => {
  it('is recorded', () => given(defined, joined).when(leave(yuhu, '2023-06-01')).then(left));
  it('is recorded once', () => given(defined, joined, left).when(leave(yuhu, '2023-06-01')).thenNothing());
  it('on another day afterwards is refused', () =>
    given(defined, joined, left).when(leave(yuhu, on)).thenRejected('not_a_member'));
  it('before joining is refused', () =>
    given(defined, joined).when(leave(yuhu, '2022-12-31')).thenRejected('not_a_member'));
  it('needs a membership', () =>
    given(defined, joined).when(leave(yuetang, on)).thenRejected('not_a_member', { unit: yuetang, on }));
});

describe('membersOn', () => {
  const fold = (...events: GroupEvent[]) => {
    const group = events.reduce(groupDecider.evolve, groupDecider.initial);
    if (!group) throw new Error('no group');
    return group;
  };
  const group = fold(defined, joined, { ...joined, unit: yuetang, from: '2023-02-01' }, left);

  it.each([
    ['2022-12-31', []],
    ['2023-01-01', [yuhu]],
    ['2023-05-31', [yuhu, yuetang]],
    ['2023-06-01', [yuetang]],
  ])('on %s are %j', (day, members) => expect(membersOn(group, day)).toEqual(members));
  it('are none of an open list', () => expect(membersOn(fold(openList, joined), on)).toEqual([]));
  it('stand there once', () => expect(membersOn(fold(defined, joined, joined), on)).toEqual([yuhu]));
});

describe('any history of a group', () => {
  const unit = fc.constantFrom(yuhu, yuetang, 'changsha:雨花区');
  const from = fc.constantFrom(start, '2023-06-01', on);
  const command: fc.Arbitrary<GroupCommand> = fc.oneof(
    fc.constantFrom<GroupCommand>(define, { ...define, members: [] }, { ...define, open: true, members: [] }),
    fc.tuple(unit, from).map(pair => join(...pair)),
    fc.tuple(unit, from).map(pair => leave(...pair)),
  );
  const steps = fc.array(fc.record({ command, context: fc.constant(context) }), { maxLength: 20 });
  const event = fc.constantFrom<GroupEvent>(defined, openList, joined, left);

  it('keeps the laws of an aggregate', () =>
    fc.assert(fc.property(steps, taken => assertLaws(groupDecider, taken))));
  it('folds', () => fc.assert(fc.property(fc.array(event), history => assertFolds(groupDecider, history))));
  it('never counts a unit twice on a day', () =>
    fc.assert(
      fc.property(steps, from, (taken, day) => {
        assertLaws(groupDecider, taken);
        const group = historyOf(taken.map(step => step.command));
        const present = (group?.members ?? []).filter(
          ({ from: first, to }) => first <= day && (!to || day < to),
        );
        expect(new Set(present.map(member => member.unit)).size).toBe(present.length);
      }),
    ));

  function historyOf(commands: readonly GroupCommand[]) {
    return commands.reduce((group, taken) => {
      try {
        return groupDecider.decide(group, taken, context).reduce(groupDecider.evolve, group);
      } catch {
        return group; // refused
      }
    }, groupDecider.initial);
  }
});
