import { type Day, type Period } from '@duban/calendar';
import { type Round } from '@duban/round';
import { membersOn } from '@duban/unit';
import { type Obligation, obligationState } from './obligation.js';
import { holdersOn, type PlanLedger } from './plan-ledger.js';
import { submissionObligations } from './submission-obligations.js';

/** How far a group has answered about a task in a round ("7 of 10"): members let off are not asked. */
export type GroupAnswers = {
  group: string;
  round: string;
  period: Period;
  handedIn: number;
  of: number;
  silent: readonly string[]; // members, as they answer today
};

/** For each group that the task names and each round that asked it, by round; the members are those that the round asked. */
export function groupAnswers(ledger: PlanLedger, taskId: string, day: Day): GroupAnswers[] {
  const groups = ledger.tasks.get(taskId)?.roles.filter(({ isGroup }) => isGroup) ?? [];
  return [...ledger.rounds].flatMap(([id, round]) =>
    groups.flatMap(({ holder: group }) => {
      const asked = askedOf(ledger, group, taskId, id, round, day);
      const silent = asked.filter(({ handedIn }) => handedIn === null || handedIn.on > day);
      const { length: of } = asked;
      if (of === 0) return [];
      const names = silent.flatMap(({ holders }) => holders);
      return [{ group, round: id, period: round.period, handedIn: of - silent.length, of, silent: names }];
    }),
  );
}

function askedOf(
  ledger: PlanLedger,
  group: string,
  taskId: string,
  id: string,
  round: Round,
  day: Day,
): Obligation[] {
  const known = ledger.groups.get(group);
  const { openedOn, backfill, roster } = round;
  if (!known || !openedOn || openedOn > day || backfill) return [];
  const members = holdersOn(ledger, membersOn(known, openedOn), openedOn);
  return roster
    .filter(
      ({ unit, tasks, owesSubmission }) => owesSubmission && members.includes(unit) && tasks.includes(taskId),
    )
    .flatMap(entry => submissionObligations(ledger, id, round, entry, day).slice(0, 1))
    .filter(owed => !['waived', 'void'].includes(obligationState(owed, day)));
}
