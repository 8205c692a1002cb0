import { type Day } from '@duban/calendar';
import { type Task } from '@duban/task';
import { type UnitDirectory } from './unit-directory.js';

/** Everyone whom a task is addressed to: as named, as they answer today, members of groups, and whom a leader instructs. */
export function unitsOfTask(
  { roles, instructions = [] }: Task,
  { directory, today }: { directory: UnitDirectory; today: Day },
): string[] {
  const named = roles.map(({ holder }) => holder);
  const groups = roles.filter(({ isGroup }) => isGroup).map(({ holder }) => holder);
  const units = roles.filter(({ isGroup }) => !isGroup).map(({ holder }) => holder);
  const instructed = instructions.flatMap(({ addressees }) => addressees);
  const answering = [...units, ...instructed].map(unit => directory.holder(unit, today));
  return [...new Set([...named, ...answering, ...directory.membersOf(groups, today)])];
}
