import { createCalendar } from '@duban/calendar';
import { Rejection, specFor } from '@duban/event-store';
import type { Context } from '@duban/platform';
import { planDecider } from './plan.js';
import type { Finding, PlanEvent, Section } from './plan-model.js';

const context: Context = {
  now: '2023-04-20T02:00:00.000Z',
  today: '2023-04-20',
  calendar: createCalendar(),
  actor: { id: 'officer-1', kind: 'person', role: 'office', unit: 'xiangtan:市科技局' },
};
const machine = { id: 'importer', kind: 'machine', role: 'office' } as const;
const given = specFor(planDecider, context);

const gap = (subject: string): Finding => ({
  code: 'task_without_unit',
  subject,
  clause: '',
  note: 'no unit named',
  blocking: true,
});
const below: Finding = {
  code: 'target_below_last_actual',
  subject: '004:i14',
  clause: 'annex 1',
  note: '55 < 81.87',
  blocking: false,
};
const circleOfGoals: Finding = {
  code: 'growth_differs',
  subject: '004:i2',
  clause: 'annex 1',
  note: '18 % or 2.4 %',
  blocking: true,
};
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
} as const;
const draft = { type: 'DraftPlan', ...document } as const;
const drafted = { type: 'PlanDrafted', ...document, on: '2023-04-20' } as const;
const draftedWith = (...findings: Finding[]): PlanEvent => ({ ...drafted, findings });
const section = (code: string, parent: string | null = null): Section => ({
  code,
  parent,
  title: `Action ${code}`,
  clause: '',
});
const approved = { type: 'PlanApproved', by: 'officer-1', paper: null, on: '2023-04-20' } as const;
const issued = {
  type: 'PlanIssued',
  on: '2023-04-20',
  countsFrom: '2023-04-20',
  assignLeadBy: null,
} as const;
const closed = { type: 'PlanClosed', on: '2024-01-20', reason: 'year over' } as const;
const change = {
  title: 'Plan, amended',
  to: '2024-03-31',
  reason: 'decided on 1 June',
  paper: null,
} as const;
const amended = { type: 'PlanAmended', ...change, on: '2023-06-02' } as const;
const issue = (tasksWithoutUnit = 0) => ({ type: 'IssuePlan', tasksWithoutUnit }) as const;

describe('drafting a plan', () => {
  it('is recorded', () => given().when(draft).then(drafted));
  it('starts as a draft', () => given(drafted).thenState({ status: 'draft', sections: [], issuedOn: null }));
  it('is recorded once', () => given(drafted).when(draft).thenNothing());
  it('is recorded once although the plan went on', () =>
    given(drafted, issued, amended, { ...amended, title: 'Again' })
      .when(draft)
      .thenNothing());
  it('cannot replace another draft', () =>
    given(drafted)
      .when({ ...draft, office: 'xiangtan:市政府办' })
      .thenRejected('plan_already_drafted'));
  it('needs an end after its beginning', () =>
    given()
      .when({ ...draft, to: '2022-12-31' })
      .thenRejected('plan_period_reversed', { from: '2023-01-01', to: '2022-12-31' }));
  it('needs a time zone that exists', () =>
    given()
      .when({ ...draft, zone: 'Asia/Xiangtan' })
      .thenRejected('zone_unknown'));
  it('comes before everything else', () => given().when(issue()).thenRejected('plan_not_found'));
});

