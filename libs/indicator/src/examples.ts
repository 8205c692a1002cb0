import { createCalendar } from '@duban/calendar';
import type { Context } from '@duban/platform';
import type { IndicatorCommand, IndicatorEvent, Target } from './indicator-model.js';

/** An indicator of the Xiangtan plan as the specs tell its story: no. 12, high-tech enterprises. */
export const actor = { id: 'lin', kind: 'person', role: 'unit', unit: 'xiangtan:市科技局' } as const;
export const reviewing = { ...actor, id: 'he', role: 'office', unit: 'xiangtan:督查室' } as const;
export const context: Context = {
  now: '2023-07-10T02:00:00.000Z',
  today: '2023-07-10',
  calendar: createCalendar(),
  actor,
};
export const office = 'xiangtan:督查室';
export const science = 'xiangtan:市科技局';
export const reform = 'xiangtan:市发改委';
export const industry = 'xiangtan:市工信局';
export const paper = { number: '潭创办〔2023〕5号', on: '2023-07-10' };

export const target: Target = {
  horizon: '2023',
  bound: '>=',
  floor: 830,
  stretch: null,
  kind: null,
  commitment: 'strive',
  forecast: false,
  words: '力争',
  clause: '附件1 第12行',
};
export const link = { plan: '004', task: '3.1', section: null, clause: '附件1 第12行' };
export const define = {
  type: 'DefineIndicator',
  plan: '004',
  code: 'i12',
  title: '高新技术企业数',
  measure: '家',
  source: 'table',
  direction: 'more',
  kind: 'stock',
  annualOnly: false,
  definition: null,
  owners: [science],
  providers: [science],
  providerMode: 'one_of',
  frequency: 'half_year',
  lagDays: 0,
  links: [link],
  baselines: [{ period: '2022', value: 776 }],
  targets: [target],
} as const satisfies IndicatorCommand;

export const on = '2023-04-20';
export const head: Extract<IndicatorEvent, { type: 'IndicatorDefined' }> = {
  type: 'IndicatorDefined',
  plan: '004',
  code: 'i12',
  title: '高新技术企业数',
  measure: '家',
  source: 'table',
  direction: 'more',
  kind: 'stock',
  annualOnly: false,
  definition: null,
};
export const defined: readonly IndicatorEvent[] = [
  head,
  { type: 'OwnerAssigned', units: [science], on },
  { type: 'ProviderAssigned', units: [science], mode: 'one_of', on },
  { type: 'CadenceSet', frequency: 'half_year', lagDays: 0, source: null, on },
  { type: 'IndicatorLinked', link },
  { type: 'BaselineRecorded', period: '2022', value: 776, source: '附件1 第12行' },
  { type: 'TargetSet', plan: '004', target, on },
];
export const joint: IndicatorEvent = {
  type: 'ProviderAssigned',
  units: [science, reform, industry],
  mode: 'sum',
  on,
};
export const either: IndicatorEvent = {
  type: 'ProviderAssigned',
  units: [science, reform],
  mode: 'one_of',
  on,
};

export const report = {
  type: 'ReportValue',
  period: '2023H1',
  value: 801,
  confirmed: false,
  receivedOn: null,
  evidence: [],
  unit: science,
  actsFor: [science],
} as const satisfies IndicatorCommand;
export const reported = {
  type: 'ValueReported',
  period: '2023H1',
  unit: science,
  value: 801,
  reporter: 'lin',
  confirmed: false,
  evidence: [],
  on: '2023-07-10',
  effectiveOn: '2023-06-30',
} as const satisfies IndicatorEvent;
export const confirm = { type: 'ConfirmValue', period: '2023H1', reviewerUnit: office, office } as const;
export const confirmed = {
  type: 'ValueConfirmed',
  period: '2023H1',
  on: '2023-07-11',
  by: 'he',
  selfReviewed: false,
} as const satisfies IndicatorEvent;
export const reject = {
  type: 'RejectValue',
  period: '2023H1',
  unit: science,
  reason: '口径不符',
  reviewerUnit: office,
  office,
} as const;
export const rejected: IndicatorEvent = {
  type: 'ValueRejected',
  period: '2023H1',
  unit: science,
  reason: '口径不符',
  on: '2023-07-11',
  by: 'he',
};
export const byOffice = { actor: reviewing, today: '2023-07-11' };

/** The same indicator, but with other basic data. */
export function redefined(change: Partial<typeof head>): readonly IndicatorEvent[] {
  return [{ ...head, ...change }, ...defined.slice(1)];
}
