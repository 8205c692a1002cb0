import { periodStart } from '@duban/calendar';
import { answerOf, holderOn, type PlanLedger } from '@duban/ledger';
import { answersOf, type Instruction, type Task } from '@duban/task';
import { type Frame, type InstructionLine, type SilentLine } from './edition-model.js';
import { distinct, sorted } from './order.js';

/** What goes to and fro about tasks, as far as an edition has to say it; nothing where there is nothing to say. */
export function exchangeLines(
  ledger: PlanLedger,
  frame: Frame,
): { instructions?: readonly InstructionLine[]; silent?: readonly SilentLine[] } {
  const tasks = [...ledger.tasks];
  const instructions = tasks.flatMap(([id, task]) => instructionLines(ledger, id, task, frame));
  const silent = tasks.flatMap(([id, task]) => silentLines(ledger, id, task, frame));
  return { ...(instructions.length > 0 && { instructions }), ...(silent.length > 0 && { silent }) };
}

/**
 * An instruction stands in the edition of the quarter in which it was given, with the answers known at the cutoff, and
 * in each later one until all addressees have answered.
 */
function instructionLines(ledger: PlanLedger, id: string, task: Task, frame: Frame): InstructionLine[] {
  const given = (task.instructions ?? []).filter(({ on }) => on <= frame.day);
  return given.flatMap(instruction => {
    const { n, on, dueOn, text, addressees } = instruction;
    const answers = addressees.map(unit => answerLine(ledger, instruction, unit, frame));
    const last = answers.map(answer => answer.on ?? frame.judgedOn).reduce((a, b) => (a > b ? a : b), '');
    const isOld = on < periodStart(frame.period) && last < periodStart(frame.period);
    return isOld ? [] : [{ task: id, code: task.code, n, on, dueOn, what: text, answers }];
  });
}

/** When the addressee first answered, and everything that it has said by the cutoff. */
function answerLine(
  ledger: PlanLedger,
  instruction: Instruction,
  named: string,
  { judgedOn }: Frame,
): InstructionLine['answers'][number] {
  const known = instruction.answers.filter(({ on }) => on <= judgedOn);
  const first = answerOf(ledger, known, named);
  const said = first ? answersOf({ ...instruction, answers: known }, first.unit) : [];
  return {
    unit: holderOn(ledger, named, judgedOn),
    on: first?.on ?? null,
    note: first ? said.map(({ text }) => text).join('\n') : null,
  };
}

/** Who was asked for a part of a report due in this quarter and had said nothing by the cutoff. */
function silentLines(ledger: PlanLedger, id: string, task: Task, frame: Frame): SilentLine[] {
  const { judgedOn, period } = frame;
  const asked = (task.contributions ?? []).filter(
    ({ on, dueOn }) => on <= judgedOn && dueOn < judgedOn && dueOn >= periodStart(period),
  );
  const lines = asked.map(({ n, unit, dueOn, from, given }) => {
    const known = given.filter(({ on }) => on <= judgedOn);
    const silent = from.filter(each => answerOf(ledger, known, each) === null);
    const units = distinct(silent.map(each => holderOn(ledger, each, judgedOn)));
    return { task: id, code: task.code, n, lead: holderOn(ledger, unit, judgedOn), dueOn, units };
  });
  return sorted(lines, ({ n }) => [n]).filter(({ units }) => units.length > 0);
}
