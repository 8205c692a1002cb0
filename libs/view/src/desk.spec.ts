import {
  calendar,
  completion,
  counties,
  everyCounty,
  industry,
  reform,
  science,
  Story,
  value,
} from '../../ledger/src/ledger-examples.js';
import { deskOf } from './desk.js';
import { type DeskItem } from './desk-model.js';
import { deskQueues } from './desk-queues.js';
import { renderDeskHtml } from './desk-html.js';

const lead = (holder: string) => ({ holder, role: 'lead' as const });
const story = () =>
  new Story()
    .withTask('1', [lead(industry)], '2023-07-31')
    .withTask('2', [lead(industry), lead(reform)], '2023-08-31')
    .withTask('3', [lead(science), { holder: everyCounty, role: 'responsible', isGroup: true }])
    .withIndicator('i12', [reform])
    .issued();
const desk = (of: Story, day: string, only?: string) => deskOf([of.ledger()], day, calendar, only);
const items = (of: Story, day: string, queue: string): readonly DeskItem[] =>
  desk(of, day, queue).queues[0]?.items ?? [];
const ask = (on: string, of: Story, code = '1') =>
  of.task(
    on,
    code,
    { type: 'RequestExtension', unit: industry, actsFor: [industry], to: '2023-09-29', reason: '招标流标' },
    industry,
  );

