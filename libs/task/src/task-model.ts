import type { Due, Evidence, Paper } from '@duban/platform';
import type { PolicyContents } from '@duban/policy';
import type { Acting, Assignment, Shown } from './assignment-model.js';
import type { ExchangeCommand, ExchangeEvent, Exchanges } from './exchange-model.js';

/** The words of a task: its events, commands and state. The rules stand in `task.ts`. */

export type Commitment = 'plain' | 'ensure' | 'strive' | 'opportune';

export type Milestone = { code: string; title: string; due: Due | null };

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
// `on` is always the day of recording in the plan's zone (or the day a paper was received); what an event is about stands in `effectiveOn`.
export type TaskEvent =
  | {
      type: 'TaskRegistered';
      plan: string;
      code: string;
      section: string | null;
      title: string;
      clause: string;
      commitment: Commitment;
      roles: readonly Assignment[];
      due: Due | null;
      milestones: readonly Milestone[];
      on?: string;
    }
  | { type: 'TaskIssued'; on: string; receiptDueOn: string }
  | { type: 'TaskAmended'; title: string; clause: string; reason: string; paper: Paper | null; on: string }
  | { type: 'TaskAcknowledged'; unit: string; on: string; through: 'receipt' | 'report' }
  | { type: 'ReportingLeadNamed'; unit: string; on: string }
  | { type: 'DueDateSet'; due: Due | null; reason: string; paper: Paper | null; on: string }
  | { type: 'MilestoneSet'; milestone: Milestone; on: string }
  | {
      type: 'MilestoneReached';
      code: string;
      unit: string;
      on: string;
      evidence: readonly Evidence[];
      onBehalf?: boolean;
      paper?: Paper;
      backdated?: boolean; // more than ten workdays back: reported, unconfirmed until the task is accepted
      effectiveOn: string;
    }
  | { type: 'MilestoneRevised'; code: string; due: Due; reason: string; paper: Paper | null; on: string }
  | {
      type: 'ProgressReported';
      n: number;
      unit: string;
      period: string;
      on: string;
      reporter: string;
      percent: number | null;
      summary: string;
      evidence: readonly Evidence[];
      supersedes: number | null;
      onBehalf?: boolean; // the office entered a paper that it received on `on`
      paper?: Paper; // that paper
      effectiveOn: string;
    }
  | {
      type: 'ProgressCorrected';
      n: number;
      percent: number | null;
      summary: string;
      reason: string;
      on: string;
      by: string;
    }
  | { type: 'BlockerRaised'; n: number; unit: string; kind: string; note: string; on: string }
  | { type: 'BlockerCleared'; n: number; note: string; on: string }
  | {
      type: 'CompletionSubmitted';
      n: number;
      unit: string;
      on: string;
      reporter: string;
      summary: string;
      evidence: readonly Evidence[];
      onBehalf?: boolean;
      delegate?: string; // whoever acted for the reporter
      paper?: Paper;
      effectiveOn: string; // the day the task was done
    }
  | {
      type: 'CompletionReturned';
      n: number;
      on: string;
      reasons: readonly string[];
      reworkBy: string;
      by: string;
      selfReviewed: boolean;
    }
  | {
      type: 'CompletionAccepted';
      n: number;
      on: string;
      by: string;
      delegate?: string;
      selfReviewed: boolean;
    }
  | { type: 'TaskClosed'; on: string; by: string }
  | { type: 'TaskReopened'; on: string; reason: string; paper: Paper | null }
  | {
      type: 'ExtensionRequested';
      n: number;
      unit: string;
      to: string;
      reason: string;
      on: string;
      decideBy: string;
      tolls: boolean;
      tollsUntil: string;
      by?: string; // the person who asked
      delegate?: string; // whoever acted for that person
      onBehalf?: boolean;
      paper?: Paper;
    }
  | { type: 'ExtensionWithdrawn'; n: number; on: string }
  | { type: 'ExtensionGranted'; n: number; dueOn: string; on: string; paper: Paper | null; by?: string }
  | { type: 'ExtensionRefused'; n: number; on: string; reason: string; paper: Paper | null; by?: string }
  | {
      type: 'UnitsReassigned';
      roles: readonly Assignment[];
      on: string;
      reason: string;
      paper: Paper | null;
      leadWanted?: { contest: number; by: string }; // nobody leads it since that contest: the office owes a lead by a day
    }
  | { type: 'TaskSuspended'; on: string; reason: string; paper: Paper | null }
  | { type: 'TaskResumed'; on: string }
  | { type: 'TaskExempted'; on: string; reason: string; paper: Paper | null }
  | { type: 'TaskCancelled'; on: string; reason: string; paper: Paper | null }
  | ExchangeEvent;

