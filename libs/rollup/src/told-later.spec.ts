import { keptFrom } from './told-later.js';

const closed = { at: 100, period: '2023Q2' };
const keeps = (position: number, stream: string, type: string, event: object = {}) =>
  keptFrom(closed)({ position, stream, type, event: { type, effectiveOn: '2023-07-24', ...event } } as never);
const later = (stream: string, type: string, event: object = {}) => keeps(101, stream, type, event);

describe('what an edition that restates another takes from after the closing', () => {
  it('is nothing more than was known, from before', () =>
    expect(keeps(100, 'task-004:1', 'UnitsReassigned')).toBe(true));

  it.each([
    ['figure', 'indicator-004:i1', 'ValueReported', { period: '2023Q2' }],
    ['figure of the half-year', 'indicator-004:i1', 'ValueReported', { period: '2023H1' }],
    ['figure of an earlier quarter', 'indicator-004:i1', 'ValueCorrected', { period: '2023Q1' }],
    ['revision', 'indicator-004:i1', 'ValueRevised', { period: '2023Q2' }],
    ['confirmation', 'indicator-004:i1', 'ValueConfirmed', { period: '2023Q2' }],
    ['refusal of a figure', 'indicator-004:i1', 'ValueRejected', { period: '2023Q2' }],
    ['comparator', 'indicator-004:i1', 'ComparatorRecorded', { period: '2023Q2' }],
    ['report on the quarter', 'task-004:1', 'ProgressReported', { period: '2023Q2' }],
    [
      'report on an earlier day',
      'task-004:1',
      'ProgressReported',
      { period: '2023Q3', effectiveOn: '2023-06-30' },
    ],
    ['corrected report', 'task-004:1', 'ProgressCorrected', {}],
    ['completion by the last day', 'task-004:1', 'CompletionSubmitted', { effectiveOn: '2023-06-30' }],
    ['milestone by the last day', 'task-004:1', 'MilestoneReached', { effectiveOn: '2023-06-30' }],
    ['review', 'task-004:1', 'CompletionAccepted', {}],
    ['paper', 'submission-004:2023Q2/xiangtan:岳塘区', 'SubmissionHandedIn', {}],
  ])('is a %s', (_, stream, type, event) => expect(later(stream, type, event)).toBe(true));

  it.each([
    ['figure of a later quarter', 'indicator-004:i1', 'ValueReported', { period: '2023Q3' }],
    ['figure of the year', 'indicator-004:i1', 'ValueReported', { period: '2023' }],
    ['report on a later quarter', 'task-004:1', 'ProgressReported', { period: '2023Q3' }],
    ['completion after the last day', 'task-004:1', 'CompletionSubmitted', { effectiveOn: '2023-07-01' }],
    ['milestone after the last day', 'task-004:1', 'MilestoneReached', { effectiveOn: '2023-07-01' }],
    ['paper for a later quarter', 'submission-004:2023Q3/xiangtan:岳塘区', 'SubmissionHandedIn', {}],
    ['waiver', 'submission-004:2023Q2/xiangtan:岳塘区', 'SubmissionWaived', {}],
    ['reassignment', 'task-004:1', 'UnitsReassigned', {}],
    [
      'merger, though from an earlier day',
      'unit-xiangtan:市科技局',
      'UnitMerged',
      { effectiveOn: '2023-06-01' },
    ],
    ['member', 'group-xiangtan:各区', 'MemberLeft', {}],
    ['cancelled task', 'task-004:1', 'TaskCancelled', {}],
    ['suspension', 'task-004:1', 'TaskSuspended', {}],
    ['reopening', 'task-004:1', 'TaskReopened', {}],
    ['extension', 'task-004:1', 'ExtensionGranted', {}],
    ['due day', 'task-004:1', 'DueDateSet', {}],
    ['target', 'indicator-004:i1', 'TargetRevised', {}],
    ['provider', 'indicator-004:i1', 'ProviderAssigned', {}],
    ['announced delay', 'indicator-004:i1', 'ValueAwaited', { period: '2023Q2' }],
    ['exempt indicator', 'indicator-004:i1', 'IndicatorExempted', {}],
    ['closed plan', 'plan-004', 'PlanClosed', {}],
  ])('is no %s', (_, stream, type, event) => expect(later(stream, type, event)).toBe(false));
});
