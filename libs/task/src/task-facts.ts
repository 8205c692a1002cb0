import type { Due } from '@duban/platform';
import type { Extension, Task } from './task-model.js';
import { reportingLeadOf } from './task-units.js';

/** The due day in force: the last version. Null when nothing is owed by a day (适时, or only later horizons). */
export function currentDue(task: Task): Due | null {
  return task.dues.at(-1)?.due ?? null;
}

/** The due day that the task was issued with; an extension never changes it. */
export function originalDue(task: Task): Due | null {
  return task.dues[0]?.due ?? null;
}

/** The day on which the task was done, once a completion is accepted and as long as the task is not reopened; else null. */
export function doneOn(task: Task): string | null {
  return task.completions.findLast(({ accepted, reopenedOn }) => accepted && !reopenedOn)?.doneOn ?? null;
}

/**
 * The day of the first completion handed in since the task was issued or last reopened, or null. By it the task is on
 * time or not (duties §3): a return does not take it away, it opens a rework with a day of its own.
 */
export function handedInOn(task: Task): string | null {
  const reopened = task.completions.findLastIndex(completion => completion.reopenedOn !== null);
  return task.completions[reopened + 1]?.on ?? null;
}

/** Returned completions in order: by when each was to be done again, and on which day it was. */
export function reworksOf(task: Task): readonly { n: number; reworkBy: string; redoneOn: string | null }[] {
  return task.completions.flatMap(({ n, returned }, index) => {
    const redone = task.completions[index + 1];
    return returned ? [{ n, reworkBy: returned.reworkBy, redoneOn: redone?.on ?? null }] : [];
  });
}

/** The request that waited for its decision on this day, or null. It may still wait when it no longer tolls. */
export function pendingExtension(task: Task, day: string): Extension | null {
  return (
    task.extensions.find(({ askedOn, endedOn }) => askedOn <= day && (endedOn === null || day < endedOn)) ??
    null
  );
}

/** Whether the task was suspended at the end of this day. */
export function isSuspendedOn(task: Task, day: string): boolean {
  return task.suspensions.some(({ from, to }) => from <= day && (to === null || day < to));
}

/** Whether a contest of the task waited for its decision at the end of the day. */
export function isContestedOn({ contests = [] }: Task, day: string): boolean {
  return contests.some(({ on, endedOn }) => on <= day && (endedOn === null || day < endedOn));
}

/** What is said about a task beside its state (duties §10), on a day. */
export type TaskFlags = {
  suspended: boolean;
  exempt: boolean;
  extended: boolean;
  tolled: boolean;
  contested: boolean;
  selfReviewed: boolean;
  leadPresumed: boolean;
  unconfirmed: boolean;
};

/** The flags of the task on a day; all are derived, none is stored. */
export function flagsOf(task: Task, day: string): TaskFlags {
  const pending = pendingExtension(task, day);
  return {
    suspended: isSuspendedOn(task, day),
    exempt: task.exemptedOn !== null && task.exemptedOn <= day,
    extended: task.extensions.some(({ state }) => state === 'granted'),
    tolled: pending !== null && pending.tolls && day <= pending.tollsUntil,
    contested: isContestedOn(task, day),
    selfReviewed: task.completions.some(completion => completion.selfReviewed),
    leadPresumed: reportingLeadOf(task)?.presumed ?? false,
    unconfirmed: isUnconfirmed(task, day),
  };
}

/** Whether a milestone reached by the day was told of so late that it waits to be accepted with the task (duties §5). */
function isUnconfirmed(task: Task, day: string): boolean {
  const told = task.milestones.filter(({ reachedOn }) => reachedOn !== null && reachedOn <= day);
  return told.some(({ backdated }) => backdated) && doneOn(task) === null;
}
