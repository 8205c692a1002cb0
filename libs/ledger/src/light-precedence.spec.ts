import { calendar, completion, industry, report, science, Story, value } from './ledger-examples.js';
import { indicatorLights } from './indicator-light.js';
import { type Moment } from './light-model.js';
import { obligationsOf } from './obligations.js';
import { taskLights } from './task-lights.js';

// What each pair of neighbours in the list (duties §10) looks like when both are the case: the former is shown.
const closing: Moment = { day: '2023-06-30', knownOn: '2023-07-21', period: '2023Q2' };
const shown = (story: Story, moment = closing) => {
  const light = taskLights(story.ledger(), moment, calendar).get('004:1');
  return [light?.colour, light?.reason];
};

const lead = { holder: industry, role: 'lead' as const };
const milestone = { code: 'm1', dueOn: '2023-05-31' };
const begun = (dueOn: string, milestones: readonly (typeof milestone)[] = []) =>
  new Story().withTask('1', [lead], dueOn, milestones).issued();
const asked = (story: Story) => story.opened('2023-07-03', '2023Q2', '2023-07-07');
const told = (story: Story) =>
  story.task('2023-07-05', '1', report(industry, '2023Q2', '2023-06-30'), industry);
const done = (story: Story, on: string) =>
  story.task(on, '1', completion(industry, on), industry).task(on, '1', {
    type: 'ReviewCompletion',
    ...{ verdict: 'accept', reviewerUnit: science, office: science },
  });
const waiting = (story: Story) =>
  story.task(
    '2023-06-28',
    '1',
    { type: 'RequestExtension', unit: industry, actsFor: [], to: '2023-08-31', reason: '受阻' },
    industry,
  );
const blocked = (story: Story) =>
  story.task(
    '2023-06-28',
    '1',
    { type: 'RaiseBlocker', unit: industry, actsFor: [], kind: 'land', note: '用地未批' },
    industry,
  );
const short = (story: Story) => story.indicator('2023-07-05', 'i1', value(science, '2023Q2', 100), science);
const linked = () =>
  new Story()
    .withIndicator('i1', [science], {
      ...{ kind: 'flow_cumulative', baselines: [] },
      links: [{ plan: '004', task: '004:1', section: null, clause: '' }],
    })
    .withTask('1', [lead])
    .issued();

describe('of two reasons the light shows the one that comes first', () => {
  it('none before met: done, and due before the plan counts', () =>
    expect(shown(done(begun('2023-04-10'), '2023-05-10'))).toEqual(['none', 'before_plan']));

  it('met before overdue: done, with a milestone that was never reached', () =>
    expect(shown(done(begun('2023-06-30', [milestone]), '2023-06-20'))).toEqual(['green', 'met']));

  it('overdue before missing: neither done nor reported on', () =>
    expect(shown(asked(begun('2023-06-30')))).toEqual(['red', 'overdue']));

  it('missing before tolled: no report, and more time asked for', () =>
    expect(shown(asked(waiting(begun('2023-06-30'))))).toEqual(['red', 'report_missing']));

  it('tolled before blocked: more time asked for because it is blocked', () =>
    expect(shown(told(asked(blocked(waiting(begun('2023-06-30'))))))).toEqual(['grey', 'extension_pending']));

  it('blocked before behind plan: its figure falls short as well', () =>
    expect(shown(short(told(asked(blocked(linked())))))).toEqual(['amber', 'blocked']));

  it('behind plan before green: reported in time, and its figure falls short', () =>
    expect(shown(short(told(asked(linked()))))).toEqual(['amber', 'behind_plan']));

  it('behind plan before made good late, and that before green', () => {
    const late = (story: Story) =>
      asked(story).task('2023-07-12', '1', report(industry, '2023Q2', '2023-06-30'), industry);
    expect(shown(short(late(linked())))).toEqual(['amber', 'behind_plan']);
    expect(shown(late(begun('2023-12-31')))).toEqual(['amber', 'made_good_late']);
  });
});

describe('a figure that is published later than it is asked for', () => {
  const figureOf = (story: Story, moment: Moment) => {
    const owed = obligationsOf(story.ledger(), moment.knownOn, calendar);
    const light = indicatorLights(story.ledger(), moment, calendar, owed).get('004:i1')?.light;
    return [light?.colour, light?.reason, light?.params.due ?? null];
  };

  it('of the half-year is awaited until statistics come out, and missing after that', () => {
    const story = new Story()
      .withIndicator('i1', [science], { frequency: 'half_year', lagDays: 24 })
      .issued()
      .opened('2023-07-03', '2023H1', '2023-07-15', { kind: 'half_year' })
      .opened('2023-07-03', '2023Q2', '2023-07-07');
    expect(figureOf(story, closing)).toEqual(['grey', 'awaiting_publication', '2023-07-24']);
    const august = { ...closing, knownOn: '2023-08-01' };
    expect(figureOf(story, august)).toEqual(['red', 'value_missing', '2023-07-24']);
  });

  it('of the year (004#1: R&D by GDP, in autumn of the next year) is never red in its year for missing', () => {
    const story = new Story()
      .withIndicator('i1', [science], { annualOnly: true, frequency: 'year', lagDays: 270 })
      .issued()
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .opened('2023-10-09', '2023Q3', '2023-10-12')
      .opened('2024-01-02', '2023Q4', '2024-01-08')
      .opened('2024-01-02', '2023', '2024-01-15', { kind: 'year' });
    const known = (day: string, knownOn: string, period: string) => figureOf(story, { day, knownOn, period });
    expect(known('2023-06-30', '2023-07-21', '2023Q2')).toEqual(['grey', 'not_due', null]);
    expect(known('2023-09-30', '2023-10-20', '2023Q3')).toEqual(['grey', 'not_due', null]);
    expect(known('2023-12-31', '2024-01-22', '2023Q4')).toEqual([
      'grey',
      'awaiting_publication',
      '2024-09-26',
    ]);
    expect(known('2023-12-31', '2024-09-27', '2023Q4')).toEqual(['red', 'value_missing', '2024-09-26']);
  });
});
