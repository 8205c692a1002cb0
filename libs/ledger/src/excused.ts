import { type Contest, excusedMembers, type Task } from '@duban/task';
import { holderOn, type PlanLedger } from './plan-ledger.js';

/** The contest by which a member of a group was taken off the task, under whatever name it answers; null: it was not. */
export function excusedBy(ledger: PlanLedger, task: Task, member: string): Contest | null {
  return (
    excusedMembers(task).find(
      ({ unit, on }) => unit === member || holderOn(ledger, member, on) === holderOn(ledger, unit, on),
    ) ?? null
  );
}
