import { type Indicator, type TargetVersion } from '@duban/indicator';
import { drawFrom } from './draw.js';
import { figureOf, progressOf } from './figures.js';

const draw = drawFrom(1);
const provider = 'xiangtan:市科技局';
const target: TargetVersion = {
  plan: '004',
  horizon: '2023',
  bound: '>=',
  floor: 830,
  stretch: null,
  kind: null,
  commitment: 'plain',
  forecast: false,
  words: '',
  clause: '',
  version: 1,
  setOn: '2023-04-20',
  reason: null,
  paper: null,
  easedAfterMiss: false,
};
const bare: Indicator = {
  plan: '004',
  code: 'x',
  title: 'x',
  measure: '家',
  source: 'table',
  direction: 'more',
  kind: 'stock',
  annualOnly: false,
  definition: null,
  owners: [],
  providers: [provider],
  providerMode: 'one_of',
  frequency: 'quarter',
  lagDays: 0,
  links: [],
  baselines: [{ period: '2022', value: 776 }],
  targets: [target],
  comparators: [],
  observations: {},
  exemptedOn: null,
  original: {
    title: 'x',
    definition: null,
    owners: null,
    providers: null,
    providerMode: null,
    frequency: null,
    lagDays: null,
  },
};
const indicator = (code: string, own: Partial<Indicator> = {}): Indicator => ({ ...bare, code, ...own });
const codes = Array.from({ length: 200 }, (_, n) => `x${n}`);
const yearEnds = codes.map(code => figureOf(draw, indicator(code), '2023Q4', provider));

describe('a figure', () => {
  it('is the same whenever it is asked for', () => {
    expect(codes.map(code => figureOf(drawFrom(1), indicator(code), '2023Q4', provider))).toEqual(yearEnds);
  });

  it('of things is whole', () => expect(yearEnds.every(Number.isInteger)).toBe(true));

  it('reaches its target about three times in four', () => {
    const reached = yearEnds.filter(value => value >= 830).length / yearEnds.length;
    expect(reached).toBeGreaterThan(0.6);
    expect(reached).toBeLessThan(0.9);
  });

  it('lies between its baseline and a little more than its target', () => {
    expect(Math.min(...yearEnds)).toBeGreaterThan(776);
    expect(Math.max(...yearEnds)).toBeLessThan(840);
  });

  it('that adds up over the year never falls', () => {
    const periods = ['2023Q1', '2023Q2', '2023Q3', '2023Q4'];
    const flows = codes.map(code => {
      const flow = indicator(code, { kind: 'flow_cumulative', baselines: [], measure: '亿元' });
      return periods.map(period => figureOf(draw, flow, period, provider));
    });
    expect(flows.filter(values => values.some((value, n) => n > 0 && value < values[n - 1]!))).toEqual([]);
  });

  it('of several providers is the sum of their parts, give or take the rounding', () => {
    const providers = ['a', 'b', 'c'];
    const joint = indicator('x1', { providers, providerMode: 'sum' });
    const sum = providers.map(each => figureOf(draw, joint, '2023Q2', each)).reduce((a, b) => a + b, 0);
    const alone = figureOf(draw, indicator('x1'), '2023Q2', provider);
    expect(Math.abs(sum - alone)).toBeLessThanOrEqual(2);
  });
});

it('reports progress that grows over the year and ends at 100 % at most', () => {
  const percents = ['2023Q2', '2023Q3', '2023Q4'].map(period => progressOf(draw, '004:3.1', period).percent);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect(percents.at(-1)).toBeLessThanOrEqual(100);
});
