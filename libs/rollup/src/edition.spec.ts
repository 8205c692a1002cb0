import { obligationsOf } from '@duban/ledger';
import { bodyDigest, contentDigest } from './digests.js';
import { editionOf } from './edition.js';
import { type Edition } from './edition-model.js';
import { calendar, finance, indicator, industry, liaison, office, planned, type Story } from './story.js';

const edition = (story: Story, period: string, cutoffOn: string, more = {}): Edition =>
  editionOf(story.ledger(), { period, cutoffOn, ...more }, calendar);
const task = (of: Edition, id: string) => of.tasks.find(line => line.id === id)!;
const figure = (of: Edition, id: string) => of.indicators.find(line => line.id === id)!;
const unit = (of: Edition, id: string) => of.units.find(line => line.unit === id)!;
const stated = (on: string) => ({ on, basis: 'stated' as const, clause: '按期' });

describe('which facts belong to a quarter', () => {
  const milestone = { code: 'm1', title: '落地', due: stated('2023-06-30') };
  const told = () =>
    planned(
      story =>
        story
          .task('7', [industry], { milestones: [milestone] })
          .round('2023Q2', '2023-07-07')
          .round('2023Q3', '2023-10-12'),
      '000',
    )
      .on('2023-07-03')
      .open('2023Q2')
      .on('2023-07-04')
      .tell(
        'task-000:7',
        {
          type: 'ReachMilestone',
          ...{ unit: industry, actsFor: [], code: 'm1', reachedOn: '2023-07-03', evidence: [] },
        },
        liaison(industry),
      )
      .report('7', industry, '2023Q2')
      .on('2023-07-21')
      .close('2023Q2');

  it('leaves open what landed on 3 July, and says so beside it', () => {
    const q2 = edition(told(), '2023Q2', '2023-07-21');
    const line = task(q2, '000:7');
    expect(line.light).toMatchObject({ colour: 'red', reason: 'milestone_overdue' });
    expect(line.sinceThen).toEqual([{ code: 'milestone_reached', on: '2023-07-03', what: '落地' }]);
    expect(q2.exceptions.map(({ subject, sinceThen }) => [subject, sinceThen[0]?.on])).toEqual([
      ['000:7', '2023-07-03'],
    ]);
  });

  it('counts it in the third quarter', () => {
    const story = told()
      .on('2023-10-09')
      .open('2023Q3')
      .report('7', industry, '2023Q3')
      .on('2023-10-20')
      .close('2023Q3');
    const line = task(edition(story, '2023Q3', '2023-10-20'), '000:7');
    expect(line.light.colour).toBe('green');
    expect(line.sinceThen).toEqual([]);
  });

  it('is late by the day handed in, though the report came before the cutoff', () => {
    const q2 = edition(told(), '2023Q2', '2023-07-21');
    expect(unit(q2, industry).delivery).toMatchObject({
      late: 1,
      openOverdue: 1,
      numerator: 0,
      denominator: 1,
      rate: 0,
    });
    expect(unit(q2, industry).reporting).toMatchObject({ late: 1, onTime: 1, total: 2, rate: 50 }); // no receipt by 24 April
  });

  it('does not know on 30 June what was accepted later for work done in time', () => {
    const story = planned(each =>
      each.task('1', [finance], { due: stated('2023-06-30') }).round('2023Q2', '2023-07-07'),
    )
      .on('2023-06-29')
      .complete('1', finance)
      .on('2023-07-10')
      .accept('1');
    const line = task(edition(story, '2023Q2', '2023-07-21'), '004:1');
    expect([line.status, line.light.reason]).toEqual(['accepted', 'met']);
  });
});

