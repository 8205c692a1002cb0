import { type ObligationKind } from '@duban/ledger';

/**
 * Whom a stage addresses. reporting: of joint leads the one that reports, else everyone who owes. holders: everyone who
 * owes. head: the head of each holder. superior: one above that head (a division's bureau, else the leader in charge).
 * office: the plan's supervision office. leader: the leader in charge.
 */
export type Addressee = 'reporting' | 'holders' | 'head' | 'superior' | 'office' | 'leader';

/**
 * One rung of a ladder. `offset`: workdays from the due day, or `opening` for the first workday after the period.
 * Reminders come until the end of the due day, escalations after it.
 */
export type Stage = {
  name: string;
  offset: number | 'opening';
  to: readonly Addressee[];
  kind: 'reminder' | 'escalation';
};

/** `then`: after the last stage, again every so many workdays, so many times at most. */
export type Ladder = {
  stages: readonly Stage[];
  then: { every: number; times: number; to: readonly Addressee[] } | null;
};

/** Which stages there are for each kind of obligation. A policy in use is never changed: a change is a new version. */
export type Policy = { version: string; ladders: Readonly<Record<ObligationKind, Ladder>> };

const early = (offset: number, to: Addressee): Stage => ({
  name: String(offset),
  offset,
  to: [to],
  kind: 'reminder',
});
const opening: Stage = { name: 'opening', offset: 'opening', to: ['reporting'], kind: 'reminder' };
const onDueDay = early(0, 'holders');
const late = (offset: number, ...to: Addressee[]): Stage => ({
  name: `+${offset}`,
  offset,
  to,
  kind: 'escalation',
});
const again = { every: 5, times: 6 };

// For tasks and milestones −10, −3 and 0; the unit's head at +1; office and leader at +5 (design §7).
const task: Ladder = {
  stages: [
    early(-10, 'reporting'),
    early(-3, 'reporting'),
    onDueDay,
    late(1, 'head'),
    late(5, 'office', 'superior'),
  ],
  then: { ...again, to: ['office', 'leader'] },
};
// Rounds are announced when the period is over; ten workdays before the due day it is not (duties §4).
const round: Ladder = { ...task, stages: [opening, ...task.stages.filter(({ offset }) => offset !== -10)] };
// A default of ours: a receipt is small. Whoever reports has received the task, so it is not chased for weeks.
const receipt: Ladder = { stages: [onDueDay, late(1, 'head'), late(5, 'office')], then: null };
// What a lead asks for is small, too, and the lead hears of who is silent; the office need not.
const contribution: Ladder = { stages: [early(-1, 'holders'), onDueDay, late(1, 'head')], then: null };
const rework: Ladder = {
  stages: [onDueDay, late(1, 'head'), late(5, 'office', 'superior')],
  then: { ...again, to: ['office', 'leader'] },
};
// A leader's instruction is announced, and goes up as soon as its day is over.
const instruction: Ladder = {
  stages: [early(-3, 'holders'), onDueDay, late(1, 'head'), late(5, 'office', 'leader')],
  then: { ...again, to: ['office', 'leader'] },
};
const ofOffice: Ladder = {
  stages: [early(0, 'office'), late(1, 'head'), late(5, 'leader')],
  then: { ...again, to: ['leader'] },
};

// Said once, when an edition is given to somebody or another takes its place; nobody is chased for reading (duties §9).
const reading: Ladder = { stages: [{ ...opening, to: ['holders'] }], then: null };

/** What holds when nothing else was adopted. */
export const defaultPolicy: Policy = {
  version: 'reminder@1',
  ladders: {
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
  },
};
