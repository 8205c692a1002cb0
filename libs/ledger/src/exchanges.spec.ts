import { type TaskCommand } from '@duban/task';
import {
  calendar,
  counties,
  everyCounty,
  farming,
  industry,
  revival,
  science,
  Story,
} from './ledger-examples.js';
import { report } from './ledger-examples.js';
import { isOverdueOn, type Obligation, obligationState } from './obligation.js';
import { obligationsOf } from './obligations.js';

const role = (holder: string, as: 'lead' | 'responsible' | 'supporting' = 'lead') => ({ holder, role: as });
const owed = (story: Story, day: string, kind: Obligation['kind']) =>
  obligationsOf(story.ledger(), day, calendar).filter(each => each.kind === kind);
const ofUnit = (story: Story, day: string, kind: Obligation['kind'], unit: string) => {
  const found = owed(story, day, kind).filter(({ named }) => named.includes(unit));
  expect(found).toHaveLength(1);
  return found[0]!;
};
const stateOf = (story: Story, day: string, kind: Obligation['kind'], unit: string) =>
  obligationState(ofUnit(story, day, kind, unit), day);
const reassign = (story: Story, day: string, ...roles: ReturnType<typeof role>[]) =>
  story.task(day, '1', {
    type: 'ReassignUnits',
    roles: roles.map(each => ({ ...each, isGroup: false, presumed: false })),
    reason: '职能调整',
    paper: null,
  });
const acknowledge = (unit: string): TaskCommand => ({
  type: 'AcknowledgeTask',
  unit,
  actsFor: [],
  members: [],
});
const merge = (story: Story, unit: string, into: string, from: string) =>
  story.on(from, `unit-${unit}`, { type: 'MergeUnit', into, from, paper: null, successors: [] });

/** Issued on Thu 20 April: receipts are due on Mon 24 April. */
const begun = () =>
  new Story().withTask('1', [role(science), role(industry), role(farming, 'supporting')]).issued();

describe('a contested receipt', () => {
  const contest = (unit: string): TaskCommand => ({
    type: 'ContestAssignment',
    unit,
    actsFor: [unit],
    reason: '不属本单位职能',
    members: [],
  });
  const decide = (verdict: 'uphold' | 'reject'): TaskCommand =>
    ({
      type: 'DecideContest',
      n: 1,
      verdict,
      roles: null,
      members: [],
      reason: '见批复',
      paper: null,
    }) as TaskCommand;
  const contested = (on = '2023-04-24') => begun().task(on, '1', contest(industry), industry);

  it('stands still until it is decided, while the others owe theirs', () => {
    const story = contested();
    expect(stateOf(story, '2023-04-24', 'receipt', industry)).toBe('tolled');
    expect(stateOf(story, '2023-05-04', 'receipt', industry)).toBe('tolled');
    expect(isOverdueOn(ofUnit(story, '2023-05-04', 'receipt', industry), '2023-05-04')).toBe(false);
    expect(isOverdueOn(ofUnit(story, '2023-04-25', 'receipt', science), '2023-04-25')).toBe(true);
  });

  it('obliges the office to decide in five workdays', () => {
    const [decision] = owed(contested(), '2023-04-24', 'contest_decision');
    expect(decision).toMatchObject({ holders: [science], due: { on: '2023-05-04' }, subject: '004:1' });
    expect(isOverdueOn(decision!, '2023-05-05')).toBe(true);
    const [done] = owed(
      contested().task('2023-05-04', '1', decide('reject')),
      '2023-05-04',
      'contest_decision',
    );
    expect(obligationState(done!, '2023-05-04')).toBe('met');
  });

  it('runs again when the contest is rejected: the day of the decision is the last in time', () => {
    const story = contested().task('2023-05-04', '1', decide('reject'));
    expect(ofUnit(story, '2023-05-04', 'receipt', industry).due).toMatchObject({
      on: '2023-04-24',
      countsFrom: '2023-05-04',
    });
    expect(stateOf(story, '2023-05-04', 'receipt', industry)).toBe('open');
    expect(isOverdueOn(ofUnit(story, '2023-05-05', 'receipt', industry), '2023-05-05')).toBe(true);
    story.task('2023-05-04', '1', acknowledge(industry), industry);
    expect(stateOf(story, '2023-05-05', 'receipt', industry)).toBe('met');
  });

  it('is void when the contest is upheld, and stays in the list', () => {
    const story = contested().task('2023-05-04', '1', decide('uphold'));
    expect(stateOf(story, '2023-05-05', 'receipt', industry)).toBe('void');
    expect(
      story
        .ledger()
        .tasks.get('004:1')!
        .roles.map(({ holder }) => holder),
    ).toEqual([science, farming]);
  });

  it('of the only lead may leave the task to the office, which owes a lead in ten workdays', () => {
    const alone = new Story().withTask('1', [role(industry)]).issued();
    const uphold = { ...decide('uphold'), assign: true } as TaskCommand;
    const story = alone.task('2023-04-24', '1', contest(industry), industry).task('2023-05-04', '1', uphold);
    expect(stateOf(story, '2023-05-05', 'receipt', industry)).toBe('void');
    expect(owed(story, '2023-05-05', 'task_due')).toEqual([]);
    const [lead] = owed(story, '2023-05-05', 'assign_lead');
    expect(lead).toMatchObject({ subject: '004:1', holders: [science], due: { on: '2023-05-17' } });
    expect(isOverdueOn(lead!, '2023-05-18')).toBe(true);
    reassign(story, '2023-05-17', role(farming));
    expect(stateOf(story, '2023-05-17', 'assign_lead', science)).toBe('met');
    expect(ofUnit(story, '2023-05-17', 'task_due', farming).due.since).toBe('2023-05-17');
  });

  it('of a member takes it off the rounds that open later, and leaves those that are open', () => {
    const group = { holder: everyCounty, role: 'responsible' as const, isGroup: true };
    const [first = '', second = ''] = counties;
    const story = new Story()
      .withTask('1', [role(science), group])
      .withTask('2', [role(science), group])
      .issued()
      .opened('2023-04-21', '2023Q1', '2023-04-28');
    const members = [...counties];
    story.task('2023-04-24', '1', { ...contest(first), members } as TaskCommand, first);
    story.task('2023-05-04', '1', decide('uphold')).opened('2023-07-03', '2023Q2', '2023-07-07');
    const receipts = owed(story, '2023-05-05', 'receipt').filter(({ subject }) => subject === '004:1');
    expect(receipts.filter(each => obligationState(each, '2023-05-05') === 'void')).toMatchObject([
      { named: [first] },
    ]);
    const asked = (round: string, unit: string) =>
      story
        .ledger()
        .rounds.get(round)
        ?.roster.find(each => each.unit === unit)?.tasks;
    expect(asked('004:2023Q1', first)).toEqual(['004:1', '004:2']);
    expect(asked('004:2023Q2', first)).toEqual(['004:2']);
    expect(asked('004:2023Q2', second)).toEqual(['004:1', '004:2']);
  });

  it('contested when it was overdue keeps its lateness, and leaves out the days that were tolled', () => {
    const story = contested('2023-04-26').task('2023-05-04', '1', decide('reject'));
    const receipt = ofUnit(story, '2023-05-04', 'receipt', industry);
    // 27 and 28 April and 4 May were tolled: three workdays.
    expect(receipt).toMatchObject({ lateSince: '2023-04-25', due: { countsFrom: '2023-04-27' } });
    expect(stateOf(story, '2023-04-28', 'receipt', industry)).toBe('tolled');
    story.task('2023-05-04', '1', acknowledge(industry), industry);
    expect(stateOf(story, '2023-05-05', 'receipt', industry)).toBe('met_late');
  });

  it('is tolled for fifteen workdays at most', () => {
    const story = contested();
    expect(stateOf(story, '2023-05-17', 'receipt', industry)).toBe('tolled');
    expect(isOverdueOn(ofUnit(story, '2023-05-18', 'receipt', industry), '2023-05-18')).toBe(true);
  });
});

