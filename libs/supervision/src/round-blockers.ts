import { type Calendar, type Day, periodEnd } from '@duban/calendar';
import { type Indicator, valueOf } from '@duban/indicator';
import {
  type Obligation,
  obligationsOf,
  type ObligationState,
  obligationState,
  type PlanLedger,
} from '@duban/ledger';
import { type Blocker, type BlockerClass, type Round } from '@duban/round';

/** What is still missing, undecided or unreviewed in the round's period on a day, by class, each with its items. */
export function blockersOf(ledger: PlanLedger, id: string, today: Day, calendar: Calendar): Blocker[] {
  const round = ledger.rounds.get(id);
  if (!round) return [];
  const found = new Map<BlockerClass, Set<string>>();
  for (const obligation of obligationsOf(ledger, today, calendar)) {
    const blocker = blockerOf(ledger, id, round, obligation, today);
    const item = `${obligation.subject} ${obligation.holders.join('、')}`;
    if (blocker) found.set(blocker, (found.get(blocker) ?? new Set()).add(item));
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, items]) => ({ class: name, items: [...items].sort() }));
}

const asked = new Set(['report', 'submission', 'value']);

const classes: Partial<Record<ObligationState, BlockerClass>> = {
  open: 'not_handed_in',
  returned: 'not_handed_in',
  handed_in: 'unreviewed',
  awaiting_publication: 'awaiting_publication',
};

function blockerOf(
  ledger: PlanLedger,
  id: string,
  round: Round,
  obligation: Obligation,
  today: Day,
): BlockerClass | null {
  const { kind, silenced, period, openedBy, due, subject } = obligation;
  if (silenced) return null;
  const state = obligationState(obligation, today);
  // A request that still stops the clock over a day of the round's period.
  if (kind === 'task_due') return state === 'tolled' && due.on <= periodEnd(round.period) ? 'tolled' : null;
  // Who says that a task is not its own has not been answered yet.
  if (kind === 'contest_decision') return state === 'open' && isAskedIn(round, subject) ? 'disputed' : null;
  if (!asked.has(kind) || (period !== round.period && openedBy.stream !== `round-${id}`)) return null;
  const isStated = kind === 'value' && obligation.settledOn !== null;
  if (isStated) return isConfirmed(ledger.indicators.get(subject), period ?? '') ? null : 'unreviewed';
  return classes[state] ?? null;
}

/** What several providers state together can be confirmed only when it is whole; until then the absent part blocks. */
function isConfirmed(indicator: Indicator | undefined, period: string): boolean {
  const figure = indicator && valueOf(indicator, period);
  const isDone = figure?.confirmed && !figure.pending;
  return !figure || isDone === true || figure.absent.length > 0;
}

/** Whether the round asks anybody about the task. */
function isAskedIn({ roster }: Round, task: string): boolean {
  return roster.some(({ tasks, leads }) => tasks.includes(task) || leads.includes(task));
}
