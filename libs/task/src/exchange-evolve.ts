import type { Contest, ExchangeEvent } from './exchange-model.js';
import type { Assignment } from './assignment-model.js';
import type { Task } from './task-model.js';

type Of<Type extends ExchangeEvent['type']> = Extract<ExchangeEvent, { type: Type }>;
type Changes = { [Type in ExchangeEvent['type']]: (task: Task, event: Of<Type>) => Partial<Task> };

/** How contests, contributions and instructions fold into the task. */
export const exchangeChanges: Changes = {
  AssignmentContested: ({ contests = [] }, event) => ({ contests: [...contests, contestOf(event)] }),
  ContestDecided: (task, { n, verdict, on, by, reason, paper }) => ({
    contests: (task.contests ?? []).map(contest =>
      contest.n === n
        ? {
            ...contest,
            state: verdict === 'uphold' ? ('upheld' as const) : ('rejected' as const),
            decision: { on, by, reason, paper },
            endedOn: on,
          }
        : contest,
    ),
  }),
  ContributionRequested: ({ contributions = [] }, { n, unit, from, items, dueOn, on, by }) => ({
    contributions: [...contributions, { n, unit, from, items, dueOn, on, askedBy: by, given: [] }],
  }),
  ContributionGiven: (task, { n, unit, answers, evidence, on, by, onBehalf = false }) => ({
    contributions: (task.contributions ?? []).map(asked =>
      asked.n === n
        ? { ...asked, given: [...asked.given, { unit, on, by, evidence, onBehalf, answers }] }
        : asked,
    ),
  }),
  InstructionGiven: (task, { n, text, addressees, dueOn, paper, on, by, onBehalf = false }) => ({
    instructions: [
      ...(task.instructions ?? []),
      { n, text, addressees, dueOn, paper, on, by, onBehalf, answers: [] },
    ],
  }),
  InstructionAnswered: (task, { n, unit, text, evidence, on, by, onBehalf = false }) => ({
    instructions: (task.instructions ?? []).map(given =>
      given.n === n
        ? { ...given, answers: [...given.answers, { unit, on, by, evidence, onBehalf, text }] }
        : given,
    ),
  }),
};

/**
 * Contests that need no decision any more: the task is over, or names the unit that contests no longer. Nothing where
 * none ever was.
 */
export function withLapsedContests(
  { contests }: Task,
  endedOn: string,
  roles: readonly Assignment[] = [],
): Pick<Task, 'contests'> {
  if (!contests) return {};
  const isStill = ({ named }: Contest) =>
    roles.some(({ holder, isGroup }) => named.includes(holder) || (isGroup && named.length === 0));
  return {
    contests: contests.map(contest =>
      contest.state === 'pending' && !isStill(contest)
        ? { ...contest, state: 'lapsed' as const, endedOn }
        : contest,
    ),
  };
}

function contestOf(event: Of<'AssignmentContested'>): Contest {
  const { n, unit, named, reason, on, decideBy, tollsUntil, by, delegate } = event;
  const asked = { n, unit, named, reason, on, decideBy, tollsUntil, askedBy: by };
  return { ...asked, ...(delegate && { delegate }), state: 'pending', decision: null, endedOn: null };
}
