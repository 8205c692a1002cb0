import type { Paper } from '@duban/platform';
import type { PolicyContents } from '@duban/policy';

/** The words of a plan: its events, commands and state. The rules stand in `plan.ts`. */

export type Section = { code: string; parent: string | null; title: string; clause: string };

/** An oddity of the document, kept as found. A blocking one stops the issue until it is waived with a reason. */
export type Finding = { code: string; subject: string; clause: string; note: string; blocking: boolean };

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type PlanEvent =
  | {
      type: 'PlanDrafted';
      code: string;
      jurisdiction: string;
      title: string;
      documentNumber: string | null;
      documentOn: string | null;
      from: string;
      to: string;
      zone: string;
      office: string; // the unit that supervises this plan
      findings: readonly Finding[];
      on: string;
    }
  | { type: 'SectionsArranged'; sections: readonly Section[]; on: string }
  | { type: 'FindingWaived'; code: string; subject: string; reason: string; on: string; assign?: boolean } // assign: the office owes a holder
  | { type: 'GoalHolderNamed'; n: number; subject: string; units: readonly string[]; on: string } // of a goal that no figure stands for
  | { type: 'PlanApproved'; by: string; paper: Paper | null; on: string }
  | { type: 'PlanIssued'; on: string; countsFrom: string; assignLeadBy: string | null } // countsFrom = the later of document date and issued day
  | { type: 'PlanAmended'; title: string; to: string; reason: string; paper: Paper | null; on: string }
  | { type: 'PlanClosed'; on: string; reason: string };

export type PlanCommand =
  | ({ type: 'DraftPlan' } & Omit<Extract<PlanEvent, { type: 'PlanDrafted' }>, 'type' | 'on'>)
  | { type: 'ArrangeSections'; sections: readonly Section[] }
  | { type: 'WaiveFinding'; code: string; subject: string; reason: string; assign?: boolean }
  | { type: 'NameGoalHolder'; subject: string; units: readonly string[] }
  | { type: 'ApprovePlan'; paper: Paper | null }
  | {
      type: 'IssuePlan';
      tasksWithoutUnit: number;
      answered?: readonly { code: string; subject: string }[]; // findings that no longer hold
      dates?: PolicyContents['date']; // version 1 when left out
    }
  | { type: 'AmendPlan'; title: string; to: string; reason: string; paper: Paper | null }
  | { type: 'ClosePlan'; reason: string };

export type GoalHolder = { n: number; subject: string; units: readonly string[]; on: string };

export type Plan = {
  code: string;
  jurisdiction: string;
  title: string;
  documentNumber: string | null;
  documentOn: string | null;
  from: string;
  to: string;
  zone: string;
  office: string;
  sections: readonly Section[];
  findings: readonly (Finding & { waived: string | null; assignFrom?: string })[]; // since when the office owes a holder
  goalHolders?: readonly GoalHolder[]; // as named one after the other: the last of a subject holds it
  status: 'draft' | 'approved' | 'issued' | 'closed';
  issuedOn: string | null;
  countsFrom: string | null;
  assignLeadBy: string | null; // tasks without a unit: the office owes them one by this day
  drafted?: { title: string; to: string }; // as first drafted, kept once the plan was amended
  approved?: { by: string; on: string; paper: Paper | null };
  closed?: { on: string; reason: string };
};
