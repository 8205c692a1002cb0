import { Rejection } from '@duban/event-store';
import { type Actor } from '@duban/platform';
import { type Action, assertMay, rowsOf, sees, type Target } from './scope.js';

const roles = ['office', 'unit', 'leader', 'scheduler', 'auditor', 'admin'] as const;
type Role = (typeof roles)[number];

// What each role may do at all, by action.
const table: Record<Action, string> = {
  'plan.read': 'office unit leader scheduler auditor admin',
  'plan.manage': 'office admin',
  'task.answer': 'office unit',
  'task.decide': 'office',
  'task.instruct': 'office leader',
  'value.report': 'office unit',
  'value.decide': 'office',
  'round.manage': 'office admin scheduler',
  'submission.answer': 'office unit',
  'submission.decide': 'office',
  'rollup.trigger': 'office scheduler admin',
  'rollup.decide': 'office',
  'rollup.answer': 'office unit leader',
  'sweep.trigger': 'scheduler admin',
  'reminder.answer': 'unit office leader',
  'evidence.store': 'admin leader office unit',
  'evidence.read': 'office unit leader auditor admin',
  'evidence.withdraw': 'office unit',
  'policy.adopt': 'office admin',
  'unit.manage': 'admin',
  'holiday.manage': 'admin',
  'key.manage': 'admin',
  'delegation.give': 'office unit leader admin',
  'desk.read': 'office auditor admin',
  'record.read': 'office auditor admin',
};

const science = 'xiangtan:市科技局';
const finance = 'xiangtan:市财政局';

const actors: Record<Role, Actor> = {
  office: { id: 'o', kind: 'person', role: 'office', unit: science, plans: ['004'] },
  unit: { id: 'u', kind: 'person', role: 'unit', unit: science },
  leader: { id: 'l', kind: 'person', role: 'leader', plans: ['004'] },
  scheduler: { id: 's', kind: 'machine', role: 'scheduler' },
  auditor: { id: 'a', kind: 'person', role: 'auditor' },
  admin: { id: 'm', kind: 'person', role: 'admin' },
};

// How a row may relate to an actor, and which roles see it.
const relations: { name: string; target: Target; seenBy: string }[] = [
  { name: 'nothing in particular', target: {}, seenBy: 'office unit leader scheduler auditor admin' },
  { name: 'its plan', target: { plan: '004' }, seenBy: 'office unit leader scheduler auditor admin' },
  { name: 'a foreign plan', target: { plan: '003' }, seenBy: 'unit scheduler auditor admin' },
  {
    name: 'its unit in its plan',
    target: { plan: '004', units: [science, finance] },
    seenBy: 'office unit leader scheduler auditor admin',
  },
  {
    name: 'a foreign unit in its plan',
    target: { plan: '004', units: [finance] },
    seenBy: 'office leader scheduler auditor admin',
  },
  {
    name: 'a foreign unit in a foreign plan',
    target: { plan: '003', units: [finance] },
    seenBy: 'scheduler auditor admin',
  },
  {
    name: 'a row of nobody',
    target: { plan: '004', units: [] },
    seenBy: 'office leader scheduler auditor admin',
  },
];

function answer(actor: Actor, action: Action, target: Target): string {
  try {
    assertMay(actor, action, target);
    return 'allowed';
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
}

const cells = roles.flatMap(role =>
  (Object.keys(table) as Action[]).flatMap(action =>
    relations.map(({ name, target, seenBy }) => {
      const allowed = seenBy.split(' ').includes(role) ? 'allowed' : 'not_found';
      const expected = table[action].split(' ').includes(role) ? allowed : 'forbidden_role';
      return { role, action, name, target, expected };
    }),
  ),
);

describe('role × action × relation', () => {
  it.each(cells)('$role, $action, $name: $expected', ({ role, action, target, expected }) => {
    expect(answer(actors[role], action, target)).toBe(expected);
  });
});

describe('whose rows', () => {
  it('a unit answers for those merged into it', () => {
    const actor = { ...actors.unit, units: [science, finance] };
    expect(sees(actor, { plan: '001', units: [finance] })).toBe(true);
  });

  it('a unit key without a unit sees no row', () => {
    expect(rowsOf({ id: 'u', kind: 'person', role: 'unit' })).toEqual({ plans: '*', units: [] });
  });

  it('an office without plans sees none', () => {
    expect(sees({ id: 'o', kind: 'person', role: 'office' }, { plan: '004' })).toBe(false);
  });

  it('an office of all plans sees all', () => {
    expect(sees({ id: 'o', kind: 'person', role: 'office', plans: ['*'] }, { plan: '004' })).toBe(true);
  });

  it('a leader in charge of units sees theirs alone', () => {
    const actor = { ...actors.leader, units: [science] };
    expect([[science], [finance]].map(units => sees(actor, { plan: '004', units }))).toEqual([true, false]);
  });

  it('a leader in charge of other units under each plan sees no third of their pairs', () => {
    const scopes = [
      { plans: ['004'], units: [science] },
      { plans: ['003'], units: [finance] },
    ];
    const actor = { ...actors.leader, plans: ['004', '003'], units: [science, finance], scopes };
    const pairs = ['004', '003'].map(plan =>
      [science, finance].map(unit => sees(actor, { plan, units: [unit] })),
    );
    expect(pairs).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(rowsOf(actor)).toEqual({ plans: ['004', '003'], units: [science, finance] });
    expect(rowsOf(actor, '003')).toEqual({ plans: ['003'], units: [finance] });
  });

  it('an auditor of one plan sees that one', () => {
    const actor = { ...actors.auditor, plans: ['004'] };
    expect(['004', '003'].map(plan => sees(actor, { plan }))).toEqual([true, false]);
  });
});

describe('a machine of the office', () => {
  const machine: Actor = { ...actors.office, kind: 'machine' };
  const decisions: Action[] = ['task.decide', 'task.instruct', 'value.decide', 'submission.decide'];

  it.each(decisions)('says in whose name it does %s', action => {
    expect(answer(machine, action, { plan: '004' })).toBe('machine_needs_acting_for');
    expect(answer({ ...machine, actingFor: 'lin' }, action, { plan: '004' })).toBe('allowed');
  });

  it('learns nothing of foreign plans by it', () => {
    expect(answer(machine, 'task.decide', { plan: '003' })).toBe('not_found');
  });

  it('manages its plan in its own name', () => {
    expect(answer(machine, 'plan.manage', { plan: '004' })).toBe('allowed');
  });
});