describe('the receipt of a unit that is replaced', () => {
  it('stays in the list: met as it was, late as it was, void when it was not due yet', () => {
    const met = reassign(
      begun().task('2023-04-21', '1', acknowledge(industry), industry),
      '2023-05-10',
      role(science),
    );
    expect(stateOf(met, '2023-05-10', 'receipt', industry)).toBe('met');
    const late = ofUnit(reassign(begun(), '2023-05-10', role(science)), '2023-05-11', 'receipt', industry);
    expect(obligationState(late, '2023-05-11')).toBe('met_late');
    expect(late).toMatchObject({ lateSince: '2023-04-25', settledOn: '2023-05-10' });
    expect(stateOf(reassign(begun(), '2023-04-21', role(science)), '2023-04-25', 'receipt', industry)).toBe(
      'void',
    );
  });

  it('leaves the day of those who stay, and gives the new ones three workdays of their own', () => {
    const story = reassign(begun(), '2023-05-10', role(science), role(revival));
    expect(ofUnit(story, '2023-05-11', 'receipt', science).due.on).toBe('2023-04-24');
    expect(isOverdueOn(ofUnit(story, '2023-05-11', 'receipt', science), '2023-05-11')).toBe(true);
    expect(ofUnit(story, '2023-05-11', 'receipt', revival)).toMatchObject({
      due: { on: '2023-05-15', since: '2023-05-10' },
    });
  });

  it('is owed once when it is named again', () => {
    const away = reassign(begun(), '2023-05-10', role(science));
    const back = reassign(away, '2023-06-01', role(science), role(industry));
    expect(ofUnit(back, '2023-06-02', 'receipt', industry).due.on).toBe('2023-06-06');
  });

  it('is nothing that the office assigned: a lead was named from the beginning', () => {
    const story = new Story('004', [{ code: 'task_without_unit', subject: '2' }])
      .withTask('1', [role(science)])
      .withTask('2', [])
      .waived('task_without_unit', '2')
      .issued();
    reassign(story, '2023-05-10', role(industry));
    expect(owed(story, '2023-05-11', 'assign_lead').map(({ subject }) => subject)).toEqual(['004:2']);
  });
});

