import { type Obligation, type PlanLedger } from '@duban/ledger';
import { type Plan } from '@duban/plan';
import { firstVersions } from '@duban/policy';
import { type Post, type PostKind, type PostScope, type Unit } from '@duban/unit';
import { obligation } from './obligation-example.js';
import { recipientsOf } from './recipients.js';
import { type Stage, stagesOf } from './stages.js';

const bureau = 'xiangtan:市科技局';
const division = 'xiangtan:高新科';
const other = 'xiangtan:市教育局';
const office = 'xiangtan:督查室';

function unit(id: string, parent: string | null = null): [string, Unit] {
  const [jurisdiction = '', name = ''] = id.split(':');
  return [
    id,
    {
      jurisdiction,
      names: [{ name, from: '2023-01-01' }],
      kind: 'bureau',
      parent,
      aliases: [],
      registeredOn: '2023-01-01',
      ended: null,
    },
  ];
}

function post(id: string, kind: PostKind, scope: PostScope, to: string | null = null): [string, Post] {
  const holders = [{ person: `person:${id}`, from: '2023-01-01', to }];
  return [id, { jurisdiction: 'xiangtan', kind, scope, holders }];
}

function ledger(posts: [string, Post][] = [], plan: Partial<Plan> = {}): PlanLedger {
  return {
    id: '004',
    plan: { code: '004', jurisdiction: 'xiangtan', office, sections: [], ...plan } as unknown as Plan,
    ...{
      tasks: new Map(),
      indicators: new Map(),
      rounds: new Map(),
      submissions: new Map(),
      bulletins: new Map(),
      holidays: null,
      groups: new Map(),
      policies: new Map(),
    },
    units: new Map([unit(bureau), unit(other), unit(office), unit(division, bureau)]),
    posts: new Map(posts),
  };
}

const stage = (name: string, kind: Obligation['kind'] = 'task_due'): Stage => {
  const found = stagesOf(firstVersions.reminder.ladders[kind]).find(each => each.name === name);
  return found ?? { name, offset: 10, to: [], kind: 'escalation' };
};
const to = (name: string, parts: Parameters<typeof obligation>[0] = {}, of = ledger(posts)) => {
  const owed = obligation(parts);
  return recipientsOf(stage(name, owed.kind), owed, of, '2023-08-01');
};
const posts = [
  post('xiangtan/2', 'in_charge', { units: [bureau] }),
  post('4/1', 'in_charge', { plan: '004' }),
];

describe('a message goes', () => {
  it('to the liaison first, to the reporting lead of several, from the due day on to all', () => {
    const joint = { holders: [bureau, other], reporting: other };
    expect(to('-10')).toEqual([`${bureau}/liaison`]);
    expect(to('-3', joint)).toEqual([`${other}/liaison`]);
    expect(to('0', joint)).toEqual([`${bureau}/liaison`, `${other}/liaison`]);
    expect(to('+1', joint)).toEqual([`${bureau}/head`, `${other}/head`]);
  });

  it('at +5 to the office and the leader in charge of the unit, else of the plan', () => {
    expect(to('+5')).toEqual(['office:004', 'leader:xiangtan/2']);
    expect(to('+5', { holders: [other] })).toEqual(['office:004', 'leader:xiangtan/4/1']);
    expect(to('+10')).toEqual(['office:004', 'leader:xiangtan/2']);
  });

  it('to the office where no leader is known', () => {
    expect(to('+5', {}, ledger())).toEqual(['office:004']);
    const left = post('xiangtan/2', 'in_charge', { units: [bureau] }, '2023-07-01');
    expect(to('+5', {}, ledger([left]))).toEqual(['office:004']);
  });

  it('to the leader of the section before that of the plan', () => {
    const section = post('xiangtan/3', 'in_charge', { plan: '004', section: '3' });
    const sections = [
      { code: '3', parent: null, title: '', clause: '' },
      { code: '3.1', parent: '3', title: '', clause: '' },
    ];
    const of = ledger([...posts, section], { sections });
    const tasks = new Map([['004:3.1', { section: '3.1' }]]) as unknown as PlanLedger['tasks'];
    expect(to('+5', { holders: [other] }, { ...of, tasks })).toEqual(['office:004', 'leader:xiangtan/3']);
  });

  it('up the tree: the head of the division, its bureau, the leader', () => {
    const owed = { holders: [division] };
    expect(to('+1', owed)).toEqual([`${division}/head`]);
    expect(to('+5', owed)).toEqual(['office:004', `${bureau}/head`]);
    expect(to('+10', owed)).toEqual(['office:004', 'leader:xiangtan/2']);
  });

  it('one level up when it would tell somebody of its own omission', () => {
    const own = ledger(posts, { office: bureau });
    expect(to('+5', {}, own)).toEqual(['leader:xiangtan/2']);
    expect(to('+5', { holders: [other] }, own)).toEqual(['office:004', 'leader:xiangtan/4/1']);
  });

  it('to the office for what the office owes, then to its head and its leader', () => {
    const owed = { kind: 'review' as const, holders: [office] };
    expect(to('0', owed)).toEqual(['office:004']);
    expect(to('+1', owed)).toEqual([`${office}/head`]);
    expect(to('+5', owed)).toEqual(['leader:xiangtan/4/1']);
  });
});