export type TaskCommand =
  | ({ type: 'RegisterTask' } & Omit<Extract<TaskEvent, { type: 'TaskRegistered' }>, 'type' | 'on'>)
  | { type: 'IssueTask'; receiptDueOn: string }
  | { type: 'AmendTask'; title: string; clause: string; reason: string; paper: Paper | null }
  | ({ type: 'AcknowledgeTask'; members: readonly string[] } & Acting) // members: units of the groups named, as of today
  | { type: 'NameReportingLead'; unit: string }
  | { type: 'SetDueDate'; due: Due | null; reason: string; paper: Paper | null }
  | { type: 'SetMilestone'; milestone: Milestone }
  | ({ type: 'ReachMilestone'; code: string; reachedOn: string; receivedOn?: string | null } & Omit<
      Shown,
      'receivedOn'
    > &
      Acting)
  | { type: 'ReviseMilestone'; code: string; due: Due; reason: string; paper: Paper | null }
  | ({
      type: 'ReportProgress';
      period: string;
      aboutOn: string; // ≤ today; the day the report speaks of, by default the period's end or today
      percent: number | null;
      summary: string;
      supersedes: number | null;
    } & Shown &
      Acting)
  | { type: 'CorrectProgress'; n: number; percent: number | null; summary: string; reason: string }
  | ({ type: 'RaiseBlocker'; kind: string; note: string; members?: readonly string[] } & Acting)
  | { type: 'ClearBlocker'; n: number; note: string }
  | ({
      type: 'SubmitCompletion';
      doneOn: string;
      summary: string;
    } & Shown &
      Acting)
  // office: the plan's supervision office, the only unit that may review what it handed in itself.
  | {
      type: 'ReviewCompletion';
      verdict: 'return';
      reasons: readonly string[];
      reworkBy: string;
      reviewerUnit: string;
      office: string;
    }
  | { type: 'ReviewCompletion'; verdict: 'accept'; reviewerUnit: string; office: string }
  | { type: 'CloseTask' }
  | { type: 'ReopenTask'; reason: string; paper: Paper | null }
  | ({
      type: 'RequestExtension';
      to: string;
      reason: string;
      paper?: Paper | null;
      dates?: PolicyContents['date'];
    } & Acting)
  | ({ type: 'WithdrawExtension'; n: number } & Acting)
  | { type: 'DecideExtension'; n: number; verdict: 'grant'; dueOn: string; paper: Paper | null }
  | { type: 'DecideExtension'; n: number; verdict: 'refuse'; reason: string; paper: Paper | null }
  | { type: 'ReassignUnits'; roles: readonly Assignment[]; reason: string; paper: Paper | null }
  | { type: 'SuspendTask'; reason: string; paper: Paper | null }
  | { type: 'ResumeTask' }
  | { type: 'ExemptTask'; reason: string; paper: Paper | null }
  | { type: 'CancelTask'; reason: string; paper: Paper | null }
  | ExchangeCommand;

export type TaskStatus =
  'draft' | 'issued' | 'in_progress' | 'submitted' | 'returned' | 'accepted' | 'closed' | 'cancelled';

/** `version` 1 is the original; an extension or a decision adds one, none is ever dropped. `setOn`: since when it holds. */
export type DueVersion = {
  version: number;
  due: Due | null;
  setOn: string;
  through: 'registered' | 'decision' | 'extension';
};

export type Report = {
  n: number;
  unit: string;
  period: string;
  on: string;
  aboutOn: string;
  reporter: string;
  percent: number | null;
  summary: string;
  evidence: readonly Evidence[];
  supersededBy: number | null;
  corrections: number;
  onBehalf: boolean;
  paper?: Paper;
};

export type Completion = {
  n: number;
  unit: string;
  on: string;
  doneOn: string;
  reporter: string;
  delegate?: string;
  summary: string;
  evidence: readonly Evidence[];
  onBehalf: boolean;
  paper?: Paper;
  returned: { on: string; by: string; reasons: readonly string[]; reworkBy: string } | null;
  accepted: { on: string; by: string; delegate?: string } | null;
  reopenedOn: string | null; // it was accepted, and the task was opened again
  selfReviewed: boolean;
};

export type Extension = {
  n: number;
  unit: string;
  askedOn: string;
  to: string;
  decideBy: string;
  tolls: boolean; // asked on or before the due day
  tollsUntil: string; // the last day that may be tolled
  state: 'pending' | 'granted' | 'refused' | 'withdrawn' | 'lapsed'; // lapsed: the task was done, exempted or cancelled first
  endedOn: string | null;
  askedBy: string | null;
  delegate?: string;
  reason: string;
};

/** Who was named before, from a day to a day. */
export type FormerRoles = { roles: readonly Assignment[]; from: string; until: string };

export type Task = Exchanges & {
  plan: string;
  code: string;
  section: string | null;
  title: string;
  clause: string;
  commitment: Commitment;
  roles: readonly Assignment[];
  leadsWanted?: readonly { contest: number; by: string; from: string }[];
  formerRoles?: readonly FormerRoles[]; // since the task was issued, oldest first; absent while nobody was replaced
  reportingLead: string | null; // named by the leads or the office; null: the first lead is presumed
  status: TaskStatus;
  issuedOn: string | null;
  assignedOn: string | null; // issued or last reassigned: nothing before it is owed by the units now named
  receiptDueOn: string | null;
  receipts: Readonly<Record<string, string>>; // unit → day
  dues: readonly DueVersion[];
  // `dues`: every due day it has had, like those of the task.
  milestones: readonly (Milestone & {
    reachedOn: string | null;
    reportedOn: string | null;
    backdated?: boolean;
    dues: readonly DueVersion[];
  })[];
  reports: readonly Report[];
  blockers: readonly {
    n: number;
    unit: string;
    kind: string;
    note: string;
    on: string;
    clearedOn: string | null;
  }[];
  completions: readonly Completion[];
  extensions: readonly Extension[];
  suspensions: readonly { from: string; to: string | null; reason: string }[];
  exemptedOn: string | null;
  cancelledOn: string | null;
  closedOn: string | null;
  reopenedOn: readonly string[];
};
