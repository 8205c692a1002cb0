import { fold, specFor } from '@duban/event-store';
import { context, define, defined, paper, reported, science, target } from './examples.js';
import { indicatorDecider } from './indicator.js';
import type { Indicator, IndicatorCommand, IndicatorEvent, Target } from './indicator-model.js';
import { judgeIndicator } from './judgement.js';
import { plannedFor, targetFor } from './targets.js';

const given = specFor(indicatorDecider, context);
const quarters = { '2023Q1': 50, '2023Q2': 115, '2023Q3': 170, '2023Q4': 236 };
const stated = (horizon: string, floor: number): Target => ({ ...target, horizon, floor });
const flowDefinition = {
  ...define,
  code: 'i3',
  kind: 'flow_cumulative',
  measure: '亿元',
  frequency: 'quarter',
  baselines: [],
  targets: [
    stated('2023', 236),
    ...Object.entries(quarters).map(([horizon, floor]) => stated(horizon, floor)),
  ],
} as const satisfies IndicatorCommand;
const flow = eventsOf(flowDefinition);
const yearOnly = eventsOf({ ...flowDefinition, targets: [stated('2023', 236)] });
const value = (period: string, amount: number, on = '2023-07-10'): IndicatorEvent => ({
  ...reported,
  period,
  value: amount,
  on,
});
const revise = {
  type: 'ReviseTarget',
  changes: [{ horizon: '2023', floor: 860, stretch: null }],
  reason: '市领导要求',
  paper,
} as const satisfies IndicatorCommand;
const revised = {
  type: 'TargetRevised',
  plan: '004',
  changes: [{ horizon: '2023', from: 830, floor: 860, stretch: null }],
  reason: '市领导要求',
  paper,
  easedAfterMiss: false,
  on: '2023-07-10',
} as const satisfies IndicatorEvent;
const to = (horizon: string, floor: number) => ({ ...revise, changes: [{ horizon, floor, stretch: null }] });

describe('setting a target', () => {
  const later = { ...stated('2025', 950), clause: '三' };
  it('is for a horizon without one', () => {
    given(...defined)
      .when({ type: 'SetTarget', target: later })
      .then({ type: 'TargetSet', plan: '004', target: later, on: '2023-07-10' });
    given(...defined)
      .when({ type: 'SetTarget', target })
      .thenNothing();
    given(...defined)
      .when({ type: 'SetTarget', target: stated('2023', 860) })
      .thenRejected('target_set_already');
    given(...defined)
      .when({ type: 'SetTarget', target: stated('年底', 860) })
      .thenRejected('not_a_horizon');
    given(...defined)
      .when({ type: 'SetTarget', target: stated('2023Q1', 800) })
      .thenRejected('target_period_over');
    given(...defined)
      .when({ type: 'SetTarget', target: stated('2023Q3', 840) })
      .thenRejected('target_inconsistent');
  });
  it('may be that of another plan', () =>
    given(...defined)
      .when({ type: 'SetTarget', plan: '003', target: stated('2023', 900) })
      .thenState(state => {
        expect(state && targetFor(state, '003', '2023')?.current.floor).toBe(900);
        expect(state && targetFor(state, '004', '2023')?.current.floor).toBe(830);
      }));
});

