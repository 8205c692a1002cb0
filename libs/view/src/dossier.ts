import { type Calendar, type Day } from '@duban/calendar';
import { type JsonObject, type StoredEvent } from '@duban/event-store';
import { calendarOf, type Obligation, obligationsOf, obligationState, type PlanLedger } from '@duban/ledger';
import { type Evidence, type Paper } from '@duban/platform';
import { type ReminderRow, unsentStages } from '@duban/reminder';
import { type PublishedLine } from '@duban/rollup';
import { type Assignment, flagsOf, type Task } from '@duban/task';
import { membersOn, nameOn } from '@duban/unit';
import {
  type Attached,
  type DecisionTaken,
  type Done,
  type Dossier,
  type RolesFrom,
  type Trace,
} from './dossier-model.js';
import { type Learnt, lightHistory } from './light-history.js';

/** What a dossier is put together from. `events`: of the task itself; `learnt`: of all that its light rests on. */
export type DossierParts = {
  ledger: PlanLedger;
  id: string;
  task: Task;
  events: readonly StoredEvent[];
  learnt: readonly Learnt[];
  reminders: readonly ReminderRow[];
  published: readonly PublishedLine[];
  today: Day;
  calendar: Calendar;
};

/** Everything that the record says about one task, in the words of the record. */
export function dossierOf(parts: DossierParts): Dossier {
  const { ledger, id, task, events, learnt, published, today } = parts;
  const calendar = calendarOf(ledger, parts.calendar);
  const obligations = obligationsOf(ledger, today, calendar).filter(({ subject }) => isOf(subject, id));
  const last = events.at(-1);
  const units = unitsNamed(ledger, events, today);
  return {
    ...{ id, today, published },
    plan: planOf(ledger),
    task: taskOf(ledger, task, today),
    findings: ledger.plan.findings
      .filter(({ subject }) => subject === id || subject === task.code)
      .map(({ code, clause, note, waived }) => ({ code, clause, note, waived })),
    roles: rolesOver(events),
    successions: units.flatMap(unit => {
      const ended = ledger.units.get(unit)?.ended;
      return ended ? [{ unit, how: ended.how, on: ended.on, into: ended.into }] : [];
    }),
    posts: postsOver(ledger, units),
    dues: task.dues,
    milestones: task.milestones,
    obligations: obligations.map(each => ({ ...each, state: obligationState(each, today) })),
    submissions: [...ledger.submissions].flatMap(([submission, state]) =>
      state.tasks.includes(id) ? [{ submission, ...state }] : [],
    ),
    evidence: events.flatMap(attachedBy),
    decisions: events.flatMap(decisionIn),
    messages: messagesOf(parts, obligations),
    lights: lightHistory(ledger, id, learnt, today, calendar),
    events: events.map(traceOf),
    record: {
      ...{ stream: `task-${id}`, version: last?.version ?? 0, position: last?.position ?? 0 },
      hash: last?.hash.toString('hex') ?? '',
    },
    names: Object.fromEntries(units.map(unit => [unit, nameOf(ledger, unit, today)])),
  };
}

/** What is owed for a milestone (`004:3.1/m1`) or a completion is owed for its task. */
function isOf(subject: string, id: string): boolean {
  return subject === id || subject.startsWith(`${id}/`);
}

function planOf({ plan }: PlanLedger): Dossier['plan'] {
  const { code, title, documentNumber, documentOn, jurisdiction, office, issuedOn, countsFrom } = plan;
  const approved = plan.approved ?? null;
  return { code, title, documentNumber, documentOn, jurisdiction, office, issuedOn, countsFrom, approved };
}

function taskOf({ plan }: PlanLedger, task: Task, today: Day): Dossier['task'] {
  const { code, title, clause, commitment, status, reports, completions, extensions, blockers } = task;
  const sections: string[] = [];
  for (let above = task.section; above !== null && sections.length < plan.sections.length;) {
    const section = plan.sections.find(each => each.code === above);
    sections.unshift(`${above} ${section?.title ?? ''}`.trim());
    above = section?.parent ?? null;
  }
  return {
    ...{ code, title, clause, commitment, status, reports, completions, extensions, blockers, sections },
    ...{ suspensions: task.suspensions, receipts: task.receipts },
    flags: flagsOf(task, today),
  };
}

