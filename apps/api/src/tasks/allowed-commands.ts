import { type Action, mayRole, sees } from '@duban/access';
import { leadsOf, refusalOf, type Task, type TaskCommand } from '@duban/task';
import { type Look, unitsOfTask } from '../ledger/ledger-views.js';
import { type AllowedCommand } from './task-rows.dto.js';

type Route = { command: TaskCommand['type']; action: Action; path: string; leads?: true };

/** Where each command of a task is posted. `leads`: only a leading unit does it; of the office, the one that enters its paper. */
const routes: readonly Route[] = [
  { command: 'AcknowledgeTask', action: 'task.answer', path: 'acknowledgements' },
  { command: 'ReportProgress', action: 'task.answer', path: 'reports', leads: true },
  { command: 'CorrectProgress', action: 'task.answer', path: 'corrections', leads: true },
  { command: 'SubmitCompletion', action: 'task.answer', path: 'completions', leads: true },
  { command: 'RequestExtension', action: 'task.answer', path: 'extensions', leads: true },
  { command: 'ReachMilestone', action: 'task.answer', path: 'milestones', leads: true },
  { command: 'RaiseBlocker', action: 'task.answer', path: 'blockers' },
  { command: 'ReviewCompletion', action: 'task.decide', path: 'reviews' },
  { command: 'ReassignUnits', action: 'task.decide', path: 'assignments' },
  { command: 'NameReportingLead', action: 'task.decide', path: 'reporting-lead' },
  { command: 'SetDueDate', action: 'task.decide', path: 'due-dates' },
  { command: 'SuspendTask', action: 'task.decide', path: 'suspensions' },
  { command: 'ResumeTask', action: 'task.decide', path: 'resumptions' },
  { command: 'ExemptTask', action: 'task.decide', path: 'exemptions' },
  { command: 'CancelTask', action: 'task.decide', path: 'cancellations' },
  { command: 'CloseTask', action: 'task.decide', path: 'closures' },
  { command: 'ReopenTask', action: 'task.decide', path: 'reopenings' },
];

/** What this actor may do next with the task, as far as role, rows and state tell; values are judged when they come. */
export function allowedCommands(id: string, task: Task, look: Look): AllowedCommand[] {
  const decisions = task.extensions.flatMap(({ n, state }): Route[] =>
    state === 'pending'
      ? [{ command: 'DecideExtension', action: 'task.decide', path: `extensions/${n}/decisions` }]
      : [],
  );
  return [...routes, ...decisions]
    .filter(route => may(route, task, look) && refusalOf(task, route.command) === null)
    .map(({ command, path }) => ({
      command,
      method: 'POST',
      href: `/v1/tasks/${encodeURIComponent(id)}/${path}`,
    }));
}

function may({ action, leads }: Route, task: Task, look: Look): boolean {
  const { actor, directory, today } = look;
  const units = leads ? leadsOf(task).map(named => directory.holder(named, today)) : unitsOfTask(task, look);
  return (
    mayRole(actor.role, action) && sees(actor, { plan: task.plan, ...(actor.role === 'unit' && { units }) })
  );
}
