import { type Action, mayRole, sees } from '@duban/access';
import { type Calendar } from '@duban/calendar';
import { unitsOfTask } from '@duban/ledger';
import { inForce, type Policies } from '@duban/policy';
import { contestableUntil, leadsOf, refusalOf, type Task, type TaskCommand } from '@duban/task';
import { type Look } from '../ledger/ledger-views.js';
import { type AllowedCommand } from './task-rows.dto.js';

type Route = {
  command: TaskCommand['type'];
  action: Action;
  path: string;
  leads?: true;
  units?: readonly string[]; // only these may
};

/** Where each command of a task is posted. `leads`: only a leading unit does it; of the office, the one that enters its paper. */
const routes: readonly Route[] = [
  { command: 'AcknowledgeTask', action: 'task.answer', path: 'acknowledgements' },
  { command: 'ReportProgress', action: 'task.answer', path: 'reports', leads: true },
  { command: 'CorrectProgress', action: 'task.answer', path: 'corrections', leads: true },
  { command: 'SubmitCompletion', action: 'task.answer', path: 'completions', leads: true },
  { command: 'RequestExtension', action: 'task.answer', path: 'extensions', leads: true },
  { command: 'ReachMilestone', action: 'task.answer', path: 'milestones', leads: true },
  { command: 'RaiseBlocker', action: 'task.answer', path: 'blockers' },
  { command: 'RequestContribution', action: 'task.answer', path: 'contributions', leads: true },
  { command: 'GiveInstruction', action: 'task.instruct', path: 'instructions' },
  { command: 'ReviewCompletion', action: 'task.decide', path: 'reviews' },
  { command: 'ReassignUnits', action: 'task.decide', path: 'assignments' },
  { command: 'NameReportingLead', action: 'task.decide', path: 'reporting-lead' },
  { command: 'SetDueDate', action: 'task.decide', path: 'due-dates' },
  { command: 'AmendTask', action: 'task.decide', path: 'amendments' },
  { command: 'SetMilestone', action: 'task.decide', path: 'new-milestones' },
  { command: 'ReviseMilestone', action: 'task.decide', path: 'milestone-dates' },
  { command: 'SuspendTask', action: 'task.decide', path: 'suspensions' },
  { command: 'ResumeTask', action: 'task.decide', path: 'resumptions' },
  { command: 'ExemptTask', action: 'task.decide', path: 'exemptions' },
  { command: 'CancelTask', action: 'task.decide', path: 'cancellations' },
  { command: 'CloseTask', action: 'task.decide', path: 'closures' },
  { command: 'ReopenTask', action: 'task.decide', path: 'reopenings' },
];

/** What this actor may do next with the task, as far as role, rows and state tell; values are judged when they come. */
export function allowedCommands(
  id: string,
  task: Task,
  look: Look,
  policies: Policies,
  calendar: Calendar,
): AllowedCommand[] {
  return [...routes, ...contestRoutes(task, look, policies, calendar), ...waitingRoutes(task, look)]
    .filter(route => may(route, task, look) && refusalOf(task, route.command) === null)
    .map(({ command, path }) => ({
      command,
      method: 'POST',
      href: `/v1/tasks/${encodeURIComponent(id)}/${path}`,
    }));
}

/** An assignment can be sent back in its first days. */
function contestRoutes(
  task: Task,
  { actor, today, directory }: Look,
  policies: Policies,
  calendar: Calendar,
): Route[] {
  const dates = inForce(policies, 'date', today).content;
  const groups = task.roles.filter(({ isGroup }) => isGroup).map(({ holder }) => holder);
  const joinedOn = directory.joinedOn(groups, actor.units ?? [], today);
  const until = contestableUntil(task, actor.units ?? [], calendar, dates, joinedOn);
  if (until === null || today > until) return [];
  return [{ command: 'ContestAssignment', action: 'task.answer', path: 'contests' }];
}

/** Answers to what waits for one. */
function waitingRoutes(
  { extensions, contests = [], contributions = [], instructions = [] }: Task,
  look: Look,
): Route[] {
  const isPending = ({ state }: { state: string }) => state === 'pending';
  const decide =
    (command: Route['command'], of: string) =>
    ({ n }: { n: number }): Route => ({
      ...{ command, action: 'task.decide', path: `${of}/${n}/decisions` },
    });
  const holders = (units: readonly string[]) => units.map(unit => look.directory.holder(unit, look.today));
  return [
    ...extensions.filter(isPending).map(decide('DecideExtension', 'extensions')),
    ...contests.filter(isPending).map(decide('DecideContest', 'contests')),
    ...contributions.map(({ n, from }): Route => ({
      ...{ command: 'GiveContribution', action: 'task.answer', path: `contributions/${n}/answers` },
      units: holders(from),
    })),
    ...instructions.map(({ n, addressees }): Route => ({
      ...{ command: 'AnswerInstruction', action: 'task.answer', path: `instructions/${n}/answers` },
      units: holders(addressees),
    })),
  ];
}

function may({ action, leads, units: own }: Route, task: Task, look: Look): boolean {
  const { actor, directory, today } = look;
  const led = leads && leadsOf(task).map(named => directory.holder(named, today));
  const units = own ?? led ?? unitsOfTask(task, look);
  return (
    mayRole(actor.role, action) && sees(actor, { plan: task.plan, ...(actor.role === 'unit' && { units }) })
  );
}