describe('revising a target', () => {
  it('keeps the original beside the current', () => {
    given(...defined)
      .when(revise)
      .then(revised);
    given(...defined, revised)
      .when(revise)
      .thenNothing();
    given(...defined, revised).thenState(state => {
      expect(state && targetFor(state, '004', '2023')).toMatchObject({
        original: { floor: 830, version: 1 },
        current: { floor: 860, version: 2, paper },
      });
      expect(state && targetFor(state, '004', '2023', { on: '2023-07-09' })?.current.floor).toBe(830);
    });
  });
  it('is a person’s decision with a reason and a paper', () => {
    given(...defined)
      .when({ ...revise, reason: '' })
      .thenRejected('reason_needed');
    given(...defined)
      .when({ ...revise, paper: null })
      .thenRejected('paper_needed');
    given(...defined)
      .when(revise, { actor: { ...context.actor, kind: 'machine' } })
      .thenRejected('machine_needs_acting_for');
    given(...defined)
      .when(to('2027', 900))
      .thenRejected('target_not_found');
    given(...defined)
      .when(to('soon', 900))
      .thenRejected('not_a_horizon');
    given(...defined)
      .when({ ...revise, changes: [] })
      .thenNothing();
    given(...defined)
      .when({ ...revise, changes: [...revise.changes, ...revise.changes] })
      .thenRejected('stated_twice');
  });
  it('never touches a period that is over', () => {
    given(...flow)
      .when(to('2023Q2', 110))
      .thenRejected('target_period_over', { horizon: '2023Q2', endedOn: '2023-06-30' });
    given(...flow, value('2023Q2', 90))
      .when({ ...revise, changes: [{ horizon: '2023', floor: 300, stretch: null }] })
      .thenState(state => {
        expect(state && plannedFor(state, '004', '2023Q2')?.value).toBe(115);
      });
    given(...yearOnly)
      .when(to('2023', 300))
      .thenState(state => {
        expect(state && plannedFor(state, '004', '2023Q2')).toMatchObject({ value: 118, basis: 'derived' });
        expect(state && plannedFor(state, '004', '2023Q3')).toMatchObject({ value: 225, derived: true });
      });
  });
  it('refuses parts that exceed the year, and proposes some that fit', () => {
    given(...flow)
      .when(to('2023', 200))
      .thenRejected('target_inconsistent', { horizon: '2023Q4', proposal: ['2023Q3=154', '2023Q4=200'] });
    const fitting = [to('2023', 200), to('2023Q3', 154), to('2023Q4', 200)].flatMap(({ changes }) => changes);
    given(...flow)
      .when({ ...revise, changes: fitting })
      .thenState(state => state?.targets.length === 8);
  });
  it('refuses a cumulative plan that falls', () =>
    given(...flow)
      .when(to('2023Q4', 160))
      .thenRejected('target_inconsistent', { horizon: '2023Q4', proposal: ['2023Q3=170', '2023Q4=170'] }));
  it.each([
    ['missed', 90, true],
    ['met', 120, false],
  ])('marks easing after the last period was %s', (_, actual, easedAfterMiss) => {
    const changes = [to('2023', 200), to('2023Q3', 154), to('2023Q4', 200)].flatMap(one => one.changes);
    given(...flow, value('2023Q2', actual))
      .when({ ...revise, changes })
      .thenState(state => expect(state?.targets.at(-1)?.easedAfterMiss).toBe(easedAfterMiss));
  });
  it('does not mark what rises', () =>
    given(...flow, value('2023Q2', 90))
      .when(to('2023', 250))
      .thenState(state =>
        expect(state?.targets.at(-1)).toMatchObject({ floor: 250, easedAfterMiss: false }),
      ));
  it('marks easing a standard that was broken', () => {
    const kept = {
      ...flowDefinition,
      kind: 'ratio',
      measure: '%',
      direction: 'maintain',
      targets: [stated('2023', 58)],
    } as const;
    given(...eventsOf(kept), value('2023Q2', 56))
      .when(to('2023', 56))
      .thenState(state => expect(state?.targets.at(-1)?.easedAfterMiss).toBe(true));
    given(...eventsOf(kept), value('2023Q2', 58))
      .when(to('2023', 56))
      .thenState(state => expect(state?.targets.at(-1)?.easedAfterMiss).toBe(false));
  });
});

