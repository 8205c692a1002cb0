import { editionOf } from './edition.js';
import { type Edition } from './edition-model.js';
import { linesInChargeOf, linesSeenBy } from './lines-seen.js';
import { calendar, finance, indicator, industry, office, planned, statistics } from './story.js';

const due = { on: '2023-06-30', basis: 'stated' as const, clause: '按期' };
const whole = (): Edition => ({
  ...editionOf(
    planned(each =>
      each
        .task('1', [industry], { due })
        .task('2', [finance], { due })
        .tell('indicator-004:i1', indicator('i1', '004', { owners: [finance] }))
        .round('2023Q2', '2023-07-07'),
    )
      .on('2023-07-03')
      .open('2023Q2')
      .on('2023-07-21')
      .close('2023Q2')
      .ledger(),
    { period: '2023Q2', cutoffOn: '2023-07-21' },
    calendar,
  ),
  instructions: [
    {
      ...{ task: '004:1', code: '1', n: 1, on: '2023-05-04', dueOn: '2023-05-11', what: '抓紧' },
      answers: [industry, finance].map(unit => ({ unit, on: '2023-05-08', note: unit })),
    },
  ],
  silent: [{ task: '004:1', code: '1', n: 1, lead: industry, dueOn: '2023-06-01', units: [statistics] }],
});

const said = (edition: Edition) => JSON.stringify(edition);

describe('what a unit sees of an edition', () => {
  const seen = linesSeenBy(whole(), [industry]);

  it('is its own tasks, figures, line and exceptions, counted anew', () => {
    expect(seen.tasks.map(({ id }) => id)).toEqual(['004:1']);
    expect([seen.indicators, seen.units.map(({ unit }) => unit)]).toEqual([[], [industry]]);
    expect(seen.exceptions.map(({ subject }) => subject)).toEqual(['004:1']);
    expect(seen.counts).toMatchObject({ tasks: 1, byLight: { red: 1 }, indicators: 0, turnedRed: 1 });
  });

  it('is no question to a leader, and nobody else by name', () => {
    expect([seen.decisions, seen.furtherDecisions, seen.findings, seen.sections]).toEqual([[], [], [], []]);
    for (const other of [finance, '004:2', '004:i1']) expect(said(seen)).not.toContain(other);
  });

  it('is what was said to it, with its own answer, and who was silent towards it', () => {
    expect(seen.instructions?.flatMap(({ answers }) => answers.map(({ unit }) => unit))).toEqual([industry]);
    expect(seen.silent).toHaveLength(1);
    expect(linesSeenBy(whole(), [statistics]).silent).toHaveLength(1);
    for (const said of ['instructions', 'silent'])
      expect(linesSeenBy(whole(), [office])).not.toHaveProperty(said);
  });
});

describe('what a leader in charge sees of an edition', () => {
  it('is the lines of those units, with what is to be decided about them', () => {
    const seen = linesInChargeOf(whole(), [finance]);
    expect(seen.tasks.map(({ id }) => id)).toEqual(['004:2']);
    expect(seen.indicators.map(({ id }) => id)).toEqual(['004:i1']);
    expect([...seen.decisions, ...seen.furtherDecisions].map(({ subject }) => subject)).toEqual(['004:2']);
    expect(said(seen)).not.toContain(industry);
  });

  it('is nothing of units that a leader is not in charge of', () => {
    const seen = linesInChargeOf(whole(), ['xiangtan:市卫健委']);
    expect([seen.tasks, seen.units, seen.exceptions, seen.decisions]).toEqual([[], [], [], []]);
    expect(seen.counts).toMatchObject({ tasks: 0, indicators: 0 });
  });
});
