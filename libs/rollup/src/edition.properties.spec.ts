import fc from 'fast-check';
import { Rejection } from '@duban/event-store';
import { LedgerBuilder, type PlanLedger } from '@duban/ledger';
import { contentDigest } from './digests.js';
import { editionOf } from './edition.js';
import { type Tally } from './edition-model.js';
import { judgedQuarter, scoreOf, scoreParts } from './scorecard.js';
import { calendar, districts, finance, indicator, industry, office, planned, type Story } from './story.js';

const units = [office, industry, finance];
const codes = ['1', '2', '3.1'];
const days = [
  '2023-05-15',
  '2023-06-15',
  '2023-06-28',
  '2023-06-30',
  '2023-07-03',
  '2023-07-05',
  '2023-07-10',
];

type Act = (story: Story) => unknown;
const code = fc.constantFrom(...codes);
const unit = fc.constantFrom(...units);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(code, unit).map(
    ([task, by]): Act =>
      story =>
        story.report(task, by, '2023Q2'),
  ),
  fc.tuple(code, unit).map(
    ([task, by]): Act =>
      story =>
        story.complete(task, by),
  ),
  code.map(
    (task): Act =>
      story =>
        story.accept(task),
  ),
  fc.tuple(code, unit).map(
    ([task, by]): Act =>
      story =>
        story.ask(task, by, '2023-09-15'),
  ),
  fc.tuple(code, fc.integer({ min: 1, max: 2 }), fc.boolean()).map(([task, n, isGranted]): Act => story => {
    const verdict = isGranted
      ? ({ verdict: 'grant', dueOn: '2023-09-15' } as const)
      : ({ verdict: 'refuse', reason: '不予延期' } as const);
    story.tell(`task-004:${task}`, { type: 'DecideExtension', n, paper: null, ...verdict });
  }),
  code.map((task): Act => story => {
    const review = { reasons: ['缺佐证'], reworkBy: '2023-07-14', reviewerUnit: office, office };
    story.tell(`task-004:${task}`, { type: 'ReviewCompletion', verdict: 'return', ...review });
  }),
  fc.tuple(code, fc.constantFrom('ExemptTask' as const, 'SuspendTask' as const, 'CancelTask' as const)).map(
    ([task, type]): Act =>
      story =>
        story.tell(`task-004:${task}`, { type, reason: '决定', paper: null }),
  ),
  fc.tuple(unit, fc.integer({ min: 1, max: 900 })).map(
    ([by, value]): Act =>
      story =>
        story.value('i1', by, '2023Q2', value),
  ),
  fc.constantFrom('xiangtan:雨湖区', 'xiangtan:岳塘区').map(
    (by): Act =>
      story =>
        story.handIn('2023Q2', by),
  ),
  fc.tuple(code, unit).map(
    ([task, by]): Act =>
      story =>
        story.tell(`task-004:${task}`, { type: 'AcknowledgeTask', unit: by, actsFor: [], members: [] }),
  ),
  fc.tuple(fc.constantFrom('xiangtan:雨湖区', 'xiangtan:岳塘区'), fc.boolean()).map(
    ([by, isWaived]): Act =>
      story =>
        story.tell(
          `submission-004:2023Q2/${by}`,
          isWaived
            ? { type: 'WaiveSubmission', reason: '受灾' }
            : {
                ...{ type: 'ReturnSubmission', reasons: [{ item: 'summary', reason: '补充' }] },
                ...{ reworkBy: '2023-07-14', reviewerUnit: office, office },
              },
        ),
  ),
  fc.constantFrom('2023-06-15', '2023-07-03').map(
    (from): Act =>
      story =>
        story.tell(`unit-${industry}`, {
          type: 'MergeUnit',
          into: finance,
          from,
          paper: null,
          successors: [],
        }),
  ),
);

const history = fc.array(fc.record({ day: fc.constantFrom(...days), act }), { maxLength: 40 });