describe('arranging sections', () => {
  const tree = [section('1'), section('1.1', '1'), section('2')];
  const arrange = (sections: readonly Section[]) => ({ type: 'ArrangeSections', sections }) as const;
  const arranged = { type: 'SectionsArranged', sections: tree, on: '2023-04-20' } as const;

  it('is recorded', () => given(drafted).when(arrange(tree)).then(arranged));
  it('gives the plan its tree', () => given(drafted, arranged).thenState({ sections: tree }));
  it('is recorded once, even after the issue', () =>
    given(drafted, arranged, issued).when(arrange(tree)).thenNothing());
  it('is for drafts', () =>
    given(drafted, approved).when(arrange(tree)).thenRejected('plan_not_draft', { status: 'approved' }));
  it.each([
    ['section_code_twice', [section('1'), section('1')]],
    ['section_parent_missing', [section('1.1', '1')]],
    ['section_circle', [section('1', '2'), section('2', '1')]],
    ['section_circle', [section('1', '1')]],
    ['section_circle', [section('1', '2'), section('2', '2')]],
  ])('is refused with %s', (code, sections) => given(drafted).when(arrange(sections)).thenRejected(code));
  it('names every fault at once', () => {
    const broken = [section('1'), section('1'), section('2', '9'), section('3', '3')];
    const pointers = faultsOf(() => planDecider.decide(stateOf(drafted), arrange(broken), context));
    expect(pointers).toEqual(['/sections/1/code', '/sections/2/parent', '/sections/3/parent']);
  });
});

describe('waiving a finding', () => {
  const answer = { code: below.code, subject: below.subject, reason: 'kept as printed' } as const;
  const waive = { type: 'WaiveFinding', ...answer } as const;
  const waived = { type: 'FindingWaived', ...answer, on: '2023-04-20' } as const;

  it('is recorded', () => given(drafted).when(waive).then(waived));
  it('keeps the reason with the finding', () =>
    given(drafted, waived).thenState({ findings: [{ ...below, waived: 'kept as printed' }] }));
  it('answers every line of that code and subject', () =>
    given(draftedWith(below, { ...below, clause: 'text' }), waived).thenState(plan =>
      plan?.findings.every(finding => finding.waived !== null),
    ));
  it('is recorded once', () => given(drafted, waived).when(waive).thenNothing());
  it('keeps its first reason', () =>
    given(drafted, waived)
      .when({ ...waive, reason: 'another' })
      .thenRejected('finding_already_waived'));
  it('needs a reason', () =>
    given(drafted)
      .when({ ...waive, reason: ' ' })
      .thenRejected('reason_needed'));
  it('needs the finding', () =>
    given(drafted)
      .when({ ...waive, subject: '004:i1' })
      .thenRejected('finding_not_found'));
  it('ends with the plan', () => given(drafted, issued, closed).when(waive).thenRejected('plan_closed'));
});

describe('approving a plan', () => {
  const approve = { type: 'ApprovePlan', paper: null } as const;
  const byMachine = { actor: machine };

  it('is recorded', () => given(drafted).when(approve).then(approved));
  it('names the person a machine acts for', () =>
    given(drafted)
      .when(approve, { actor: { ...machine, actingFor: 'mayor-1' } })
      .then({ ...approved, by: 'mayor-1' }));
  it('is no decision of a machine', () =>
    given(drafted).when(approve, byMachine).thenRejected('machine_needs_acting_for'));
  it('is recorded once', () => given(drafted, approved).when(approve).thenNothing());
  it('happens once', () =>
    given(drafted, approved)
      .when({ ...approve, paper: { number: '7', on: '2023-04-19' } })
      .thenRejected('plan_already_approved'));
  it('comes before the issue', () =>
    given(drafted, issued).when(approve).thenRejected('plan_already_issued'));
  it('comes before the end', () => given(drafted, issued, closed).when(approve).thenRejected('plan_closed'));
});