function doneBy({ position, effectiveOn, recordedAt, data, meta }: StoredEvent): Done {
  const on = typeof data.on === 'string' ? data.on : effectiveOn;
  return {
    ...{ position, on, recordedAt },
    by: text(meta.actor),
    unit: text(meta.unit),
    actingFor: text(meta.actingFor),
    role: text(meta.role),
    channel: text(meta.channel),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function rolesOver(events: readonly StoredEvent[]): RolesFrom[] {
  const found: RolesFrom[] = [];
  for (const stored of events) {
    const { type, event } = stored;
    const before = found.at(-1);
    const roles = (event as unknown as { roles?: readonly Assignment[] }).roles;
    const named = type === 'ReportingLeadNamed' ? text(event.unit) : null;
    if (!roles && named === null) continue;
    found.push({
      ...doneBy(stored),
      through: type,
      roles: roles ?? before?.roles ?? [],
      reportingLead: named ?? (roles ? null : (before?.reportingLead ?? null)),
      reason: text(event.reason),
      paper: paperIn(event),
    });
  }
  return found;
}

function paperIn(event: JsonObject): Paper | null {
  return (event.paper as Paper | null | undefined) ?? null;
}

const decided = new Set(['office', 'leader', 'admin']);

/** Whatever the office or a leader recorded about the task once it was there, and whatever rests on a paper. */
function decisionIn(stored: StoredEvent): DecisionTaken[] {
  const { type, event, data, meta, version } = stored;
  const paper = paperIn(event);
  const isDecision = version > 1 && decided.has(text(meta.role) ?? '') && type !== 'TaskIssued';
  if (!isDecision && !paper) return [];
  const { n } = event;
  return [
    { ...doneBy(stored), type, n: typeof n === 'number' ? n : null, reason: reasonIn(event), paper, data },
  ];
}

function reasonIn({ reason, reasons }: JsonObject): string | null {
  return Array.isArray(reasons) ? reasons.join('；') : text(reason);
}

function attachedBy(stored: StoredEvent): Attached[] {
  const { type, event } = stored;
  const evidence = (event as unknown as { evidence?: readonly Evidence[] }).evidence ?? [];
  const n = typeof event.n === 'number' ? event.n : null;
  return evidence.map(each => ({ ...doneBy(stored), evidence: each, to: type, n }));
}

function traceOf(stored: StoredEvent): Trace {
  const { version, type, effectiveOn, data, meta, hash } = stored;
  const request = text(meta.request);
  return { ...doneBy(stored), version, type, effectiveOn, request, data, hash: hash.toString('hex') };
}

function messagesOf(
  { ledger, reminders, today, calendar }: DossierParts,
  obligations: readonly Obligation[],
): Dossier['messages'] {
  return {
    sent: reminders.map(({ id, obligation, kind, subject, stage, stageKind, recipient, ...row }) => ({
      ...{ id, obligation, kind, subject, stage, stageKind, recipient },
      ...{ dueOn: row.dueOn, dueVersion: row.dueVersion, issuedOn: row.issuedOn, fate: row.fate },
      ...{ settledAt: row.settledAt, acknowledgedAt: row.acknowledgedAt, policy: row.policy },
    })),
    notSent: obligations.flatMap(owed => {
      const issued = reminders.filter(({ obligation }) => obligation === owed.id);
      return unsentStages(owed, ledger.policies, issued, today, calendar).map(each => ({
        ...each,
        ...{ obligation: owed.id, obligationKind: owed.kind, subject: owed.subject },
      }));
    }),
  };
}

/** Everyone who was ever named, members of groups and successors included. */
function unitsNamed(ledger: PlanLedger, events: readonly StoredEvent[], today: Day): string[] {
  const named = rolesOver(events).flatMap(({ roles }) => roles);
  const found = new Set([ledger.plan.office]);
  const addWithSuccessors = (unit: string) => {
    if (found.has(unit)) return;
    found.add(unit);
    ledger.units.get(unit)?.ended?.into.forEach(addWithSuccessors);
  };
  for (const { holder, isGroup } of named) {
    const group = isGroup ? ledger.groups.get(holder) : undefined;
    if (isGroup) found.add(holder);
    (group ? membersOn(group, today) : isGroup ? [] : [holder]).forEach(addWithSuccessors);
  }
  return [...found].sort();
}

function postsOver({ posts, id }: PlanLedger, units: readonly string[]): Dossier['posts'] {
  return [...posts].flatMap(([post, state]) => {
    const { scope } = state;
    if ('plan' in scope) return scope.plan === id ? [{ post, ...state }] : [];
    const over = 'unit' in scope ? [scope.unit] : scope.units;
    return over.some(unit => units.includes(unit)) ? [{ post, ...state }] : [];
  });
}

function nameOf({ units, groups }: PlanLedger, id: string, day: Day): string {
  const unit = units.get(id);
  return unit ? nameOn(unit, day) : (groups.get(id)?.name ?? id);
}
