import { createCalendar } from '@duban/calendar';
import type { Context } from '@duban/platform';
import fc from 'fast-check';
import { assertFolds, assertLaws } from '../../../test/support/decider-laws.js';
import { planDecider } from './plan.js';
import type { PlanCommand, PlanEvent } from './plan-model.js';

const context: Context = {
  now: '2023-04-20T02:00:00.000Z',
  today: '2023-04-20',
  calendar: createCalendar(),
  actor: { id: 'officer-1', kind: 'person', role: 'office' },
};
const machine = { id: 'importer', kind: 'machine', role: 'office' } as const;
const finding = (code: string, subject: string, blocking: boolean) => ({
  code,
  subject,
  clause: '',
  note: '',
  blocking,
});
const gap = finding('task_without_unit', '004:1', true);
const below = finding('target_below_last_actual', '004:i14', false);
const document = {
  code: '004',
  jurisdiction: 'xiangtan',
  title: 'Innovation plan',
  documentNumber: null,
  documentOn: '2023-04-10',
  from: '2023-01-01',
  to: '2023-12-31',
  zone: 'Asia/Shanghai',
  office: 'xiangtan:市科技局',
  findings: [below],
};
const draft = { type: 'DraftPlan', ...document } as const;
const on = '2023-04-20';
const section = (code: string, parent: string | null = null) => ({ code, parent, title: code, clause: '' });

describe('any history of a plan', () => {
  const reason = fc.constantFrom('', 'agreed', 'decided');
  const command: fc.Arbitrary<PlanCommand> = fc.oneof(
    fc.constantFrom<PlanCommand>(draft, { ...draft, findings: [gap, below] }),
    fc.constantFrom<PlanCommand>(
      { type: 'ArrangeSections', sections: [section('1')] },
      { type: 'ArrangeSections', sections: [section('1'), section('1.1', '1')] },
      { type: 'ApprovePlan', paper: null },
    ),
    fc.record({
      type: fc.constant('WaiveFinding' as const),
      code: fc.constantFrom('task_without_unit', below.code),
      subject: fc.constantFrom('004:1', below.subject),
      reason,
    }),
    fc.record({ type: fc.constant('IssuePlan' as const), tasksWithoutUnit: fc.nat({ max: 2 }) }),
    fc.record({
      type: fc.constant('AmendPlan' as const),
      title: fc.constantFrom(draft.title, 'Other'),
      to: fc.constantFrom(draft.to, '2024-06-30'),
      reason,
      paper: fc.constant(null),
    }),
    fc.record({ type: fc.constant('ClosePlan' as const), reason }),
  );
  const step = fc.record({
    command,
    context: fc.constantFrom(context, { ...context, today: '2023-06-02' }, { ...context, actor: machine }),
  });
  const event = fc.constantFrom<PlanEvent>(
    { type: 'PlanDrafted', ...document, on },
    { type: 'PlanDrafted', ...document, findings: [gap], on },
    { type: 'SectionsArranged', sections: [section('1', '1')], on },
    { type: 'FindingWaived', code: gap.code, subject: gap.subject, reason: '', on },
    { type: 'FindingWaived', code: 'unknown', subject: '', reason: '', on },
    { type: 'PlanApproved', by: 'officer-1', paper: null, on },
    { type: 'PlanIssued', on, countsFrom: on, assignLeadBy: null },
    { type: 'PlanAmended', title: 'Other', to: '2024-03-31', reason: '', paper: null, on },
    { type: 'PlanClosed', on, reason: '' },
  );

  it('keeps the laws of an aggregate', () =>
    fc.assert(fc.property(fc.array(step, { maxLength: 20 }), steps => assertLaws(planDecider, steps))));
  it('folds', () => fc.assert(fc.property(fc.array(event), history => assertFolds(planDecider, history))));
});
