import { type Restatement, type Watermark } from '@duban/bulletin';
import { type Day, type Period } from '@duban/calendar';
import { type Attainment, type Bound, type Judged, type Reason, type Verdict } from '@duban/indicator';
import { type Colour, type Light } from '@duban/ledger';
import { type TaskStatus } from '@duban/task';

/** The words of an edition: what one plan's quarter came to, as known when its round closed. Figures and natural keys only. */

/**
 * Which quarter is judged, and what was known: facts up to `cutoffOn`, states as of `day` (the period's end). `judgedOn`:
 * the day on which the clocks stopped and of which names and units are; the cutoff, and in an edition that restates
 * another still the day on which the round was closed.
 */
export type Frame = { period: Period; day: Day; cutoffOn: Day; judgedOn: Day };

export type Counts = Readonly<Record<string, number>>;

/**
 * What became of duties. The classes `onTime` to `pending` shut each other out and add up to `total`. `rate` in percent
 * = numerator ÷ denominator; the denominator holds what is overdue and open; tolled, awaiting, waived and pending stand
 * beside it. null: there was nothing to judge.
 */
export type Tally = Readonly<Record<Outcome, number>> & {
  total: number;
  numerator: number;
  denominator: number;
  rate: number | null;
  openOverdue: number;
  returns: number;
  workdaysLate: number;
  inherited: number; // duties of merged units, passed on
};

/**
 * onTime: handed in by the due day. extended: by the day that an extension moved it to. returned: in time, sent back and
 * not yet due again. late: after the day, or open after it. tolled: an extension is being decided. awaiting: the figure
 * is not published yet. waived: exempt, suspended, cancelled or waived. pending: not due yet.
 */
export type Outcome =
  'onTime' | 'extended' | 'returned' | 'late' | 'tolled' | 'awaiting' | 'waived' | 'pending';

/** What happened after the period's end and was known at the cutoff: beside the figures, never in them. */
export type Since = { code: string; on: Day; what: string | null };

export type TaskLine = {
  id: string;
  code: string;
  title: string;
  section: string | null;
  clause: string;
  leads: readonly string[];
  units: readonly string[]; // all that it concerns, members of groups included
  status: TaskStatus;
  dueOn: Day | null;
  originalDueOn: Day | null;
  percent: number | null;
  light: Light;
  before: Colour | null; // in the last quarter's edition
  flags: readonly string[];
  sinceThen: readonly Since[];
};

export type TargetLine = {
  horizon: string;
  bound: Bound;
  current: number;
  original: number;
  stretch: number | null;
  easedAfterMiss: boolean;
};

type Figures = Pick<Attainment, 'ratio' | 'points' | 'progress'>;

export type AttainmentLine = Figures & {
  judged: Judged;
  verdict: Verdict;
  reason: Reason;
  stretch: { value: number; reached: boolean } | null;
  line: { value: number; ratio: number | null } | null;
  original: (Figures & { planned: number | null; target: number | null; verdict: Verdict }) | null;
  rule: string;
};

export type IndicatorLine = {
  id: string;
  code: string;
  title: string;
  measure: string;
  owners: readonly string[];
  providers: readonly string[];
  period: Period | null;
  actual: number | null;
  planned: { value: number; basis: 'stated' | 'derived' | 'standard' | 'required' } | null;
  target: TargetLine | null;
  baseline: { period: Period; value: number } | null;
  attainment: AttainmentLine | null;
  change: { quarter: number | null; year: number | null }; // against the actual of the quarter and the year before
  parts: { in: number; of: number; absent: readonly string[] } | null; // of a joint figure
  marks: readonly ('unconfirmed' | 'corrected' | 'selfReviewed')[];
  pending?: readonly { unit: string; from: number; to: number; on: Day }[]; // corrections that nobody has confirmed
  availableOn: Day | null;
  light: Light;
  before: Colour | null;
};

export type SectionLine = {
  section: string | null;
  title: string;
  tasks: number;
  byStatus: Counts;
  byLight: Counts;
  duties: Tally;
};

export type RoleLine = { tasks: number; byStatus: Counts; byLight: Counts };