describe('issuing a plan', () => {
  const waived = (subject: string) =>
    ({
      type: 'FindingWaived',
      code: 'task_without_unit',
      subject,
      reason: 'the office takes it',
      on: '2023-04-20',
    }) as const;

  it('is recorded; duties count from then', () => given(drafted).when(issue()).then(issued));
  it('follows an approval', () => given(drafted, approved).when(issue()).then(issued));
  it('counts from the document when that is dated later', () =>
    given({ ...drafted, documentOn: '2023-05-04' })
      .when(issue())
      .then({ ...issued, countsFrom: '2023-05-04' }));
  it('counts from the issue when the document has no date', () =>
    given({ ...drafted, documentOn: null })
      .when(issue())
      .then(issued));
  it('is recorded once', () => given(drafted, issued).when(issue()).thenNothing());
  it('ends with the plan', () => given(drafted, issued, closed).when(issue()).thenRejected('plan_closed'));
  it('waits for blocking findings', () =>
    given(draftedWith(circleOfGoals, below, gap('002:4')))
      .when(issue(1))
      .thenRejected('finding_blocks_issue', {
        findings: ['growth_differs 004:i2', 'task_without_unit 002:4'],
        count: 2,
      }));
  it('obliges the office to name a lead within ten workdays', () =>
    // Sunday 23 April and Saturday 6 May work, 29 April to 3 May rest.
    given(draftedWith(gap('002:4')), waived('002:4'))
      .when(issue(1))
      .then({ ...issued, assignLeadBy: '2023-05-06' }));
  it('waits for a missing unit although the finding is not graded as blocking', () =>
    given(draftedWith({ ...gap('002:4'), blocking: false }))
      .when(issue(1))
      .thenRejected('finding_blocks_issue'));
  it('waits until every missing unit is answered for', () =>
    given(draftedWith(gap('002:4'), gap('002:5')), waived('002:4'))
      .when(issue(2))
      .thenRejected('finding_blocks_issue', { findings: ['task_without_unit 002:5'] }));
  it('no longer waits once every task names a unit', () =>
    given(draftedWith(gap('002:4')))
      .when(issue(0))
      .then(issued));
  it('is refused for a gap that no finding names', () =>
    given(drafted).when(issue(3)).thenRejected('tasks_without_unit', { tasks: 3 }));
});

describe('amending a plan', () => {
  const amend = { type: 'AmendPlan', ...change } as const;
  const inJune = { today: '2023-06-02' };

  it('is recorded', () => given(drafted, issued).when(amend, inJune).then(amended));
  it('changes title and end, and keeps what was drafted', () =>
    given(drafted, issued, amended).thenState({
      title: 'Plan, amended',
      to: '2024-03-31',
      drafted: { title: 'Innovation plan', to: '2023-12-31' },
    }));
  it('is recorded once', () => given(drafted, issued, amended).when(amend, inJune).thenNothing());
  it('needs a reason', () =>
    given(drafted, issued)
      .when({ ...amend, reason: '' })
      .thenRejected('reason_needed'));
  it('cannot end before it begins', () =>
    given(drafted, issued)
      .when({ ...amend, to: '2022-06-30' })
      .thenRejected('plan_period_reversed'));
  it('ends with the plan', () => given(drafted, issued, closed).when(amend).thenRejected('plan_closed'));
});

describe('closing a plan', () => {
  const close = { type: 'ClosePlan', reason: 'year over' } as const;
  const later = { today: '2024-01-20' };

  it('is recorded', () => given(drafted, issued).when(close, later).then(closed));
  it('is recorded once', () => given(drafted, issued, closed).when(close, later).thenNothing());
  it('happens once', () =>
    given(drafted, issued, closed)
      .when({ ...close, reason: 'another' })
      .thenRejected('plan_closed'));
  it('needs a reason', () =>
    given(drafted, issued)
      .when({ ...close, reason: '' })
      .thenRejected('reason_needed'));
  it('needs an issued plan', () =>
    given(drafted).when(close).thenRejected('plan_not_issued', { status: 'draft' }));
});

const stateOf = (...events: PlanEvent[]) => events.reduce(planDecider.evolve, planDecider.initial);

function faultsOf(decide: () => unknown): (string | undefined)[] {
  try {
    decide();
  } catch (error) {
    if (error instanceof Rejection) return (error.errors ?? []).map(({ pointer }) => pointer);
    throw error;
  }
  return [];
}