describe('an edition that restates another', () => {
  const told = () =>
    planned(each =>
      each
        .task('1', [industry], {})
        .task('2', [finance], {})
        .tell('indicator-004:i12', indicator('i12', '004', { lagDays: 24 }))
        .round('2023Q2', '2023-07-07'),
    )
      .on('2023-07-03')
      .open('2023Q2')
      .on('2023-07-21')
      .close('2023Q2')
      .on('2023-07-25')
      .report('1', industry, '2023Q2');
  const again = () => edition(told(), '2023Q2', '2023-08-14', { judgedOn: '2023-07-21' });

  it('knows what was told since, as late', () => {
    expect(task(again(), '004:1').light).toMatchObject({ colour: 'amber', reason: 'made_good_late' });
    expect(unit(again(), industry).reporting).toMatchObject({ late: 2, openOverdue: 1 }); // no receipt by 24 April
  });

  it('stops the clocks when the round was closed: what was awaited then is not missing now', () => {
    expect(figure(again(), '004:i12')).toMatchObject({
      light: { colour: 'grey', reason: 'awaiting_publication' },
      availableOn: '2023-07-24',
    });
    expect(figure(edition(told(), '2023Q2', '2023-08-14'), '004:i12').light.colour).toBe('red');
  });

  it('says of everybody else what the first one said', () => {
    const first = edition(told(), '2023Q2', '2023-07-21');
    expect(unit(again(), finance)).toEqual(unit(first, finance));
    expect(task(again(), '004:2')).toEqual(task(first, '004:2'));
  });
});

describe('indicators', () => {
  const told = () =>
    planned(each =>
      each
        .tell('indicator-004:i12', indicator('i12', '004', { kind: 'flow_cumulative', baselines: [] }))
        .tell(
          'indicator-004:i5',
          indicator('i5', '004', { providers: [office, industry, finance], providerMode: 'sum' }),
        )
        .round('2023Q2', '2023-07-07'),
    )
      .on('2023-07-03')
      .open('2023Q2');

  it('stand against the plan of the period, derived where none is stated, with the rule beside the colour', () => {
    const story = told().on('2023-07-06').value('i12', 'xiangtan:市统计局', '2023Q2', 300).on('2023-07-21');
    const line = figure(edition(story, '2023Q2', '2023-07-21'), '004:i12');
    expect(line).toMatchObject({
      actual: 300,
      planned: { value: 415, basis: 'derived' },
      marks: ['unconfirmed'],
    });
    expect(line.light).toMatchObject({ colour: 'red', concern: 'quantity' });
    expect(line.attainment).toMatchObject({ ratio: 72.3, rule: 'attainment@1' });
  });

  it('show 2 of 3 parts and name who is absent', () => {
    const story = told().on('2023-07-06').value('i5', office, '2023Q2', 3).value('i5', industry, '2023Q2', 4);
    const q2 = edition(story, '2023Q2', '2023-07-21');
    expect(figure(q2, '004:i5').parts).toEqual({ in: 2, of: 3, absent: [finance] });
    expect(q2.exceptions.find(({ subject }) => subject === '004:i5')).toMatchObject({
      reason: 'value_missing',
      units: [finance],
    });
  });

  it('are shown against the original target and the current one', () => {
    const story = told()
      .on('2023-05-15')
      .tell('indicator-004:i12', {
        type: 'ReviseTarget',
        ...{ changes: [{ horizon: '2023', floor: 860, stretch: null }], reason: '上调', paper },
      });
    expect(figure(edition(story, '2023Q2', '2023-07-21'), '004:i12').target).toMatchObject({
      original: 830,
      current: 860,
    });
  });
});
const paper = { number: '潭办〔2023〕1号', on: '2023-05-15' };

describe('exceptions and decisions', () => {
  const told = () =>
    planned(each => {
      each
        .task('1', [finance], { due: stated('2023-05-31') })
        .task('2', [industry])
        .task('3', [], { roles: [] });
      each.round('2023Q2', '2023-07-07');
    })
      .on('2023-07-18')
      .ask('2', industry, '2024-03-31');

  it('tell what turned red and who was warned when', () => {
    const story = told();
    const first = edition(story, '2023Q2', '2023-07-21');
    const warnings = [
      {
        obligation: 'unknown',
        stage: '+1',
        kind: 'escalation' as const,
        recipients: ['x'],
        on: '2023-06-01',
      },
      ...obligationIds(story, '004:1').flatMap(obligation => [
        {
          obligation,
          stage: '+1',
          kind: 'escalation' as const,
          recipients: [`${finance}/head`],
          on: '2023-06-01',
        },
      ]),
    ];
    const line = edition(story, '2023Q2', '2023-07-21', { warnings }).exceptions.find(
      ({ subject }) => subject === '004:1',
    );
    expect(line).toMatchObject({ reason: 'overdue', before: null });
    expect(line?.warned.latest).toEqual([
      { on: '2023-06-01', stage: '+1', kind: 'escalation', to: ['xiangtan:市财政局/head'] },
    ]);
    const again = edition(story, '2023Q2', '2023-07-21', { earlier: first });
    expect([first.counts.turnedRed, again.counts.turnedRed, again.exceptions[0]?.before]).toEqual([
      2,
      0,
      'red',
    ]);
  });

  it('ask at most three things first, not three of one kind', () => {
    const { decisions } = edition(told(), '2023Q2', '2023-07-21');
    expect(decisions.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['decide_extension', '004:2'],
      ['assign_lead', '004:3'],
      ['overdue', '004:1'],
    ]);
    expect(decisions[2]?.params).toMatchObject({ due: '2023-05-31', workdays: 36 });
  });
});

