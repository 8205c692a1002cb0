import { type Actor } from '@duban/platform';
import { contentDigest } from './digests.js';
import { editionOf } from './edition.js';
import { type Edition } from './edition-model.js';
import { quarterOf } from './quarter.js';
import { renderQuarterHtml } from './quarter-html.js';
import { renderQuarterText } from './quarter-text.js';
import { calendar, finance, industry, office, planned, type Story } from './story.js';

const leader: Actor = { id: 'vice-mayor', kind: 'person', role: 'leader' };
const of = (unit: string): Actor => ({ id: `liaison of ${unit}`, kind: 'person', role: 'unit', unit });
const edition = (story: Story, period: string, cutoffOn: string): Edition =>
  editionOf(story.ledger(), { period, cutoffOn }, calendar);

const plain = () =>
  planned(each =>
    each.task('1', [finance, industry]).round('2023Q2', '2023-07-07').round('2023Q3', '2023-10-12'),
  );
const instructed = () =>
  plain()
    .on('2023-05-10')
    .tell(
      'task-004:1',
      {
        ...{
          type: 'GiveInstruction',
          text: '查明滞后原因',
          addressees: [finance, industry],
          dueOn: '2023-05-19',
        },
        ...{ paper: null, members: [], office },
      },
      leader,
    );
const answered = (story: Story, day: string, unit: string) =>
  story.on(day).tell(
    'task-004:1',
    {
      ...{ type: 'AnswerInstruction', n: 1, unit, actsFor: [], text: '已整改' },
      ...{ evidence: [], receivedOn: null, members: [] },
    },
    of(unit),
  );

describe('an instruction', () => {
  it('stands in the edition of its quarter with the answers known at the cutoff', () => {
    const story = answered(instructed(), '2023-05-18', finance);
    expect(edition(story, '2023Q2', '2023-07-21').instructions).toEqual([
      {
        ...{ task: '004:1', code: '1', n: 1, on: '2023-05-10', dueOn: '2023-05-19', what: '查明滞后原因' },
        answers: [
          { unit: finance, on: '2023-05-18', note: '已整改' },
          { unit: industry, on: null, note: null },
        ],
      },
    ]);
  });

  it('stands in later editions until everybody has answered, and once more with the last answer', () => {
    const open = answered(instructed(), '2023-05-18', finance);
    expect(edition(open, '2023Q3', '2023-10-20').instructions).toHaveLength(1);
    const late = answered(open, '2023-08-01', industry);
    expect(edition(late, '2023Q3', '2023-10-20').instructions?.[0]?.answers[1]?.on).toBe('2023-08-01');
    const done = answered(answered(instructed(), '2023-05-18', finance), '2023-05-19', industry);
    expect(edition(done, '2023Q3', '2023-10-20')).not.toHaveProperty('instructions');
  });

  it('given after the quarter waits for the next edition', () => {
    expect(edition(instructed(), '2023Q1', '2023-05-20')).not.toHaveProperty('instructions');
  });

  it('changes nothing in an edition that has none', () => {
    const bare = edition(plain(), '2023Q2', '2023-07-21');
    expect(Object.keys(bare)).not.toContain('instructions');
    expect(Object.keys(bare)).not.toContain('silent');
    expect(contentDigest(edition(instructed(), '2023Q2', '2023-07-21'))).not.toBe(contentDigest(bare));
  });

  it('is read on the page and on the terminal', () => {
    const body = edition(answered(instructed(), '2023-05-22', finance), '2023Q2', '2023-07-21');
    const quarter = quarterOf('2023Q2', [{ id: 'x', n: 1, edition: body, corrections: [] }]);
    const page = renderQuarterHtml(quarter);
    expect(page).toContain('查明滞后原因');
    expect(page).toMatch(/市财政局：已整改\s*<small>2023-05-22 逾期 late/);
    expect(page).toContain('未答复 no answer');
    expect(renderQuarterText(quarter)).toContain('instruction on 1, due 2023-05-19: no answer of 市工信局');
  });
});

describe('who was asked and said nothing', () => {
  const asked = () =>
    planned(each =>
      each
        .task('1', [finance])
        .tell('task-004:1', {
          ...{ type: 'ReassignUnits', reason: '补充配合单位', paper: null },
          roles: [
            { holder: finance, isGroup: false, role: 'lead', presumed: false },
            { holder: industry, isGroup: false, role: 'supporting', presumed: false },
          ],
        })
        .round('2023Q2', '2023-07-07'),
    )
      .on('2023-07-03')
      .tell(
        'task-004:1',
        {
          ...{ type: 'RequestContribution', unit: finance, actsFor: [], from: [industry], items: ['企业数'] },
          ...{ dueOn: '2023-07-05', members: [] },
        },
        of(finance),
      );
  const given = () =>
    asked()
      .on('2023-07-06')
      .tell(
        'task-004:1',
        {
          ...{ type: 'GiveContribution', n: 1, unit: industry, actsFor: [], answers: ['12家'] },
          ...{ evidence: [], receivedOn: null },
        },
        of(industry),
      );

  it('is named beside the lead that asked', () => {
    expect(edition(asked(), '2023Q2', '2023-07-21').silent).toEqual([
      { task: '004:1', code: '1', n: 1, lead: finance, dueOn: '2023-07-05', units: [industry] },
    ]);
    expect(edition(given(), '2023Q2', '2023-07-21')).not.toHaveProperty('silent');
  });

  it('counts among what supporters owe, outside the ranking', () => {
    const late = (of: Edition) => of.units.find(({ unit }) => unit === industry)?.supporting.receipts.late;
    // The receipt was due in the second quarter, the contribution in the third, in which the receipt is still open.
    expect(late(edition(asked(), '2023Q2', '2023-07-21'))).toBe(1);
    expect(late(edition(asked(), '2023Q3', '2023-10-20'))).toBe(2);
  });
});