describe('a contribution', () => {
  const ask = (from: readonly string[], dueOn = '2023-07-05'): TaskCommand => ({
    ...{
      type: 'RequestContribution',
      unit: science,
      actsFor: [],
      from,
      items: ['企业数', '存在问题'],
      dueOn,
    },
    members: counties,
  });
  const give = (unit: string, actsFor: readonly string[] = []): TaskCommand => ({
    ...{
      type: 'GiveContribution',
      n: 1,
      unit,
      actsFor,
      answers: ['12家', '无'],
      evidence: [],
      receivedOn: null,
    },
  });
  const asked = (from: readonly string[] = [farming, counties[0]]) =>
    new Story()
      .withTask('1', [
        role(science),
        role(farming, 'supporting'),
        role(revival, 'supporting'),
        { ...role(everyCounty, 'responsible'), isGroup: true },
      ])
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .task('2023-07-03', '1', ask(from), science);

  it('is owed by each of those asked, by its day', () => {
    const story = asked().task('2023-07-04', '1', give(farming), farming);
    expect(stateOf(story, '2023-07-06', 'contribution', farming)).toBe('met');
    const silent = ofUnit(story, '2023-07-06', 'contribution', counties[0]);
    expect(silent).toMatchObject({ due: { on: '2023-07-05', basis: 'stated' }, holders: [counties[0]] });
    expect(isOverdueOn(silent, '2023-07-06')).toBe(true);
  });

  it('that is missing does not excuse the lead', () => {
    const [own] = owed(asked(), '2023-07-10', 'report');
    expect(isOverdueOn(own!, '2023-07-10')).toBe(true);
  });

  it('given late is late, whatever was given before it', () => {
    const story = asked().task('2023-07-06', '1', give(farming), farming);
    expect(stateOf(story, '2023-07-06', 'contribution', farming)).toBe('met_late');
  });

  it('passes on with a merger, and one answer then serves both', () => {
    const story = asked([farming, revival]);
    merge(story, revival, farming, '2023-07-04');
    expect(ofUnit(story, '2023-07-04', 'contribution', revival)).toMatchObject({
      holders: [farming],
      inherited: true,
    });
    story.task('2023-07-05', '1', give(farming, [revival]), farming);
    expect([farming, revival].map(unit => stateOf(story, '2023-07-05', 'contribution', unit))).toEqual([
      'met',
      'met',
    ]);
  });

  it('is owed no longer by a unit that the task names no longer', () => {
    const early = reassign(asked(), '2023-07-04', role(science));
    expect(stateOf(early, '2023-07-06', 'contribution', farming)).toBe('void');
    const late = reassign(asked(), '2023-07-10', role(science));
    expect(stateOf(late, '2023-07-11', 'contribution', farming)).toBe('met_late');
  });
});

describe('an instruction', () => {
  const leader = { id: 'person:vice-mayor', role: 'leader' as const };
  const instruct = (addressees: readonly string[]) => ({
    ...{ type: 'GiveInstruction', text: '查明滞后原因', addressees, dueOn: '2023-07-14', paper: null },
    ...{ members: [], office: science },
  });
  const answer = (unit: string): TaskCommand => ({
    ...{
      type: 'AnswerInstruction',
      n: 1,
      unit,
      actsFor: [],
      text: '已整改',
      evidence: [],
      receivedOn: null,
      members: [],
    },
  });
  const instructed = () => begun().on('2023-07-10', 'task-004:1', instruct([science, farming]), leader);

  it('is to be answered by each addressee', () => {
    const story = instructed().task('2023-07-13', '1', answer(farming), farming);
    expect(stateOf(story, '2023-07-15', 'instruction', farming)).toBe('met');
    const open = ofUnit(story, '2023-07-15', 'instruction', science);
    expect(open).toMatchObject({ openedOn: '2023-07-10', due: { on: '2023-07-14' } });
    expect(isOverdueOn(open, '2023-07-15')).toBe(true);
  });

  it('stands while the task is suspended, and after its units have changed', () => {
    const story = instructed().task('2023-07-11', '1', {
      type: 'SuspendTask',
      reason: '等待细则',
      paper: null,
    });
    expect(stateOf(story, '2023-07-12', 'instruction', farming)).toBe('open');
    expect(
      stateOf(reassign(instructed(), '2023-07-11', role(industry)), '2023-07-12', 'instruction', farming),
    ).toBe('open');
  });

  it('ends with a task that is cancelled', () => {
    const story = instructed().task('2023-07-11', '1', { type: 'CancelTask', reason: '撤销', paper: null });
    expect(stateOf(story, '2023-07-12', 'instruction', farming)).toBe('void');
  });

  it('is not answered by a report', () => {
    const story = instructed().task('2023-07-12', '1', report(science, '2023Q2', '2023-06-30'), science);
    expect(stateOf(story, '2023-07-12', 'instruction', science)).toBe('open');
  });
});