/** Lead and supporting stand apart; `total` is the sum of the four tallies. */
export type UnitLine = {
  unit: string;
  name: string;
  level: string;
  lead: RoleLine;
  responsible: RoleLine;
  supporting: RoleLine & { receipts: Tally };
  delivery: Tally; // tasks and milestones
  reporting: Tally; // reports, submissions, figures, receipts
  office: Tally; // reviews, decisions on extensions, leads to name
  total: number;
  extensions: number; // granted in the period
  selfReviewed: number;
};

export type GroupLine = {
  group: string;
  name: string;
  tasks: readonly string[];
  members: readonly { unit: string; name: string; outcome: Outcome | null }[]; // null: owes no submission
  handedIn: number;
  of: number;
};

export type RankLine = {
  unit: string;
  name: string;
  n: number;
  rate: number | null;
  inherited: number;
  selfReviewed: number;
};

/** One table for each level of one jurisdiction. Units with fewer duties than `minimum` are listed without a place. */
export type Ranking = {
  rule: string;
  jurisdiction: string;
  minimum: number;
  tables: readonly {
    level: string;
    ranked: readonly (RankLine & { rank: number })[];
    tooFew: readonly RankLine[];
  }[];
};

export type Warned = { on: Day; stage: string; kind: 'reminder' | 'escalation'; to: readonly string[] };

/** A task or indicator that is red or amber, with everything that a leader asks next. */
export type ExceptionLine = {
  subject: string;
  kind: 'task' | 'indicator';
  code: string;
  title: string;
  units: readonly string[];
  colour: Colour;
  before: Colour | null;
  reason: string;
  concern: Light['concern'];
  since: Day | null;
  params: Light['params'];
  rule: string;
  warned: { count: number; latest: readonly Warned[] };
  blockedBy: readonly { on: Day; kind: string; note: string }[];
  sinceThen: readonly Since[];
};

/** What a leader is asked to decide. */
export type Decision = {
  kind: 'decide_extension' | 'assign_lead' | 'overdue' | 'far_behind';
  subject: string;
  code: string;
  title: string;
  units: readonly string[];
  since: Day | null;
  params: Readonly<Record<string, string | number | null>>;
};

/** What a leader instructed, and what each addressee answered by the cutoff; null: nothing. */
export type InstructionLine = {
  task: string;
  code: string;
  n: number;
  on: Day;
  dueOn: Day;
  what: string;
  answers: readonly { unit: string; on: Day | null; note: string | null }[];
};

/** Who was asked by a lead and said nothing. */
export type SilentLine = {
  task: string;
  code: string;
  n: number;
  lead: string;
  dueOn: Day;
  units: readonly string[];
};

export type Edition = {
  plan: string;
  title: string;
  jurisdiction: string;
  office: string;
  period: Period;
  day: Day;
  cutoffOn: Day;
  watermarks: readonly Watermark[];
  // Policies by kind@version; an edition that does not say which of rounds and dates was made under the first ones.
  rules: {
    light: string;
    attainment: string;
    score: string;
    round?: string;
    date?: string;
    calendar: string;
  };
  names: Readonly<Record<string, string>>; // of every unit and group that is spoken of
  counts: {
    tasks: number;
    byStatus: Counts;
    byLight: Counts;
    indicators: number;
    indicatorsByLight: Counts;
    turnedRed: number;
    extensions: number;
    returns: number;
  };
  duties: { delivery: Tally; reporting: Tally; office: Tally };
  sections: readonly SectionLine[];
  units: readonly UnitLine[];
  groups: readonly GroupLine[];
  ranking: Ranking | null;
  tasks: readonly TaskLine[];
  indicators: readonly IndicatorLine[];
  exceptions: readonly ExceptionLine[];
  decisions: readonly Decision[]; // asked first, three at most
  furtherDecisions: readonly Decision[];
  closing: { accepted: readonly string[]; reason: string | null } | null; // classes of blockers closed over
  findings: readonly { code: string; subject: string; clause: string; note: string; waived: string | null }[];
  instructions?: readonly InstructionLine[]; // left out when there are none, like `silent`
  silent?: readonly SilentLine[];
  restated?: Restated; // from the second edition on
};

/** Which edition this one takes the place of, why, and how many facts came after that one. */
export type Restated = Pick<Restatement, 'of' | 'reason' | 'paper'> & {
  late: number;
  corrected: number;
  revised: number;
};

/** A message that went out before the cutoff, as the record has it. */
export type Warning = {
  obligation: string;
  stage: string;
  kind: Warned['kind'];
  recipients: readonly string[];
  on: Day;
};