/** Any acts, by day; what the rules refuse did not happen. */
function lived(acts: readonly { day: string; act: Act }[]): Story {
  const roles = [
    { holder: finance, isGroup: false, role: 'lead' as const, presumed: false },
    { holder: districts, isGroup: true, role: 'responsible' as const, presumed: false },
    { holder: industry, isGroup: false, role: 'supporting' as const, presumed: false },
  ];
  const due = { on: '2023-06-30', basis: 'stated' as const, clause: '6月底' };
  const story = planned(each => {
    each.task('1', [], { roles, due }).task('2', [industry], { due }).task('3.1', [office, industry]);
    each.tell('indicator-004:i1', indicator('i1', '004', { providers: units, providerMode: 'sum' }));
    each.round('2023Q2', '2023-07-07');
  });
  const attempt = (step: Act) => {
    try {
      step(story);
    } catch (refusal) {
      if (!(refusal instanceof Rejection)) throw refusal;
    }
  };
  const inOrder = [...acts].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  for (const { day, act: step } of inOrder.filter(({ day }) => day < '2023-07-03'))
    attempt(on => step(on.on(day)));
  story.on('2023-07-03').open('2023Q2');
  for (const { day, act: step } of inOrder.filter(({ day }) => day >= '2023-07-03'))
    attempt(on => step(on.on(day)));
  return story.on('2023-07-21').close('2023Q2');
}

const input = { period: '2023Q2', cutoffOn: '2023-07-21' };
const classes = ({ onTime, late, extended, returned, tolled, waived, awaiting, pending }: Tally) =>
  onTime + late + extended + returned + tolled + waived + awaiting + pending;

describe('any edition', () => {
  it('adds up: for every unit on time, late, extended, returned, tolled, waived, awaited and pending are the total', () => {
    fc.assert(
      fc.property(history, acts => {
        const edition = editionOf(lived(acts).ledger(), input, calendar);
        for (const { delivery, reporting, office: own, supporting, total } of edition.units) {
          const areas = [delivery, reporting, own, supporting.receipts];
          for (const area of areas) expect(classes(area)).toBe(area.total);
          expect(areas.reduce((sum, area) => sum + area.total, 0)).toBe(total);
        }
        const lights = Object.values(edition.counts.byLight).reduce((sum, count) => sum + count, 0);
        expect([lights, edition.counts.tasks]).toEqual([3, 3]);
      }),
      { numRuns: 150 },
    );
  });

  it('comes to the same total as the scorecards, whose parts shut each other out', () => {
    fc.assert(
      fc.property(history, acts => {
        const ledger = lived(acts).ledger();
        const judged = judgedQuarter(ledger, input, calendar);
        for (const { unit: id, total } of editionOf(ledger, input, calendar).units) {
          const score = scoreOf(judged, id);
          const parts = [...scoreParts.map(part => score.parts[part]), score.inherited];
          for (const part of parts) expect(classes(part)).toBe(part.total);
          expect(parts.reduce((sum, part) => sum + part.total, 0)).toBe(total);
          expect(score.total.total).toBe(total);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is the same from folds that were stored and read again', () => {
    fc.assert(
      fc.property(history, acts => {
        const ledger = lived(acts).ledger();
        const [live, stored] = [ledger, restored(ledger)].map(each => editionOf(each, input, calendar));
        expect(contentDigest(stored!)).toBe(contentDigest(live!));
        expect(JSON.parse(JSON.stringify(stored))).toEqual(JSON.parse(JSON.stringify(live)));
      }),
      { numRuns: 30 },
    );
  });
});

function restored(ledger: PlanLedger): PlanLedger {
  const builder = new LedgerBuilder().put(`plan-${ledger.id}`, stored(ledger.plan));
  const categories = {
    tasks: 'task',
    indicators: 'indicator',
    rounds: 'round',
    submissions: 'submission',
    bulletins: 'rollup',
  } as const;
  for (const [name, category] of Object.entries(categories)) {
    for (const [id, state] of [...ledger[name as keyof typeof categories]].reverse())
      builder.put(`${category}-${id}`, stored(state));
  }
  for (const [id, state] of ledger.units) builder.put(`unit-${id}`, stored(state));
  for (const [id, state] of ledger.groups) builder.put(`group-${id}`, stored(state));
  return builder.ledger(ledger.id)!;
}

const stored = (state: unknown): unknown => JSON.parse(JSON.stringify(state));
