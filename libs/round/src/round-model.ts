import type { Evidence, Paper } from '@duban/platform';

/** The words of a round and of what a unit hands in for it. The rules stand in `round.ts` and `submission.ts`. */

export type RoundKind = 'month' | 'quarter' | 'half_year' | 'year';

/** What one unit is asked for in a round; frozen when the round opens. */
export type RosterEntry = {
  unit: string;
  tasks: readonly string[]; // tasks it reports on as a group member or responsible unit (one submission lists them all)
  leads: readonly string[]; // tasks it leads, alone or jointly
  indicators: readonly string[]; // indicators it provides
  owesSubmission: boolean; // a group member, or the round wants a summary from it
};

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type RoundEvent =
  | {
      type: 'RoundScheduled';
      plan: string;
      period: string;
      kind: RoundKind;
      dueOn: string;
      evidence: boolean;
      summary: boolean;
      backfill: boolean; // over before the plan was issued: wanted, not owed
      clause: string;
      dueByCalendar?: true; // no document states the day: counted in workdays from the period's end
      scope?: readonly string[] | null; // the only tasks it asks about; the whole plan when left out or null
      on: string;
    }
  | { type: 'RoundOpened'; roster: readonly RosterEntry[]; on: string }
  | { type: 'RoundDueMoved'; from: string; to: string; reason: string; on: string }
  | { type: 'RoundClosed'; accepted: readonly string[]; reason: string | null; by: string; on: string };

export type RoundCommand =
  | ({ type: 'ScheduleRound' } & Omit<Extract<RoundEvent, { type: 'RoundScheduled' }>, 'type' | 'on'>)
  | { type: 'OpenRound'; roster: readonly RosterEntry[] }
  | { type: 'MoveRoundDue'; to: string; reason: string }
  // blockers: what is found now; closing names the classes that it accepts.
  | { type: 'CloseRound'; blockers: readonly Blocker[]; accepted: readonly string[]; reason: string | null };

/** What stands in the way of closing a round, by class: `004:5.3 xiangtan:市科技局` has not been handed in. */
export type Blocker = { class: BlockerClass; items: readonly string[] };
export type BlockerClass = 'not_handed_in' | 'unreviewed' | 'tolled' | 'awaiting_publication' | 'disputed';

export type Round = {
  plan: string;
  period: string;
  kind: RoundKind;
  dues: readonly { on: string; setOn: string }[]; // the first is the original
  dueByCalendar?: true; // until somebody sets another
  evidence: boolean;
  summary: boolean;
  backfill: boolean;
  clause: string;
  scope?: readonly string[]; // the only tasks it asks about; the whole plan when left out
  status: 'scheduled' | 'open' | 'closed';
  openedOn: string | null;
  roster: readonly RosterEntry[];
  closedOn: string | null;
  accepted: readonly string[];
  closeReason: string | null;
};

/** One line of a submission: a report on a task, or a value of an indicator. */
export type SubmissionItem =
  | { task: string; percent: number | null; note: string; evidence: readonly Evidence[] }
  | { indicator: string; value: number; confirmed: boolean; evidence: readonly Evidence[] };

export type SubmissionEvent =
  | {
      type: 'SubmissionOpened';
      round: string;
      plan: string;
      unit: string;
      tasks: readonly string[];
      indicators: readonly string[];
      needsEvidence: boolean;
      needsSummary: boolean;
      on: string;
    }
  | {
      type: 'SubmissionHandedIn';
      n: number;
      items: readonly SubmissionItem[];
      summary: string | null;
      evidence: readonly Evidence[];
      reporter: string;
      delegate?: string; // whoever acted for the reporter
      onBehalf: boolean; // the office entered a paper it received on `on`
      paper?: Paper; // that paper
      afterClose?: boolean; // recorded when the round was closed already: its edition does not hold it
      on: string;
    }
  | { type: 'SubmissionWithdrawn'; n: number; on: string }
  | {
      type: 'SubmissionReturned';
      n: number;
      reasons: readonly { item: string; reason: string }[];
      reworkBy: string;
      by: string;
      selfReviewed: boolean;
      on: string;
    }
  | { type: 'SubmissionAccepted'; n: number; by: string; selfReviewed: boolean; on: string }
  | { type: 'SubmissionWaived'; reason: string; on: string };

export type SubmissionCommand =
  | {
      type: 'OpenSubmission';
      round: string;
      plan: string;
      unit: string;
      tasks: readonly string[];
      indicators: readonly string[];
      needsEvidence: boolean;
      needsSummary: boolean;
    }
  | {
      type: 'HandIn';
      items: readonly SubmissionItem[];
      summary: string | null;
      evidence: readonly Evidence[];
      receivedOn: string | null;
      paper?: Paper | null;
      actsFor?: readonly string[]; // units whose successor the acting unit is
      roundClosed: boolean;
    }
  | { type: 'WithdrawSubmission'; actsFor?: readonly string[] } // units whose successor the acting unit is
  | {
      type: 'ReturnSubmission';
      reasons: readonly { item: string; reason: string }[];
      reworkBy: string;
      reviewerUnit: string;
      office: string;
      actsFor?: readonly string[]; // units whose successor the reviewer's unit is
    }
  | { type: 'AcceptSubmission'; reviewerUnit: string; office: string; actsFor?: readonly string[] }
  | { type: 'WaiveSubmission'; reason: string };

export type Submission = {
  round: string;
  plan: string;
  unit: string;
  tasks: readonly string[];
  indicators: readonly string[];
  needsEvidence: boolean;
  needsSummary: boolean;
  status: 'open' | 'handed_in' | 'returned' | 'accepted' | 'waived';
  firstHandedInOn: string | null; // the day of the very first hand-in, kept for ever; `countedHandIn` says which one counts
  handIns: readonly {
    n: number;
    on: string;
    reporter: string;
    delegate?: string;
    items: readonly SubmissionItem[];
    summary: string | null;
    evidence: readonly Evidence[];
    withdrawnOn: string | null;
    onBehalf?: boolean;
    paper?: Paper;
    afterClose?: boolean;
  }[];
  returns: readonly {
    n: number;
    on: string;
    reworkBy: string;
    reasons: readonly { item: string; reason: string }[];
    redoneOn: string | null;
  }[];
  acceptedOn: string | null;
  selfReviewed: boolean;
  acceptedBy?: string;
  waived?: { on: string; reason: string };
};
