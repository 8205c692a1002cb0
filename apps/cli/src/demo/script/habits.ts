import { type Calendar, type Day } from '@duban/calendar';
import { type Obligation, type ObligationKind } from '@duban/ledger';
import { type Draw, wholeFrom } from './draw.js';

/** How a share of all holders behaves: answers so many workdays from the due day (negative: before it), or never. */
type Habit = { share: number } & ({ from: number; to: number } | { never: true });

// About 85 % in time, some late, some missing for good: believable, not measured anywhere.
const prompt: readonly Habit[] = [
  { share: 0.86, from: -4, to: 0 },
  { share: 0.1, from: 1, to: 6 },
  { share: 0.04, never: true },
];
const office: readonly Habit[] = [
  { share: 0.94, from: -4, to: -2 },
  { share: 0.06, from: 1, to: 2 },
];

const habits: Readonly<Record<ObligationKind, readonly Habit[]>> = {
  receipt: [
    { share: 0.9, from: -2, to: 0 },
    { share: 0.1, from: 1, to: 4 },
  ],
  report: prompt,
  value: prompt,
  submission: [
    { share: 0.82, from: -4, to: 0 },
    { share: 0.13, from: 1, to: 4 },
    { share: 0.05, never: true },
  ],
  milestone: [
    { share: 0.6, from: -15, to: 0 },
    { share: 0.25, from: 1, to: 8 },
    { share: 0.15, never: true },
  ],
  task_due: [
    { share: 0.12, from: -80, to: -31 },
    { share: 0.58, from: -30, to: -2 },
    { share: 0.15, from: -1, to: 0 },
    { share: 0.1, from: 1, to: 8 },
    { share: 0.05, never: true },
  ],
  rework: [
    { share: 0.8, from: -1, to: 0 },
    { share: 0.2, from: 1, to: 3 },
  ],
  review: office,
  extension_decision: [{ share: 1, from: -2, to: 0 }],
  // Nobody contests, asks or instructs in this story.
  contest_decision: [],
  contribution: [],
  instruction: [],
  assign_lead: [
    { share: 0.75, from: -8, to: -1 },
    { share: 0.25, from: 2, to: 4 },
  ],
  restatement: [{ share: 1, from: -6, to: -2 }],
  edition_receipt: [{ share: 1, never: true }],
};

/**
 * The workday on which the holder answers, or null when it never does. Receipts come by one call, so they are drawn per
 * unit and plan; everything else per obligation.
 */
export function answerDay(draw: Draw, obligation: Obligation, calendar: Calendar): Day | null {
  const { kind, due, openedOn } = obligation;
  const share = draw(nameOf(obligation));
  const habit = habitOf(habits[kind], share);
  if ('never' in habit) return null;
  const offset = wholeFrom(draw(`${nameOf(obligation)}/day`), habit.from, habit.to);
  const from = calendar.previousWorkday(due.on);
  const day = offset === 0 ? from : calendar.addWorkdays(from, offset);
  const first = calendar.nextWorkday(openedOn);
  return day > first ? day : first;
}

function nameOf({ id, kind, plan, holders, due }: Obligation): string {
  return kind === 'receipt' ? `receipt/${plan}/${holders[0] ?? ''}/${due.on}` : id;
}

function habitOf(all: readonly Habit[], share: number): Habit {
  let below = 0;
  for (const habit of all) {
    below += habit.share;
    if (share < below) return habit;
  }
  return all.at(-1) ?? { share: 1, never: true };
}
