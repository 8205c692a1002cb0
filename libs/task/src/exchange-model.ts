import type { Evidence, Paper } from '@duban/platform';
import type { PolicyContents } from '@duban/policy';
import type { Acting, Assignment, Shown } from './assignment-model.js';

/**
 * The words of what goes to and fro about a task: contests (退回交办), contributions that a lead asks for, instructions
 * of leaders (批示). The rules stand in the file of each.
 */

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type ExchangeEvent =
  | {
      type: 'AssignmentContested';
      n: number;
      unit: string;
      named: readonly string[]; // under which names the task names it; none for a member of a group
      reason: string;
      on: string;
      decideBy: string;
      tollsUntil: string;
      by: string; // the person who contests
      delegate?: string; // whoever acted for that person
      onBehalf?: boolean;
      paper?: Paper;
    }
  | {
      type: 'ContestDecided';
      n: number;
      verdict: 'uphold' | 'reject';
      reason: string;
      paper: Paper | null;
      on: string;
      by: string;
    }
  | {
      type: 'ContributionRequested';
      n: number;
      unit: string; // the lead that asks
      from: readonly string[];
      items: readonly string[];
      dueOn: string;
      on: string;
      by: string;
    }
  | {
      type: 'ContributionGiven';
      n: number;
      unit: string; // as it was asked
      answers: readonly string[]; // one for each item, in order
      evidence: readonly Evidence[];
      on: string;
      by: string;
      onBehalf?: boolean;
      paper?: Paper;
    }
  | {
      type: 'InstructionGiven';
      n: number;
      text: string;
      addressees: readonly string[];
      dueOn: string;
      paper: Paper | null; // of one that the office typed
      on: string;
      by: string;
      onBehalf?: boolean; // typed by the office from its paper
    }
  | {
      type: 'InstructionAnswered';
      n: number;
      unit: string; // as it was addressed
      text: string;
      evidence: readonly Evidence[];
      on: string;
      by: string;
      onBehalf?: boolean;
      paper?: Paper;
    };

export type ExchangeCommand =
  | ({
      type: 'ContestAssignment';
      reason: string;
      joinedOn?: string | null; // the day on which the unit came into a group that the task names
      members: readonly string[];
      paper?: Paper | null;
      dates?: PolicyContents['date'];
    } & Acting)
  | {
      type: 'DecideContest';
      n: number;
      verdict: 'uphold';
      roles: readonly Assignment[] | null; // null: those named now, without the unit that contests
      members: readonly string[]; // of the groups in `roles`, today
      assign?: boolean; // nobody leads it then: the office undertakes to name a lead
      dates?: PolicyContents['date'];
      reason: string;
      paper: Paper | null;
    }
  | { type: 'DecideContest'; n: number; verdict: 'reject'; reason: string; paper: Paper | null }
  | ({
      type: 'RequestContribution';
      from: readonly string[];
      items: readonly string[];
      dueOn: string;
      members: readonly string[]; // of the groups that the task names, today
    } & Acting)
  | ({
      type: 'GiveContribution';
      n: number;
      answers: readonly string[];
    } & Shown &
      Acting)
  | {
      type: 'GiveInstruction';
      text: string;
      addressees: readonly string[];
      dueOn: string;
      paper: Paper | null;
      members: readonly string[];
      office: string; // the plan's office may be instructed, too
    }
  | ({
      type: 'AnswerInstruction';
      n: number;
      text: string;
      members: readonly string[];
    } & Shown &
      Acting);

export type Contest = {
  n: number;
  unit: string;
  named: readonly string[];
  reason: string;
  on: string;
  decideBy: string;
  tollsUntil: string; // the last day that may be tolled
  askedBy: string;
  delegate?: string;
  state: 'pending' | 'upheld' | 'rejected' | 'lapsed'; // lapsed: the task was done or reassigned first
  decision: { on: string; by: string; reason: string; paper: Paper | null } | null;
  endedOn: string | null;
};

/** What one of those asked said; a later answer replaces the earlier one, and none is dropped. */
export type Answer = {
  unit: string;
  on: string;
  by: string;
  evidence: readonly Evidence[];
  onBehalf: boolean;
};

export type Contribution = {
  n: number;
  unit: string;
  from: readonly string[];
  items: readonly string[];
  dueOn: string;
  on: string;
  askedBy: string;
  given: readonly (Answer & { answers: readonly string[] })[];
};

export type Instruction = {
  n: number;
  text: string;
  addressees: readonly string[];
  dueOn: string;
  paper: Paper | null;
  on: string;
  by: string;
  onBehalf: boolean;
  answers: readonly (Answer & { text: string })[];
};

/** Absent where nothing of the kind ever happened: most tasks have none. */
export type Exchanges = {
  contests?: readonly Contest[];
  contributions?: readonly Contribution[];
  instructions?: readonly Instruction[];
};
