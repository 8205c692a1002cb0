import { personOf, refuseBareMachine } from '@duban/actor';
import { isZone } from '@duban/calendar';
import { type Decider, fieldRejection, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import { firstVersions } from '@duban/policy';
import {
  blockingFindings,
  goalWithoutHolder,
  holdersOfGoal,
  holderWanted,
  taskWithoutUnit,
  unwaived,
} from './findings.js';

import type { Plan, PlanCommand, PlanEvent } from './plan-model.js';
import { refuseBrokenTree } from './sections.js';

type Of<Type extends PlanCommand['type']> = Extract<PlanCommand, { type: Type }>;

function decide(plan: Plan | null, command: PlanCommand, context: Context): readonly PlanEvent[] {
  if (command.type === 'DraftPlan') return draft(plan, command, context);
  if (!plan) throw new Rejection('plan_not_found');
  switch (command.type) {
    case 'ArrangeSections':
      return arrange(plan, command, context);
    case 'WaiveFinding':
      return waive(plan, command, context);
    case 'NameGoalHolder':
      return nameGoalHolder(plan, command, context);
    case 'ApprovePlan':
      return approve(plan, command, context);
    case 'IssuePlan':
      return issue(plan, command, context);
    case 'AmendPlan':
      return amend(plan, command, context);
    case 'ClosePlan':
      return close(plan, command, context);
  }
}

function draft(plan: Plan | null, { type: _, ...drafted }: Of<'DraftPlan'>, { today }: Context): PlanEvent[] {
  if (plan) {
    if (isSame(asDrafted(plan), drafted)) return [];
    throw new Rejection('plan_already_drafted', { plan: plan.code });
  }
  refuseReversed(drafted.from, drafted.to);
  if (!isZone(drafted.zone)) {
    throw fieldRejection('/zone', 'zone_unknown', { zone: drafted.zone });
  }
  return [{ type: 'PlanDrafted', ...drafted, on: today }];
}

/** What the plan said when it was drafted: amendments and waivers came later and do not make a re-import another plan. */
function asDrafted(plan: Plan): Omit<Of<'DraftPlan'>, 'type'> {
  const { code, jurisdiction, documentNumber, documentOn, from, zone, office } = plan;
  const { title, to } = plan.drafted ?? plan;
  const findings = plan.findings.map(({ waived: _, assignFrom: __, ...finding }) => finding);
  return { code, jurisdiction, title, documentNumber, documentOn, from, to, zone, office, findings };
}

function refuseReversed(from: string, to: string): void {
  if (to >= from) return;
  throw fieldRejection('/to', 'plan_period_reversed', { from, to });
}

function arrange(plan: Plan, { sections }: Of<'ArrangeSections'>, { today }: Context): PlanEvent[] {
  if (isSame(plan.sections, sections)) return [];
  // What was approved must not change its shape before it is issued.
  if (plan.status !== 'draft') throw new Rejection('plan_not_draft', { status: plan.status });
  refuseBrokenTree(sections);
  return [{ type: 'SectionsArranged', sections, on: today }];
}

function waive(
  plan: Plan,
  { code, subject, reason, assign = false }: Of<'WaiveFinding'>,
  { today }: Context,
): PlanEvent[] {
  if (plan.status === 'closed') throw new Rejection('plan_closed');
  const found = plan.findings.filter(finding => finding.code === code && finding.subject === subject);
  if (found.length === 0) throw new Rejection('finding_not_found', { code, subject });
  const waived = found[0]?.waived ?? null;
  if (waived !== null && waived === reason) return [];
  if (waived !== null) throw new Rejection('finding_already_waived', { code, subject });
  refuseWithoutReason(reason);
  const isHolderWanted = holderWanted.includes(code);
  if (assign && !isHolderWanted) throw fieldRejection('/assign', 'nobody_to_assign', { code });
  // Nobody would ever owe what nobody holds: either a holder is named, or the office owes one (duties §8).
  if (!assign && isHolderWanted && found.some(({ blocking }) => blocking))
    throw fieldRejection('/assign', 'holder_owed', { code, subject });
  return [{ type: 'FindingWaived', code, subject, reason, on: today, ...(assign && { assign }) }];
}

/** Names who holds a goal of the document that no figure stands for. Refuses with `finding_not_found`, `plan_closed`. */
function nameGoalHolder(
  plan: Plan,
  { subject, units }: Of<'NameGoalHolder'>,
  { today }: Context,
): PlanEvent[] {
  if (plan.status === 'closed') throw new Rejection('plan_closed');
  const code = goalWithoutHolder;
  if (!plan.findings.some(finding => finding.code === code && finding.subject === subject))
    throw new Rejection('finding_not_found', { code, subject });
  if (isSame(holdersOfGoal(plan, subject)?.units, units)) return [];
  const n = (plan.goalHolders?.length ?? 0) + 1;
  return [{ type: 'GoalHolderNamed', n, subject, units, on: today }];
}

function approve(plan: Plan, { paper }: Of<'ApprovePlan'>, { today, actor }: Context): PlanEvent[] {
  if (plan.status === 'closed') throw new Rejection('plan_closed');
  if (plan.status === 'issued') throw new Rejection('plan_already_issued');
  refuseBareMachine(actor);
  const by = personOf(actor);
  if (plan.status === 'approved') {
    if (plan.approved?.by === by && isSame(plan.approved.paper, paper)) return [];
    throw new Rejection('plan_already_approved');
  }
  return [{ type: 'PlanApproved', by, paper, on: today }];
}

function issue(
  plan: Plan,
  { tasksWithoutUnit, answered, dates = firstVersions.date }: Of<'IssuePlan'>,
  { today, calendar }: Context,
): PlanEvent[] {
  if (plan.status === 'closed') throw new Rejection('plan_closed');
  if (plan.status === 'issued') return [];
  const blocking = blockingFindings(plan, tasksWithoutUnit, answered);
  if (blocking.length > 0) {
    const findings = blocking.map(({ code, subject }) => `${code} ${subject}`);
    throw new Rejection('finding_blocks_issue', { findings, count: findings.length });
  }
  // A gap that no finding names can be waived by nobody: a unit has to be named.
  if (tasksWithoutUnit > 0 && !plan.findings.some(({ code }) => code === taskWithoutUnit)) {
    throw new Rejection('tasks_without_unit', { tasks: tasksWithoutUnit });
  }
  const { documentOn } = plan;
  const countsFrom = documentOn !== null && documentOn > today ? documentOn : today;
  const assignLeadBy = tasksWithoutUnit > 0 ? calendar.addWorkdays(today, dates.assignLeadWorkdays) : null;
  return [{ type: 'PlanIssued', on: today, countsFrom, assignLeadBy }];
}

function amend(plan: Plan, { title, to, reason, paper }: Of<'AmendPlan'>, { today }: Context): PlanEvent[] {
  if (plan.status === 'closed') throw new Rejection('plan_closed');
  if (plan.title === title && plan.to === to) return [];
  refuseWithoutReason(reason);
  refuseReversed(plan.from, to);
  return [{ type: 'PlanAmended', title, to, reason, paper, on: today }];
}

function close(plan: Plan, { reason }: Of<'ClosePlan'>, { today }: Context): PlanEvent[] {
  if (plan.status === 'closed') {
    if (plan.closed?.reason === reason) return [];
    throw new Rejection('plan_closed');
  }
  if (plan.status !== 'issued') throw new Rejection('plan_not_issued', { status: plan.status });
  refuseWithoutReason(reason);
  return [{ type: 'PlanClosed', on: today, reason }];
}

function refuseWithoutReason(reason: string): void {
  if (reason.trim() !== '') return;
  throw fieldRejection('/reason', 'reason_needed');
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(plan: Plan | null, event: PlanEvent): Plan | null {
  if (event.type === 'PlanDrafted') return drafted(event);
  if (!plan) return null;
  switch (event.type) {
    case 'SectionsArranged':
      return { ...plan, sections: event.sections };
    case 'FindingWaived':
      return { ...plan, findings: plan.findings.map(finding => afterWaiver(finding, event)) };
    case 'GoalHolderNamed': {
      const { n, subject, units, on } = event;
      return { ...plan, goalHolders: [...(plan.goalHolders ?? []), { n, subject, units, on }] };
    }
    case 'PlanApproved': {
      const { by, on, paper } = event;
      return { ...plan, status: 'approved', approved: { by, on, paper } };
    }
    case 'PlanIssued': {
      const { on: issuedOn, countsFrom, assignLeadBy } = event;
      return { ...plan, status: 'issued', issuedOn, countsFrom, assignLeadBy };
    }
    case 'PlanAmended': {
      const before = plan.drafted ?? { title: plan.title, to: plan.to };
      return { ...plan, title: event.title, to: event.to, drafted: before };
    }
    case 'PlanClosed':
      return { ...plan, status: 'closed', closed: { on: event.on, reason: event.reason } };
    default:
      return plan; // written by a newer version
  }
}

function drafted({
  type: _,
  on: __,
  findings,
  ...document
}: Extract<PlanEvent, { type: 'PlanDrafted' }>): Plan {
  return {
    ...document,
    sections: [],
    findings: findings.map(finding => ({ ...finding, waived: null })),
    status: 'draft',
    issuedOn: null,
    countsFrom: null,
    assignLeadBy: null,
  };
}

/** One reason answers every finding of that code on that subject: the office decides on the matter, not on each line. */
function afterWaiver(
  finding: Plan['findings'][number],
  { code, subject, reason, on, assign }: Extract<PlanEvent, { type: 'FindingWaived' }>,
): Plan['findings'][number] {
  const meant = finding.code === code && finding.subject === subject && unwaived(finding);
  return meant ? { ...finding, waived: reason, ...(assign && { assignFrom: on }) } : finding;
}

/** The life of a plan: draft, approved where a leader signs it off, issued, closed. Its id is its code, such as `004`. */
export const planDecider: Decider<Plan | null, PlanCommand, PlanEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
