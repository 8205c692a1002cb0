import { fold } from '@duban/event-store';
import { confirmed, defined, joint, on, reform, rejected, reported, science } from './examples.js';
import { indicatorDecider } from './indicator.js';
import type { Indicator, IndicatorEvent } from './indicator-model.js';
import { actualFor, availabilityOf, periodsOf, valueKnownBy, valueOf } from './values.js';

const correction: IndicatorEvent = {
  type: 'ValueCorrected',
  period: '2023H1',
  unit: science,
  from: 801,
  to: 780,
  reason: '重复计数',
  basis: '台账',
  on: '2023-08-10',
  by: 'lin',
};
const perPeriod = defined.map(event =>
  event.type === 'IndicatorDefined' ? { ...event, kind: 'flow_period' as const } : event,
);

describe('the figure of a period', () => {
  it('begins with nothing', () =>
    expect(valueOf(of(...defined), '2023H1')).toMatchObject({
      state: 'none',
      value: null,
      absent: [science],
    }));
  it('stands as reported, under every name of the same day', () => {
    expect(valueOf(of(...defined, reported), '2023H1')).toMatchObject({
      state: 'reported',
      value: 801,
      absent: [],
      confirmed: false,
    });
    expect(valueOf(of(...defined, reported), '2023Q2').value).toBe(801);
    expect(valueOf(of(...perPeriod, reported), '2023Q2').value).toBeNull();
  });
  it('is missing again when it was turned down', () =>
    expect(valueOf(of(...defined, reported, rejected), '2023H1')).toMatchObject({
      state: 'rejected',
      value: null,
      absent: [science],
    }));
  it('sums parts without binary noise', () => {
    const two: IndicatorEvent = { type: 'ProviderAssigned', units: [science, reform], mode: 'sum', on };
    const parts = [
      { ...reported, value: 0.1 },
      { ...reported, unit: reform, value: 0.2 },
    ];
    expect(valueOf(of(...defined, two, ...parts), '2023H1').value).toBe(0.3);
  });
  it('has no total where each provider has a figure of its own', () => {
    const each: IndicatorEvent = { type: 'ProviderAssigned', units: [science, reform], mode: 'each', on };
    const both = of(...defined, each, reported, { ...reported, unit: reform, value: 5 });
    expect(valueOf(both, '2023H1')).toMatchObject({ state: 'reported', value: null, absent: [] });
  });
  it('stays whole when the providers change later, and is owed by the new ones when it was not', () => {
    expect(valueOf(of(...defined, reported, joint), '2023H1')).toMatchObject({
      state: 'reported',
      value: 801,
    });
    const moved: IndicatorEvent = { type: 'ProviderAssigned', units: [reform], mode: 'one_of', on };
    expect(valueOf(of(...defined, joint, moved), '2023H1').absent).toEqual([reform]);
  });
});

describe('the figure as it stood', () => {
  const history = of(...defined, reported, confirmed, correction);
  it.each([
    ['2023-07-09', { state: 'none', value: null }],
    ['2023-07-10', { state: 'reported', value: 801, confirmed: false }],
    ['2023-08-09', { state: 'reported', value: 801, confirmed: true }],
    ['2023-08-10', { state: 'reported', value: 801, confirmed: true, pending: [{ from: 801, to: 780 }] }],
  ])('on %s', (day, expected) => expect(valueKnownBy(history, '2023H1', day)).toMatchObject(expected));
  it('before it was turned down', () => {
    const turnedDown = of(...defined, reported, rejected);
    expect(valueKnownBy(turnedDown, '2023H1', '2023-07-10').value).toBe(801);
    expect(valueKnownBy(turnedDown, '2023H1', '2023-07-11').state).toBe('rejected');
  });
});

describe('a flow reported per period', () => {
  const quarterly: IndicatorEvent = {
    type: 'CadenceSet',
    frequency: 'quarter',
    lagDays: 0,
    source: null,
    on,
  };
  const quarter = (n: number, value: number): IndicatorEvent => ({ ...reported, period: `2023Q${n}`, value });
  it('is added up over the year', () => {
    const flow = of(...perPeriod, quarterly, quarter(1, 1.1), quarter(2, 2.2));
    expect(actualFor(flow, '2023Q2')).toBe(3.3);
    expect(actualFor(flow, '2023Q3')).toBeNull();
    expect(actualFor(of(...perPeriod, quarterly, ...[1, 2, 3, 4].map(n => quarter(n, n))), '2023')).toBe(10);
  });
});

describe('when a figure can exist', () => {
  const lag: IndicatorEvent = { type: 'CadenceSet', frequency: 'half_year', lagDays: 25, source: null, on };
  const awaited: IndicatorEvent = {
    type: 'ValueAwaited',
    period: '2023H1',
    availableOn: '2023-07-31',
    reason: '统计未发布',
    on: '2023-07-12',
  };
  it('is after the lag of its publication, or on the day announced', () => {
    expect(availabilityOf(of(...defined), '2023H1')).toBe('2023-06-30');
    expect(availabilityOf(of(...defined, lag), '2023H1')).toBe('2023-07-25');
    expect(availabilityOf(of(...defined, lag, awaited), '2023H1')).toBe('2023-07-31');
    expect(availabilityOf(of(...defined, lag, awaited), '2023H1', '2023-07-11')).toBe('2023-07-25');
  });
  it('is owed by its cadence, an annual figure once', () => {
    expect(periodsOf(of(...defined), 2023)).toEqual(['2023H1', '2023H2']);
    const annual = defined.map(event =>
      event.type === 'IndicatorDefined' ? { ...event, annualOnly: true } : event,
    );
    expect(periodsOf(of(...annual), 2023)).toEqual(['2023']);
  });
});

function of(...events: readonly IndicatorEvent[]): Indicator {
  const state = fold(indicatorDecider, events);
  if (!state) throw new Error('the example begins with its definition');
  return state;
}
