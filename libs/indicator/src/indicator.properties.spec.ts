import { fold, Rejection } from '@duban/event-store';
import fc from 'fast-check';
import { context, define, office, paper, reform, science, target } from './examples.js';
import { indicatorDecider } from './indicator.js';
import type { Indicator, IndicatorCommand, IndicatorEvent } from './indicator-model.js';
import { judgeIndicator } from './judgement.js';
import { valueOf } from './values.js';

const periods = fc.constantFrom('2022', '2023Q1', '2023Q2', '2023H1', '2023Q3', '2023');
const words = fc.constantFrom('', 'a reason');
const unit = fc.constantFrom(science, reform, office);
const figure = fc.oneof(fc.integer({ min: -10, max: 9000 }), fc.constantFrom(0.5, 801, 860));
const acting = {
  period: periods,
  value: figure,
  reason: words,
  unit,
  actsFor: fc.constant([]),
  confirmed: fc.boolean(),
};
const reviewing = { period: periods, reviewerUnit: unit, office: fc.constant(office) };
const of = <T extends IndicatorCommand['type']>(type: T, rest: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ type: fc.constant(type), ...rest });
const horizons = fc.constantFrom('2023', '2023Q1', '2023Q3', '2023Q4', 'yearly', '2027');
const changes = fc.array(fc.record({ horizon: horizons, floor: figure, stretch: fc.constant(null) }), {
  maxLength: 3,
});

const commands = fc.oneof(
  fc.constant(define),
  of('ReportValue', {
    ...acting,
    receivedOn: fc.constantFrom(null, '2023-10-01'),
    evidence: fc.constant([]),
  }),
  of('ReviseValue', acting),
  of('CorrectValue', { ...acting, basis: words }),
  of('ConfirmValue', reviewing),
  of('RejectValue', { ...reviewing, unit, reason: words }),
  of('AwaitValue', {
    period: periods,
    availableOn: fc.constantFrom('2023-11-01', '2024-02-01'),
    reason: words,
  }),
  of('AssignProvider', {
    units: fc.subarray([science, reform], { minLength: 1 }),
    mode: fc.constantFrom('one_of', 'each', 'sum'),
  }),
  of('AssignOwner', { units: fc.subarray([science, reform]) }),
  of('SetTarget', { target: fc.record({ ...fixed(target), horizon: horizons, floor: figure }) }),
  of('ReviseTarget', { changes, reason: words, paper: fc.constant(paper) }),
  of('SetCadence', {
    frequency: fc.constantFrom('quarter', 'year'),
    lagDays: fc.constantFrom(0, 20),
    source: fc.constant(null),
  }),
  of('RecordBaseline', { period: periods, value: figure, source: fc.constant(null) }),
  of('ExemptIndicator', { reason: words, paper: fc.constant(null) }),
) as fc.Arbitrary<IndicatorCommand>;

const steps = fc.array(fc.record({ command: commands, person: fc.constantFrom('lin', 'he', 'wu') }), {
  maxLength: 25,
});
const today = '2023-10-09';

describe('properties of an indicator', () => {
  it('a command that is sent again adds nothing', () =>
    fc.assert(
      fc.property(steps, taken => {
        let state = stateAfterDefinition();
        for (const { command, person } of taken) {
          const events = attempt(state, command, person);
          if (events === null) continue;
          state = apply(state, events);
          expect(attempt(state, command, person)).toEqual([]);
        }
      }),
    ));

  it('replay equals live, and what is derived is always a figure or nothing', () =>
    fc.assert(
      fc.property(steps, taken => {
        const history: IndicatorEvent[] = [...indicatorDecider.decide(null, define, { ...context, today })];
        let live = apply(null, history);
        for (const { command, person } of taken) {
          const events = attempt(live, command, person) ?? [];
          history.push(...events);
          live = apply(live, events);
        }
        expect(fold(indicatorDecider, history)).toEqual(live);
        expect(fold(indicatorDecider, JSON.parse(JSON.stringify(history)))).toEqual(live);
        for (const period of ['2023Q2', '2023Q3', '2023']) judgedIsSound(live, period);
      }),
    ));

  it('any history folds, even one that no rule would allow', () =>
    fc.assert(
      fc.property(steps, fc.nat(), (taken, seed) => {
        const history: IndicatorEvent[] = [...indicatorDecider.decide(null, define, { ...context, today })];
        let live = apply(null, history);
        for (const { command, person } of taken) {
          const events = attempt(live, command, person) ?? [];
          history.push(...events);
          live = apply(live, events);
        }
        const shuffled = history
          .map((_, index) => history[(index * 7 + seed) % history.length])
          .filter(isEvent);
        expect(() => fold(indicatorDecider, [...shuffled, { type: 'FromTheFuture' } as never])).not.toThrow();
      }),
    ));
});

function judgedIsSound(state: Indicator | null, period: string): void {
  if (!state) return;
  const { value, state: standing } = valueOf(state, period);
  expect(value === null || standing === 'reported' || standing === 'revised').toBe(true);
  const { ratio, points, progress } = judgeIndicator(state, '004', period).attainment;
  for (const one of [ratio, points, progress]) expect(one === null || Number.isFinite(one)).toBe(true);
}

/** The events, or null when a rule refused. Anything but a refusal is a defect and passes through. */
function attempt(
  state: Indicator | null,
  command: IndicatorCommand,
  person: string,
): readonly IndicatorEvent[] | null {
  const role = person === 'he' ? 'office' : 'unit';
  try {
    return indicatorDecider.decide(state, command, {
      ...context,
      today,
      actor: { ...context.actor, id: person, role },
    });
  } catch (error) {
    if (error instanceof Rejection) return null;
    throw error;
  }
}

const apply = (state: Indicator | null, events: readonly IndicatorEvent[]) =>
  fold(indicatorDecider, events, state);
const stateAfterDefinition = () => apply(null, indicatorDecider.decide(null, define, { ...context, today }));
const isEvent = (event: IndicatorEvent | undefined): event is IndicatorEvent => event !== undefined;

function fixed<T extends object>(values: T): { [Key in keyof T]: fc.Arbitrary<T[Key]> } {
  const entries = Object.entries(values).map(([key, value]) => [key, fc.constant(value)]);
  return Object.fromEntries(entries);
}
