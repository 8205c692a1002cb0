import { enteredFor, personOf } from '@duban/actor';
import { fieldRejection, type FieldError, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { ExchangeCommand, Instruction } from './exchange-model.js';
import { askedAs } from './task-contributions.js';
import type { Task, TaskEvent } from './task-model.js';
import { handInDay, mustNotBePast } from './task-timing.js';
import { holds, namesOf, receiptThroughReport } from './task-units.js';

/** A leader's instruction (批示) and what each addressee answers: duties §8. */

type Of<Type extends ExchangeCommand['type']> = Extract<ExchangeCommand, { type: Type }>;

/**
 * A leader instructs units named in the task, or the plan's office; the office may type the instruction from its paper.
 * Refuses with `paper_needed`, `not_an_addressee` {unit}, `due_in_past`.
 */
export function giveInstruction(task: Task, command: Of<'GiveInstruction'>, context: Context): TaskEvent[] {
  const { text, addressees, dueOn, paper, members, office } = command;
  const { today, actor } = context;
  const by = personOf(actor);
  const said = { text, addressees, dueOn, paper, by };
  if ((task.instructions ?? []).some(each => isSame({ ...each, ...said }, each))) return [];
  const isTyped = actor.role !== 'leader';
  if (isTyped && paper === null) throw fieldRejection('/paper', 'paper_needed');
  mustHoldTask(task, addressees, [...members, office]);
  mustNotBePast(dueOn, '/dueOn', context);
  const n = (task.instructions?.length ?? 0) + 1;
  return [{ type: 'InstructionGiven', n, ...said, on: today, ...(isTyped && { onBehalf: true }) }];
}

/**
 * An addressee answers; said again, it adds to what was said before.
 * Refuses with `instruction_not_found` {n}, `not_asked` {unit}, `received_in_future`.
 */
export function answerInstruction(
  task: Task,
  command: Of<'AnswerInstruction'>,
  context: Context,
): TaskEvent[] {
  const { n, text, evidence, receivedOn } = command;
  const given = task.instructions?.find(each => each.n === n);
  if (!given) throw new Rejection('instruction_not_found', { n });
  const unit = askedAs(given.addressees, namesOf(command));
  if (unit === null) throw new Rejection('not_asked', { unit: command.unit });
  if (answersOf(given, unit).some(each => each.text === text && isSame(each.evidence, evidence))) return [];
  const on = handInDay(receivedOn, context);
  return [
    ...(holds(task, command, command.members) ? receiptThroughReport(task, command, on) : []),
    {
      type: 'InstructionAnswered',
      ...{ n, unit, text, evidence, on, by: personOf(context.actor) },
      ...enteredFor(context.actor, { ...command, names: namesOf(command) }),
    },
  ];
}

/** Everything that this addressee answered, the first first. */
export function answersOf({ answers }: Instruction, unit: string): Instruction['answers'] {
  return answers.filter(each => each.unit === unit);
}

function mustHoldTask(task: Task, addressees: readonly string[], others: readonly string[]): void {
  const named = [...task.roles.map(({ holder }) => holder), ...others];
  const errors: FieldError[] = addressees.flatMap((unit, index) =>
    named.includes(unit)
      ? []
      : [{ pointer: `/addressees/${index}`, code: 'not_an_addressee', params: { unit } }],
  );
  const [first] = errors;
  if (first) throw new Rejection('not_an_addressee', first.params ?? {}, errors);
}
