import { diffOf } from './edition-diff.js';
import { type Edition } from './edition-model.js';
import { editionOf } from './edition.js';
import { calendar, finance, indicator, industry, planned, statistics } from './story.js';

const edition = (): Edition =>
  editionOf(
    planned(each =>
      each
        .task('1', [industry], {})
        .task('2', [finance], {})
        .tell('indicator-004:i1', indicator('i1', '004', {}))
        .round('2023Q2', '2023-07-07'),
    )
      .on('2023-07-03')
      .open('2023Q2')
      .value('i1', statistics, '2023Q2', 800)
      .on('2023-07-21')
      .close('2023Q2')
      .ledger(),
    { period: '2023Q2', cutoffOn: '2023-07-21' },
    calendar,
  );
const first = edition();
const [task, second] = first.tasks;
const [figure] = first.indicators;
const differing = (change: Partial<Edition>) => diffOf(first, { ...first, ...change });

describe('how two editions differ', () => {
  it('is in nothing when they say the same', () => expect(diffOf(first, edition())).toEqual([]));

  it('is not in the day up to which facts were known, nor since when a thing is so', () => {
    const light = { ...task!.light, since: '2023-07-08' };
    expect(differing({ cutoffOn: '2023-08-14', tasks: [{ ...task!, light }, second!] })).toEqual([]);
  });

  it('is in a light and its reason', () => {
    const light = { ...task!.light, colour: 'green' as const, reason: 'on_track' };
    expect(differing({ tasks: [{ ...task!, light }, second!] })).toEqual([
      { kind: 'task', subject: '004:1', title: task!.title, field: 'light', from: 'red', to: 'green' },
      {
        kind: 'task',
        subject: '004:1',
        title: task!.title,
        field: 'reason',
        from: 'report_missing',
        to: 'on_track',
      },
    ]);
  });

  it('is in a figure', () =>
    expect(differing({ indicators: [{ ...figure!, actual: 820 }] })).toEqual([
      { kind: 'indicator', subject: '004:i1', title: figure!.title, field: 'actual', from: 800, to: 820 },
    ]));

  it('is in each field of what only one of them speaks of', () => {
    const gone = differing({ tasks: [task!] });
    expect(gone.map(({ subject, to }) => [subject, to])).toEqual(gone.map(() => ['004:2', null]));
    expect(gone.map(({ field }) => field)).toEqual(['dueOn', 'leads', 'light', 'reason', 'status']);
    expect(diffOf({ ...first, tasks: [task!] }, first).every(({ from }) => from === null)).toBe(true);
  });

  it('is in places that were exchanged', () => {
    const line = { n: 9, rate: 80, inherited: 0, selfReviewed: 0 };
    const ranked = (...units: string[]) => ({
      ...first.ranking!,
      tables: [
        {
          level: 'city',
          tooFew: [],
          ranked: units.map((unit, nth) => ({ ...line, unit, name: unit, rank: nth + 1 })),
        },
      ],
    });
    const before = { ...first, ranking: ranked('a', 'b') };
    expect(diffOf(before, { ...first, ranking: ranked('b', 'a') })).toEqual([
      { kind: 'rank', subject: 'a', title: 'a', field: 'rank', from: 1, to: 2 },
      { kind: 'rank', subject: 'b', title: 'b', field: 'rank', from: 2, to: 1 },
    ]);
  });

  it('is in what it was closed over', () =>
    expect(differing({ closing: { accepted: ['not_handed_in'], reason: '时限已到' } })).toEqual([
      {
        kind: 'plan',
        subject: '004',
        title: first.title,
        field: 'closedOver',
        from: '',
        to: 'not_handed_in',
      },
    ]));
});