describe('what is planned for a period', () => {
  const plan = (indicator: Indicator, period: string) => {
    const planned = plannedFor(indicator, '004', period);
    return planned && [planned.value, planned.basis];
  };
  const folded = (definition: IndicatorCommand) => stateOf(eventsOf(definition));
  it('is what the plan states, also under another name of the same day', () => {
    const indicator = folded(flowDefinition);
    expect(plan(indicator, '2023Q1')).toEqual([50, 'stated']);
    expect(plan(indicator, '2023H1')).toEqual([115, 'stated']);
    expect(plan(indicator, '2023')).toEqual([236, 'stated']);
  });
  it('is the straight line of a flow for which only the year is stated', () => {
    const indicator = folded({ ...flowDefinition, targets: [stated('2023', 236)] });
    expect(['2023Q1', '2023Q2', '2023Q3', '2023Q4'].map(period => plan(indicator, period)?.[0])).toEqual([
      59, 118, 177, 236,
    ]);
    expect(plan(folded({ ...flowDefinition, targets: [stated('yearly', 40)] }), '2024Q1')).toEqual([
      10,
      'derived',
    ]);
  });
  it('is only whole things on the line of whole things', () => {
    const alliance = folded({ ...flowDefinition, measure: '个', targets: [stated('2023', 1)] });
    expect(plan(alliance, '2023Q1')).toEqual([0, 'derived']);
    expect(judgeIndicator(alliance, '004', '2023Q1').attainment.verdict).toBe('no_colour');
    expect(plan(alliance, '2023Q4')).toEqual([1, 'stated']);
  });
  it('is nothing within the year for an annual figure', () => {
    const annual = folded({ ...flowDefinition, annualOnly: true, targets: [stated('2023', 80)] });
    expect(plan(annual, '2023Q3')).toBeNull();
    expect(judgeIndicator(annual, '004', '2023Q3').attainment).toMatchObject({
      verdict: 'not_due',
      line: null,
    });
    expect(plan(annual, '2023')).toEqual([80, 'stated']);
  });
  it('is nothing for a level within the year, and the year’s at its end', () => {
    expect(plan(folded(define), '2023H1')).toBeNull();
    expect(plan(folded(define), '2023H2')).toEqual([830, 'stated']);
    expect(plan(folded(define), '2024')).toBeNull();
  });
  it('is the standard in every period of what is to be kept', () => {
    const kept = {
      ...define,
      direction: 'maintain',
      kind: 'ratio',
      targets: [stated('2023Q1', 55), stated('2023', 58)],
    } as const;
    expect(plan(folded(kept), '2023Q1')).toEqual([58, 'standard']);
  });
  it('is the level that growth asks for, or the rate where a rate is reported', () => {
    const growing = {
      ...define,
      kind: 'growth',
      baselines: [{ period: '2021', value: 100 }],
      targets: [stated('yearly', 15)],
    } as const;
    expect(plan(folded(growing), '2023')).toEqual([132.25, 'required']);
    expect(plan(folded(growing), '2023H1')).toBeNull();
    expect(plan(folded({ ...growing, measure: '%' }), '2023')).toEqual([15, 'stated']);
  });
});

describe('judging an indicator', () => {
  it('holds 52 against the plan of the quarter', () =>
    expect(judgeIndicator(stateOf([...flow, value('2023Q1', 52)]), '004', '2023Q1')).toMatchObject({
      actual: 52,
      attainment: { ratio: 104, verdict: 'on_track', line: { value: 59, ratio: 88.1 } },
    }));
  it('shows the original target beside a revised one, and goes by what was known', () => {
    const correction: IndicatorEvent = {
      type: 'ValueCorrected',
      period: '2023',
      unit: science,
      from: 870,
      to: 845,
      reason: '重复',
      basis: '台账',
      on: '2024-02-01',
      by: 'lin',
    };
    const indicator = stateOf([...defined, revised, value('2023', 870, '2024-01-10'), correction]);
    expect(judgeIndicator(indicator, '004', '2023')).toMatchObject({
      actual: 845,
      original: { floor: 830 },
      attainment: { verdict: 'behind', original: { verdict: 'met', target: 830 } },
    });
    expect(judgeIndicator(indicator, '004', '2023', { knownBy: '2024-01-31' })).toMatchObject({
      actual: 870,
      attainment: { verdict: 'met' },
    });
  });
  it('takes a difference in percentage points as it is', () => {
    const difference = {
      ...define,
      kind: 'relative',
      measure: '百分点',
      targets: [{ ...stated('2023', 0), bound: '>' }],
    } as const;
    const indicator = stateOf([...eventsOf(difference), value('2023', 0.4)]);
    expect(judgeIndicator(indicator, '004', '2023').attainment).toMatchObject({
      points: 0.4,
      verdict: 'met',
    });
  });
});

function eventsOf(command: IndicatorCommand): readonly IndicatorEvent[] {
  return indicatorDecider.decide(null, command, { ...context, today: '2023-04-20' });
}

function stateOf(events: readonly IndicatorEvent[]): Indicator {
  const state = fold(indicatorDecider, events);
  if (!state) throw new Error('the example begins with its definition');
  return state;
}
