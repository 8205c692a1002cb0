import { Injectable } from '@nestjs/common';
import { sees } from '@duban/access';
import { type Calendar, type Day, periodOf } from '@duban/calendar';
import { EventStore, Rejection } from '@duban/event-store';
import {
  calendarOf,
  groupAnswers,
  type Light,
  obligationState,
  type PlanLedger,
  reportFormOf,
  taskFactsOf,
  taskLight,
  taskLights,
  unitsOfTask,
} from '@duban/ledger';
import { type Actor } from '@duban/platform';
import { currentDue, doneOn, flagsOf, leadsOf, originalDue, type Task } from '@duban/task';
import { type Page, pageOf, type PageQuery } from '../http/paging.js';
import { LedgerViews, type Look, tasksSeen } from '../ledger/ledger-views.js';
import { allowedCommands } from './allowed-commands.js';
import { type ReportFormDto, type ReportFormQuery } from './report-form.dto.js';
import { type TaskQuery } from './task.dto.js';
import { type EventRow, type TaskDetail, type TaskRow } from './task-rows.dto.js';

/** Tasks as an actor sees them. */
@Injectable()
export class TaskViews {
  constructor(
    private readonly views: LedgerViews,
    private readonly events: EventStore,
  ) {}

  async list(actor: Actor, query: TaskQuery): Promise<Page<TaskRow>> {
    const look = await this.views.look(actor, query.asOf);
    const unit = query.unit === undefined ? null : await this.views.ownUnit(look, query.unit);
    const ledgers = await this.views.ledgers(look, query.plan);
    const rows = ledgers.flatMap(ledger => {
      const calendar = calendarOf(ledger, this.views.calendar);
      const lights = taskLights(ledger, look.moment, calendar);
      return tasksSeen(ledger, look)
        .filter(([, task]) => isWanted(task, query, unit, look))
        .flatMap(([id, task]) => {
          const light = lights.get(id);
          return light ? [rowOf(id, task, light, look, calendar)] : [];
        });
    });
    const wanted = rows.filter(({ light }) => !query.light || (light as Light).colour === query.light);
    return pageOf(wanted, ({ id }) => id, query);
  }

  /** @throws Rejection `not_found`, also for a task that was not there yet, or not the actor's, `asOf` that day */
  async detail(actor: Actor, id: string, asOf?: Day): Promise<TaskDetail> {
    const look = await this.views.look(actor, asOf);
    const ledger = await this.views.ledgerOf(look, id);
    const calendar = calendarOf(ledger, this.views.calendar);
    const facts = taskFactsOf(ledger, look.moment, calendar).get(id);
    const current = await this.current(id, look, ledger);
    if (!facts || !current || !tasksSeen(ledger, look).some(([seen]) => seen === id))
      throw new Rejection('not_found', { what: id });
    const { task, obligations } = facts;
    return {
      ...rowOf(id, task, taskLight(facts, look.moment, calendar), look, calendar),
      version: current.version,
      state: current.state,
      obligations: obligations.map(each => ({ ...each, state: obligationState(each, look.today) })),
      groups: groupAnswers(ledger, id, look.today),
      allowed: look.position === null ? allowedCommands(id, task, look, ledger.policies, calendar) : [],
    };
  }

  /** The fold of a task, and how many events it is made of. */
  private async current(id: string, { position }: Look, { tasks }: PlanLedger) {
    if (position === null) return this.views.reader.state<Task>('task', id);
    const state = tasks.get(id);
    if (!state) return null;
    return { state, version: (await this.events.readStream(`task-${id}`, { upTo: position })).length };
  }

  /** The report on a period, filled with what is known, for the leads and those who see all. @throws Rejection `not_found` */
  async reportForm(actor: Actor, id: string, { period }: ReportFormQuery): Promise<ReportFormDto> {
    const look = await this.views.look(actor);
    const ledger = await this.views.ledgerOf(look, id);
    const task = ledger.tasks.get(id);
    const units = (task ? leadsOf(task) : []).flatMap(lead => [
      lead,
      look.directory.holder(lead, look.today),
    ]);
    if (!task?.issuedOn || !sees(look.actor, { plan: ledger.id, units }))
      throw new Rejection('not_found', { what: id });
    const about = period ?? periodOf(look.today, 'quarter');
    return { task: id, period: about, ...reportFormOf(ledger, task, about, look.today) };
  }

  /** What happened to the task, in order. @throws Rejection `not_found` */
  async history(actor: Actor, id: string, page: PageQuery): Promise<Page<EventRow>> {
    await this.detail(actor, id);
    const stored = await this.events.readStream(`task-${id}`);
    const rows = stored.map(({ position, version, type, effectiveOn, recordedAt, data, meta }) => ({
      ...{ position, version, type, effectiveOn, recordedAt, data, meta },
    }));
    return pageOf(rows, ({ version }) => String(version).padStart(9, '0'), page);
  }
}

function isWanted(task: Task, query: TaskQuery, unit: string | null, look: Look): boolean {
  const { role, status, dueBefore, q } = query;
  const due = currentDue(task)?.on ?? null;
  if (status && task.status !== status) return false;
  if (dueBefore && (due === null || due >= dueBefore)) return false;
  if (q && !task.title.includes(q) && !task.code.includes(q)) return false;
  const named = role ? { ...task, roles: task.roles.filter(each => each.role === role) } : task;
  return unit === null ? named.roles.length > 0 || !role : unitsOfTask(named, look).includes(unit);
}

function rowOf(id: string, task: Task, light: Light, { today }: Look, calendar: Calendar): TaskRow {
  const { plan, code, section, title, commitment, roles, status } = task;
  const dueOn = currentDue(task)?.on ?? null;
  return {
    ...{ id, plan, code, section, title, commitment, roles, status },
    dueOn,
    dueProvisional: dueOn !== null && calendar.isProvisional(dueOn),
    originalDueOn: originalDue(task)?.on ?? null,
    doneOn: doneOn(task),
    light,
    flags: flagsOf(task, today),
  };
}