describe('rounds that are not the usual', () => {
  it('owe nothing and rank nobody when back-filled', () => {
    const story = planned(each => each.task('1', [finance]).round('2023Q1', '2023-04-28', { backfill: true }))
      .on('2023-04-24')
      .open('2023Q1')
      .on('2023-04-28')
      .close('2023Q1');
    const q1 = edition(story, '2023Q1', '2023-04-28');
    expect([q1.watermarks, q1.ranking, q1.duties.reporting.total, q1.decisions]).toEqual([
      ['backfill'],
      null,
      0,
      [],
    ]);
  });

  it('are marked provisional while open', () => {
    const story = planned(each => each.task('1', [finance]).round('2023Q2', '2023-07-07'))
      .on('2023-07-03')
      .open('2023Q2');
    expect(edition(story, '2023Q2', '2023-07-05').watermarks).toEqual(['provisional']);
    expect(edition(story, '2023Q2', '2023-07-05').closing).toBeNull();
  });

  it('print what they were closed over', () => {
    const story = planned(each => each.task('1', [finance]).round('2023Q2', '2023-07-07'))
      .on('2023-07-03')
      .open('2023Q2')
      .on('2023-07-21')
      .close('2023Q2', ['not_handed_in'], '单位撤并中');
    const { closing } = edition(story, '2023Q2', '2023-07-21');
    expect(closing).toEqual({ accepted: ['not_handed_in'], reason: '单位撤并中' });
  });
});

describe('the content digest', () => {
  const story = () => planned(each => each.task('1', [finance]).round('2023Q2', '2023-07-07'));

  it('is the same for the same record, whatever order its keys come in', () => {
    const [one, other] = [edition(story(), '2023Q2', '2023-07-21'), edition(story(), '2023Q2', '2023-07-21')];
    const turned = Object.fromEntries(Object.entries(other).reverse()) as unknown as Edition;
    expect(contentDigest(turned)).toBe(contentDigest(one));
    expect(contentDigest(JSON.parse(JSON.stringify(one)) as Edition)).toBe(contentDigest(one));
  });

  it('changes with a figure, and not with a title', () => {
    const one = edition(story(), '2023Q2', '2023-07-21');
    expect(contentDigest({ ...one, title: '另一个名称' })).toBe(contentDigest(one));
    expect(contentDigest({ ...one, counts: { ...one.counts, tasks: 2 } })).not.toBe(contentDigest(one));
  });

  it('is that of an edition from before rounds and dates had policies, until another version holds', () => {
    const one = edition(story(), '2023Q2', '2023-07-21');
    expect(one.rules).toEqual({
      ...{ light: 'light@1', attainment: 'attainment@1', score: 'score@1', round: 'round@1', date: 'date@1' },
      calendar: calendar.version,
    });
    const rules = {
      light: 'light@1',
      attainment: 'attainment@1',
      score: 'score@1',
      calendar: calendar.version,
    };
    const before = { ...one, rules };
    expect([contentDigest(before), bodyDigest(before)]).toEqual([contentDigest(one), bodyDigest(one)]);
    const adopted = story().on('2023-05-30').adopt('date', '2023-06-01', { receiptWorkdays: 4 });
    const other = edition(adopted, '2023Q2', '2023-07-21');
    expect(other.rules.date).toBe('date@2');
    expect(contentDigest(other)).not.toBe(contentDigest(one));
  });

  it('holds no position, uuid, instant or hash', () => {
    const text = JSON.stringify(edition(story(), '2023Q2', '2023-07-21'));
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|\dT\d\d:|[0-9a-f]{40}|position/);
  });
});

function obligationIds(story: Story, subject: string): string[] {
  return obligationsOf(story.ledger(), '2023-07-21', calendar)
    .filter(({ subject: of, kind }) => of === subject && kind === 'task_due')
    .map(({ id }) => id);
}
