import { addDays, type Day } from '@duban/calendar';
import { type Contribution, doneOn, type Instruction, type Task } from '@duban/task';
import { membersOn } from '@duban/unit';
import { type EventRef, type Obligation, type ObligationKind, obligationId } from './obligation.js';
import { excusedBy } from './excused.js';
import { holderOn, type PlanLedger } from './plan-ledger.js';
import { ledBy } from './led-by.js';

/** What is owed to somebody who asked: a contribution to a lead, an answer to a leader. */
export function exchangeObligations(ledger: PlanLedger, id: string, task: Task, day: Day): Obligation[] {
  return [
    ...(task.contributions ?? []).flatMap(asked => contributions(ledger, id, task, asked, day)),
    ...(task.instructions ?? []).flatMap(given => instructions(ledger, id, task, given, day)),
  ];
}

/** Each of those asked owes its part; the lead's own report is due all the same. */
function contributions(
  ledger: PlanLedger,
  id: string,
  task: Task,
  { n, from, dueOn, on, given }: Contribution,
  day: Day,
): Obligation[] {
  return from.map(unit => {
    const answer = answerOf(ledger, given, unit);
    const left = answer ? null : leftOn(ledger, task, unit, day);
    const owed = owedTo(ledger, id, task, day, {
      ...{ kind: 'contribution', n, unit, dueOn, on, answeredOn: answer?.on ?? null },
      ...{ opened: 'ContributionRequested', answered: 'ContributionGiven' },
    });
    const isLate = left !== null && left > dueOn;
    return {
      ...owed,
      settledOn: owed.settledOn ?? (isLate ? left : doneOn(task)),
      ...(isLate && { lateSince: addDays(dueOn, 1) }),
      silenced: left === null || isLate ? owed.silenced : ('reassigned' as const),
    };
  });
}

/** A leader's instruction is answered whatever becomes of the task; only where nothing is owed any more it need not be. */
function instructions(
  ledger: PlanLedger,
  id: string,
  task: Task,
  { n, addressees, dueOn, on, answers }: Instruction,
  day: Day,
): Obligation[] {
  return addressees.map(unit => {
    const answer = answerOf(ledger, answers, unit);
    const owed = owedTo(ledger, id, task, day, {
      ...{ kind: 'instruction', n, unit, dueOn, on, answeredOn: answer?.on ?? null },
      ...{ opened: 'InstructionGiven', answered: 'InstructionAnswered' },
    });
    const isAtRest = owed.silenced === 'suspended' || owed.silenced === 'horizon_past';
    return { ...owed, silenced: isAtRest ? null : owed.silenced };
  });
}

type Asked = {
  kind: Extract<ObligationKind, 'contribution' | 'instruction'>;
  n: number;
  unit: string;
  dueOn: Day;
  on: Day;
  answeredOn: Day | null;
  opened: string;
  answered: string;
};

function owedTo(
  ledger: PlanLedger,
  id: string,
  task: Task,
  day: Day,
  { kind, n, unit, dueOn, on, answeredOn, opened, answered }: Asked,
): Obligation {
  const stream = `task-${id}`;
  const openedBy: EventRef = { stream, type: opened, n };
  return {
    ...ledBy(ledger, id, task, [unit], day),
    id: obligationId(kind, `${id}/${kind}/${n}`, null, [unit]),
    kind,
    period: null,
    mode: 'single',
    reporting: null,
    due: { on: dueOn, countsFrom: dueOn, version: 1, since: on, original: dueOn, basis: 'stated' },
    openedOn: on,
    openedBy,
    handedIn:
      answeredOn === null ? null : { on: answeredOn, by: unit, ref: { stream, type: answered, n, unit } },
    settledOn: answeredOn,
  };
}

/** The first answer under the unit's name, or by one that answered for it on that day. */
export function answerOf<A extends { unit: string; on: Day }>(
  ledger: PlanLedger,
  answers: readonly A[],
  unit: string,
): A | null {
  return (
    answers.find(answer => answer.unit === unit) ??
    answers.find(answer => holderOn(ledger, answer.unit, answer.on) === holderOn(ledger, unit, answer.on)) ??
    null
  );
}

/** The day on which the task ceased to name the unit, itself or through a group; null while it does. */
function leftOn(ledger: PlanLedger, task: Task, unit: string, day: Day): Day | null {
  const excused = excusedBy(ledger, task, unit);
  const isNamed = task.roles.some(({ holder, isGroup }) => {
    if (isGroup && excused) return false;
    const group = isGroup ? ledger.groups.get(holder) : undefined;
    const named = isGroup
      ? group
        ? [...membersOn(group, task.assignedOn ?? day), ...membersOn(group, day)]
        : []
      : [holder];
    return named.some(each => each === unit || holderOn(ledger, each, day) === holderOn(ledger, unit, day));
  });
  return isNamed ? null : (excused?.endedOn ?? task.formerRoles?.at(-1)?.until ?? null);
}
