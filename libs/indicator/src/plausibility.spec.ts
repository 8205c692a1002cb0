import { fold, specFor } from '@duban/event-store';
import { context, defined, redefined, report, reported, science } from './examples.js';
import { indicatorDecider } from './indicator.js';
import type { IndicatorEvent } from './indicator-model.js';

const given = specFor(indicatorDecider, context);
const cumulative = redefined({ kind: 'flow_cumulative', measure: '亿元' });

describe('an implausible value', () => {
  const first: IndicatorEvent = { ...reported, period: '2023Q1', value: 50, effectiveOn: '2023-03-31' };
  it.each([
    ['ten times the last', defined, { value: 8010 }, 'ten_times_the_last'],
    ['a tenth of the last', defined, { value: 77 }, 'a_tenth_of_the_last'],
    ['a falling sum', [...cumulative, first], { value: 49 }, 'cumulative_falls'],
    ['over 100 %', redefined({ kind: 'ratio', measure: '%' }), { value: 100.1 }, 'over_100_percent'],
    ['a negative count', defined, { value: -790 }, 'negative_value'],
    ['half an enterprise', defined, { value: 800.5 }, 'fraction_of_a_count'],
  ])('is refused: %s', (_, history, change, code) => {
    given(...history)
      .when({ ...report, ...change })
      .thenRejected('implausible_value');
    given(...history)
      .when({ ...report, ...change, confirmed: true })
      .then({ ...reported, ...change, confirmed: true, warnings: [code] });
  });
  it('names every warning at once', () => {
    const run = () =>
      indicatorDecider.decide(fold(indicatorDecider, defined), { ...report, value: -8010.5 }, context);
    expect(run).toThrow(
      expect.objectContaining({
        errors: ['ten_times_the_last', 'negative_value', 'fraction_of_a_count'].map(code =>
          expect.objectContaining({ pointer: '/value', code }),
        ),
      }),
    );
  });
  it('is not seen where nothing is odd, even if it was sent as confirmed', () =>
    given(...defined)
      .when({ ...report, confirmed: true })
      .then(reported));
  it('is not a first quarter below a tenth of the year before', () => {
    const quarter = { ...report, period: '2023Q1', value: 60 };
    given(...cumulative)
      .when(quarter)
      .then({ ...first, value: 60 });
  });
  it('is seen in a correction, too', () =>
    given(...defined, reported)
      .when({
        type: 'CorrectValue',
        period: '2023H1',
        value: 80.5,
        reason: 'r',
        basis: 'b',
        unit: science,
        actsFor: [],
      })
      .thenRejected('implausible_value'));
});