describe('the desk of the office', () => {
  it('holds a completion until it is reviewed, with the commands that settle it', () => {
    const done = story().task('2023-07-10', '1', completion(industry, '2023-07-10'), industry);
    expect(items(done, '2023-07-11', 'completions')).toEqual([
      {
        ...{ subject: '004:1', plan: '004', title: '任务1', units: [industry], note: '已完成', count: 1 },
        ...{ since: '2023-07-10', dueOn: '2023-07-17', overdue: false, href: '/v1/tasks/004%3A1' },
        settle: [
          { method: 'POST', href: '/v1/tasks/004%3A1/reviews', body: { verdict: 'accept' } },
          {
            method: 'POST',
            href: '/v1/tasks/004%3A1/reviews',
            body: { verdict: 'return', reasons: [], reworkBy: null },
          },
        ],
      },
    ]);
    expect(items(done, '2023-07-18', 'completions')).toMatchObject([{ overdue: true }]);
    const accepted = done.task('2023-07-12', '1', {
      type: 'ReviewCompletion',
      ...{ verdict: 'accept', reviewerUnit: science, office: science },
    });
    expect(items(accepted, '2023-07-12', 'completions')).toEqual([]);
  });

  it('holds a submission by its own address', () => {
    const [county] = counties;
    const handedIn = story()
      .opened('2023-07-03', '2023Q2', '2023-07-07')
      .submission('2023-07-05', '2023Q2', county, {
        type: 'HandIn',
        items: [{ task: '004:3', percent: 50, note: '过半', evidence: [] }],
        ...{ summary: null, evidence: [], receivedOn: null, roundClosed: false },
      });
    const [item] = items(handedIn, '2023-07-05', 'submissions');
    expect(item).toMatchObject({ units: [county], since: '2023-07-05', dueOn: '2023-07-12' });
    expect(item?.href).toBe(`/v1/rounds/004%3A2023Q2/submissions/${encodeURIComponent(county)}`);
    expect(item?.settle[0]?.href).toBe(`${item?.href}/acceptance`);
  });

  it('holds a request for more time with the day that was asked for, the oldest first', () => {
    const asked = ask('2023-07-28', ask('2023-07-31', story(), '2'));
    const found = items(asked, '2023-08-01', 'extensions');
    expect(found.map(({ subject, since, dueOn }) => [subject, since, dueOn])).toEqual([
      ['004:1', '2023-07-28', '2023-08-02'],
      ['004:2', '2023-07-31', '2023-08-03'],
    ]);
    expect(found[0]).toMatchObject({
      note: '2023-09-29 招标流标',
      settle: [
        { href: '/v1/tasks/004%3A1/extensions/1/decisions', body: { verdict: 'grant', dueOn: '2023-09-29' } },
        { body: { verdict: 'refuse' } },
      ],
    });
  });

  it('holds figures that nobody else has confirmed, and corrected ones apart', () => {
    const stated = story().opened('2023-07-03', '2023Q2', '2023-07-07');
    stated.indicator('2023-07-05', 'i12', value(reform, '2023Q2', 800), reform);
    expect(items(stated, '2023-07-05', 'values')).toMatchObject([
      { subject: '004:i12', units: [reform], note: '800', since: '2023-07-05' },
    ]);
    expect(items(stated, '2023-07-05', 'corrections')).toEqual([]);
    stated.indicator('2023-07-06', 'i12', {
      type: 'ConfirmValue',
      ...{ period: '2023Q2', reviewerUnit: science, office: science, actsFor: [] },
    });
    expect(items(stated, '2023-07-06', 'values')).toEqual([]);
  });

  it('holds the correction of an accepted figure until a second person has confirmed it, or turned it down', () => {
    const confirm = {
      type: 'ConfirmValue',
      ...{ period: '2023Q2', reviewerUnit: science, office: science },
    } as const;
    const corrected = () =>
      story()
        .opened('2023-07-03', '2023Q2', '2023-07-07')
        .indicator('2023-07-05', 'i12', value(reform, '2023Q2', 800), reform)
        .indicator('2023-07-06', 'i12', confirm)
        .indicator(
          '2023-07-10',
          'i12',
          {
            ...{ type: 'CorrectValue', unit: reform, actsFor: [], period: '2023Q2', value: 780 },
            ...{ reason: '剔除重复', basis: '清单' },
          },
          reform,
        );
    expect(items(corrected(), '2023-07-10', 'corrections')).toMatchObject([
      {
        ...{ subject: '004:i12', units: [reform], note: '800 → 780', since: '2023-07-10' },
        settle: [
          { href: '/v1/indicators/004%3Ai12/confirmations', body: { period: '2023Q2' } },
          { href: '/v1/indicators/004%3Ai12/rejections', body: { period: '2023Q2', unit: reform } },
        ],
      },
    ]);
    expect(items(corrected(), '2023-07-10', 'values')).toEqual([]);
    const confirmed = corrected().indicator('2023-07-11', 'i12', confirm);
    expect(items(confirmed, '2023-07-11', 'corrections')).toEqual([]);
    const refused = corrected().indicator('2023-07-11', 'i12', {
      ...{ type: 'RejectValue', period: '2023Q2', unit: reform, reason: '依据不足' },
      ...{ reviewerUnit: science, office: science },
    });
    expect(items(refused, '2023-07-11', 'corrections')).toEqual([]);
  });

  it('asks for leads that were presumed until one is named', () => {
    expect(items(story(), '2023-04-21', 'presumed_leads')).toMatchObject([
      { subject: '004:2', note: industry, settle: [{ body: { unit: industry } }] },
    ]);
    const named = story().task('2023-04-21', '2', { type: 'NameReportingLead', unit: reform });
    expect(items(named, '2023-04-21', 'presumed_leads')).toEqual([]);
  });

  it('asks for presumed days until the office has set them', () => {
    const due = { on: '2023-12-31', basis: 'presumed' as const, clause: '年内' };
    const presumed = new Story().withTask('1', [lead(industry)]);
    presumed.task('2023-04-20', '1', { type: 'SetDueDate', due, reason: '原文', paper: null }).issued();
    const [item] = items(presumed, '2023-04-21', 'presumed_dates');
    expect(item).toMatchObject({ note: '2023-12-31 年内', dueOn: null, overdue: false });
    expect(item?.settle[0]?.body).toMatchObject({ due: { ...due, basis: 'stated' } });
    presumed.task('2023-04-24', '1', {
      type: 'SetDueDate',
      ...{ due: { ...due, basis: 'stated' }, reason: '确认', paper: null },
    });
    expect(items(presumed, '2023-04-24', 'presumed_dates')).toEqual([]);
  });

  it('asks for presumed days of milestones that are not reached, too', () => {
    const due = { on: '2023-06-30', basis: 'presumed' as const, clause: '上半年' };
    const milestone = { code: 'm1', title: '招标', due };
    const presumed = new Story()
      .withTask('1', [lead(industry)])
      .task('2023-04-20', '1', { type: 'SetMilestone', milestone })
      .issued();
    expect(items(presumed, '2023-04-21', 'presumed_dates')).toMatchObject([
      {
        ...{ subject: '004:1/m1', title: '任务1: 招标', units: [industry], note: '2023-06-30 上半年' },
        settle: [
          {
            href: '/v1/tasks/004%3A1/milestone-dates',
            body: { code: 'm1', due: { ...due, basis: 'stated' } },
          },
        ],
      },
    ]);
    presumed.task('2023-04-24', '1', {
      type: 'ReviseMilestone',
      ...{ code: 'm1', due: { ...due, basis: 'stated' }, reason: '确认', paper: null },
    });
    expect(items(presumed, '2023-04-24', 'presumed_dates')).toEqual([]);
  });

  it('holds an edition until everybody whom it was given to has seen it', () => {
    const publication = {
      ...{
        plan: '004',
        period: '2023Q2',
        cutoffPosition: 9,
        cutoffOn: '2023-07-21',
        rules: {},
        watermarks: [],
      },
      ...{ contentDigest: 'a', inputDigest: 'b' },
    };
    const editions = 'rollup-004:2023Q2';
    const given = story()
      .on('2023-07-21', editions, { type: 'PublishEdition', ...publication })
      .on('2023-07-24', editions, {
        type: 'CirculateEdition',
        n: 1,
        to: [industry, 'leader:xiangtan/2'],
        paper: null,
      });
    expect(items(given, '2023-07-25', 'unread_editions')).toMatchObject([
      {
        ...{ subject: '004:2023Q2/1', count: 2, since: '2023-07-24', dueOn: '2023-07-31' },
        note: `leader:xiangtan/2 ${industry}`,
        settle: [{ body: { reader: 'leader:xiangtan/2' } }, { body: { reader: industry } }],
      },
    ]);
    given.on('2023-07-26', editions, { type: 'SeeEdition', n: 1, reader: 'leader:xiangtan/2' });
    expect(items(given, '2023-07-26', 'unread_editions')).toMatchObject([
      {
        ...{ count: 1, note: industry },
        settle: [{ href: '/v1/rollups/004%3A2023Q2/editions/1/receipts', body: { reader: industry } }],
      },
    ]);
    given.on('2023-07-27', editions, { type: 'SeeEdition', n: 1, reader: industry });
    expect(items(given, '2023-07-27', 'unread_editions')).toEqual([]);
  });

  it('counts the receipts of a unit in one line', () => {
    const of = items(story(), '2023-04-25', 'receipts').find(({ subject }) => subject === industry);
    expect(of).toMatchObject({
      ...{ count: 2, note: '004:1 004:2', dueOn: '2023-04-24', overdue: true },
      settle: [{ href: '/v1/acknowledgements', body: { plan: '004', unit: industry } }],
    });
  });

  it('counts what stands in its queues', () => {
    const { count, overdue, queues } = desk(story(), '2023-04-25');
    const all = queues.flatMap(({ items: found }) => found);
    const sum = (of: readonly DeskItem[]) => of.reduce((total, each) => total + each.count, 0);
    expect([count, overdue]).toEqual([sum(all), sum(all.filter(each => each.overdue))]);
    expect(count).toBeGreaterThan(5);
    expect(new Set(deskQueues.map(({ queue }) => queue)).size).toBe(deskQueues.length);
  });
});

describe('the page of the desk', () => {
  it('escapes what people wrote, and says that nothing waits', () => {
    const asked = ask('2023-07-28', story());
    const page = renderDeskHtml(deskOf([asked.ledger()], '2023-07-28', calendar, 'extensions'));
    expect(page).toContain('2023-09-29 招标流标');
    expect(page).toContain('&quot;verdict&quot;:&quot;grant&quot;');
    expect(renderDeskHtml(deskOf([], '2023-07-28', calendar))).toContain('合计');
  });
});
