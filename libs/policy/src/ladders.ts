/** Kinds of what is owed; each has a ladder. */
export const owedKinds = [
  'task_due',
  'milestone',
  'report',
  'submission',
  'value',
  'receipt',
  'contribution',
  'instruction',
  'rework',
  'review',
  'extension_decision',
  'contest_decision',
  'assign_lead',
  'restatement',
  'edition_receipt',
] as const;
export type OwedKind = (typeof owedKinds)[number];

/**
 * Whom a stage addresses. reporting: of joint leads the one that reports, else everyone who owes. holders: everyone who
 * owes. head: the head of each holder. superior: one above that head (a division's bureau, else the leader in charge).
 * office: the plan's supervision office. leader: the leader in charge.
 */
export const addressees = ['reporting', 'holders', 'head', 'superior', 'office', 'leader'] as const;
export type Addressee = (typeof addressees)[number];

/** One rung of a ladder. `offset`: workdays from the due day, or `opening` for the first workday after the period. */
export type Rung = { offset: number | 'opening'; to: readonly Addressee[] };

/** `then`: after the last stage, again every so many workdays, so many times at most; it ends there when left out. */
export type Ladder = {
  stages: readonly Rung[];
  then?: { every: number; times: number; to: readonly Addressee[] };
};

const at = (offset: Rung['offset'], ...to: Addressee[]): Rung => ({ offset, to });
const again = { every: 5, times: 6 };

// For tasks and milestones −10, −3 and 0; the unit's head at +1; office and leader at +5 (design §7).
const task: Ladder = {
  stages: [
    at(-10, 'reporting'),
    at(-3, 'reporting'),
    at(0, 'holders'),
    at(1, 'head'),
    at(5, 'office', 'superior'),
  ],
  then: { ...again, to: ['office', 'leader'] },
};
// Rounds are announced when the period is over; ten workdays before the due day it is not (duties §4).
const round: Ladder = {
  ...task,
  stages: [at('opening', 'reporting'), ...task.stages.filter(({ offset }) => offset !== -10)],
};
// A default of ours: a receipt is small. Whoever reports has received the task, so it is not chased for weeks.
const receipt: Ladder = { stages: [at(0, 'holders'), at(1, 'head'), at(5, 'office')] };
// What a lead asks for is small, too, and the lead hears of who is silent; the office need not.
const contribution: Ladder = { stages: [at(-1, 'holders'), at(0, 'holders'), at(1, 'head')] };
const rework: Ladder = {
  stages: [at(0, 'holders'), at(1, 'head'), at(5, 'office', 'superior')],
  then: { ...again, to: ['office', 'leader'] },
};
// A leader's instruction is announced, and goes up as soon as its day is over.
const instruction: Ladder = {
  stages: [at(-3, 'holders'), at(0, 'holders'), at(1, 'head'), at(5, 'office', 'leader')],
  then: { ...again, to: ['office', 'leader'] },
};
const ofOffice: Ladder = {
  stages: [at(0, 'office'), at(1, 'head'), at(5, 'leader')],
  then: { ...again, to: ['leader'] },
};
// Said once, when an edition is given to somebody or another takes its place; nobody is chased for reading (duties §9).
const reading: Ladder = { stages: [at('opening', 'holders')] };

/** The ladders of `reminder@1`. */
export const firstLadders: Readonly<Record<OwedKind, Ladder>> = {
  task_due: task,
  milestone: task,
  report: round,
  submission: round,
  value: round,
  receipt,
  contribution,
  instruction,
  rework,
  review: ofOffice,
  extension_decision: ofOffice,
  contest_decision: ofOffice,
  assign_lead: ofOffice,
  restatement: ofOffice,
  edition_receipt: reading,
};
