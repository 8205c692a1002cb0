import type { Finding, GoalHolder, Plan } from './plan-model.js';

/** The finding on a task that names no unit (plan 002): it blocks until a unit is named or the office takes it on. */
export const taskWithoutUnit = 'task_without_unit';

/** The finding on a goal that nobody holds (plan 003). */
export const goalWithoutHolder = 'goal_without_holder';

type PlanFinding = Plan['findings'][number];

export const unwaived = ({ waived }: Pick<PlanFinding, 'waived'>): boolean => waived === null;

/** The findings that nobody has answered yet, blocking or not, in the order of the document. */
export function openFindings(plan: Plan): Finding[] {
  return plan.findings.filter(unwaived).map(({ waived: _, assignFrom: __, ...finding }) => finding);
}

/**
 * The open findings that stop the issue, given how many tasks still name no unit. A missing unit blocks as long as it is
 * missing, however the finding was graded, and no longer once every task names one (duties §8). `answered`: findings that
 * no longer hold, because somebody was named since.
 */
export function blockingFindings(
  plan: Plan,
  tasksWithoutUnit: number,
  answered: readonly Pick<Finding, 'code' | 'subject'>[] = [],
): Finding[] {
  return openFindings(plan).filter(({ code, subject, blocking }) => {
    if (code === taskWithoutUnit) return tasksWithoutUnit > 0;
    return blocking && !answered.some(each => each.code === code && each.subject === subject);
  });
}

/** Findings that somebody has to be named for: a goal that nobody holds, a figure that nobody supplies. */
export const holderWanted: readonly string[] = [goalWithoutHolder, 'provider_missing'];

/** Who was named last to hold a goal that no figure stands for, or null. */
export function holdersOfGoal({ goalHolders = [] }: Plan, subject: string): GoalHolder | null {
  return goalHolders.findLast(named => named.subject === subject) ?? null;
}
