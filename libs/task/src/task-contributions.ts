import { enteredFor, personOf } from '@duban/actor';
import { type FieldError, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { Contribution, ExchangeCommand } from './exchange-model.js';
import type { Task, TaskEvent } from './task-model.js';
import { handInDay, mustNotBePast } from './task-timing.js';
import { mustLead, namesOf, receiptThroughReport } from './task-units.js';

/** What a lead asks of those who are named with it, and what they answer: duties §8. */

type Of<Type extends ExchangeCommand['type']> = Extract<ExchangeCommand, { type: Type }>;

/**
 * A lead asks supporters, responsible units or members of groups for parts of its report. That does not excuse the lead.
 * Refuses with `not_a_lead_unit`, `not_a_contributor` {unit}, `due_in_past`.
 */
export function requestContribution(
  task: Task,
  command: Of<'RequestContribution'>,
  context: Context,
): TaskEvent[] {
  mustLead(task, command);
  const { unit, from, items, dueOn, members } = command;
  const asked = { unit, from, items, dueOn };
  if ((task.contributions ?? []).some(each => isSame({ ...each, ...asked }, each))) return [];
  mustBeNamed(task, from, { own: namesOf(command), members });
  mustNotBePast(dueOn, '/dueOn', context);
  const { today, actor } = context;
  return [
    ...receiptThroughReport(task, command, today),
    {
      type: 'ContributionRequested',
      n: (task.contributions?.length ?? 0) + 1,
      ...asked,
      on: today,
      by: personOf(actor),
    },
  ];
}

/**
 * One of those asked answers every item; said again, it replaces what was said before.
 * Refuses with `contribution_not_found` {n}, `not_asked` {unit}, `answers_incomplete` {given, asked}, `received_in_future`.
 */
export function giveContribution(task: Task, command: Of<'GiveContribution'>, context: Context): TaskEvent[] {
  const { n, answers, evidence, receivedOn } = command;
  const asked = task.contributions?.find(each => each.n === n);
  if (!asked) throw new Rejection('contribution_not_found', { n });
  const unit = askedAs(asked.from, namesOf(command));
  if (unit === null) throw new Rejection('not_asked', { unit: command.unit });
  if (answers.length !== asked.items.length) {
    const params = { given: answers.length, asked: asked.items.length };
    throw new Rejection('answers_incomplete', params, [
      { pointer: '/answers', code: 'answers_incomplete', params },
    ]);
  }
  const last = givenBy(asked, unit).at(-1);
  if (last && isSame({ answers: last.answers, evidence: last.evidence }, { answers, evidence })) return [];
  const on = handInDay(receivedOn, context);
  return [
    ...receiptThroughReport(task, command, on),
    {
      type: 'ContributionGiven',
      ...{ n, unit, answers, evidence, on, by: personOf(context.actor) },
      ...enteredFor(context.actor, { ...command, names: namesOf(command) }),
    },
  ];
}

/** Everything that this unit answered to the request, the first first. */
export function givenBy({ given }: Contribution, unit: string): Contribution['given'] {
  return given.filter(each => each.unit === unit);
}

/** The name under which a unit was asked: its own or that of one it answers for; null when it was not. */
export function askedAs(asked: readonly string[], names: readonly string[]): string | null {
  return names.find(name => asked.includes(name)) ?? null;
}

function mustBeNamed(
  task: Task,
  from: readonly string[],
  { own, members }: { own: readonly string[]; members: readonly string[] },
): void {
  const named = [...task.roles.filter(({ isGroup }) => !isGroup).map(({ holder }) => holder), ...members];
  const errors: FieldError[] = from.flatMap((unit, index) =>
    named.includes(unit) && !own.includes(unit)
      ? []
      : [{ pointer: `/from/${index}`, code: 'not_a_contributor', params: { unit } }],
  );
  const [first] = errors;
  if (first) throw new Rejection('not_a_contributor', first.params ?? {}, errors);
}
