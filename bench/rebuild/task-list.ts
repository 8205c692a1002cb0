import { type StoredEvent, type Subscription } from '@duban/event-store';
import { type TaskEvent } from '@duban/task';
import { pageSize } from '../log/scan.js';

/** A list of tasks as a screen shows it: one row for each. */
export const taskListTable = `
CREATE TABLE task_list (stream text PRIMARY KEY, plan text, code text, title text, lead text, due_on date, status text,
  issued_on date, accepted_on date, percent integer, reports integer NOT NULL, blockers integer NOT NULL,
  version integer NOT NULL) WITH (fillfactor = 80);
GRANT SELECT, INSERT, UPDATE, DELETE ON task_list TO duban_app;`;

const columns = `stream, plan, code, title, lead, due_on, status, issued_on, accepted_on, percent, reports, blockers, version`;

const merge = `ON CONFLICT (stream) DO UPDATE SET plan = coalesce(excluded.plan, t.plan),
  code = coalesce(excluded.code, t.code), title = coalesce(excluded.title, t.title),
  lead = coalesce(excluded.lead, t.lead), due_on = coalesce(excluded.due_on, t.due_on),
  status = coalesce(excluded.status, t.status), issued_on = coalesce(excluded.issued_on, t.issued_on),
  accepted_on = coalesce(excluded.accepted_on, t.accepted_on), percent = coalesce(excluded.percent, t.percent),
  reports = t.reports + excluded.reports, blockers = t.blockers + excluded.blockers, version = excluded.version
WHERE t.version < excluded.version`;

const upsert = {
  name: 'task-list',
  text: `INSERT INTO task_list AS t (${columns})
         SELECT ${columns} FROM jsonb_to_recordset($1::jsonb) AS r (stream text, plan text, code text, title text,
           lead text, due_on date, status text, issued_on date, accepted_on date, percent integer, reports integer,
           blockers integer, version integer) ${merge}`,
};

/** The status that an event leads to, where it leads to one. */
const statuses: Readonly<Record<string, string>> = {
  TaskRegistered: 'draft',
  TaskIssued: 'issued',
  TaskAcknowledged: 'in_progress',
  ProgressReported: 'in_progress',
  CompletionSubmitted: 'submitted',
  CompletionAccepted: 'accepted',
};

// The same fold said in SQL, from after position $1 up to and with $2. What the last version says is the largest of
// numbers that begin with the version: an aggregate that sorts would take most of the time.
const only = (type: string, value: string) => `(max(${value}) FILTER (WHERE type = '${type}'))`;
const ranks = [...new Set(Object.values(statuses))];
const rankOf = Object.entries(statuses).map(
  ([type, status]) => `WHEN '${type}' THEN ${ranks.indexOf(status) + 1}`,
);
const status = `(ARRAY['${ranks.join(`', '`)}'])[max(version * 10 + CASE type ${rankOf.join(' ')} END) % 10]`;
const sqlFold = `INSERT INTO task_list AS t (${columns})
SELECT stream, ${only('TaskRegistered', `data ->> 'plan'`)}, ${only('TaskRegistered', `data ->> 'code'`)},
  ${only('TaskRegistered', `data ->> 'title'`)}, ${only('TaskRegistered', `data #>> '{roles,0,holder}'`)},
  ${only('TaskRegistered', `data #>> '{due,on}'`)}::date, ${status},
  ${only('TaskIssued', `data ->> 'on'`)}::date, ${only('CompletionAccepted', `data ->> 'on'`)}::date,
  ${only('ProgressReported', `version * 1000 + (data ->> 'percent')::integer`)} % 1000,
  count(*) FILTER (WHERE type = 'ProgressReported'),
  count(*) FILTER (WHERE type = 'BlockerRaised') - count(*) FILTER (WHERE type = 'BlockerCleared'), max(version)
FROM public.events WHERE position > $1 AND position <= $2 AND starts_with(stream, 'task-') GROUP BY stream
${merge}`;

type Row = { stream: string; version: number; reports: number; blockers: number } & Record<string, unknown>;

/** Folds each page in memory and writes it with one statement. */
export const taskList: Subscription = {
  name: 'task-list',
  batch: pageSize,
  tables: { tables: [{ name: 'task_list' }] },
  handle: async (events, tx) => {
    await tx.query({ ...upsert, values: [JSON.stringify(rowsOf(events))] });
  },
};

/** The same, but a rebuild folds it in SQL. */
export const taskListInSql: Subscription = {
  ...taskList,
  name: 'task-list-in-sql',
  tables: { tables: [{ name: 'task_list' }], sql: sqlFold },
};

function rowsOf(events: readonly StoredEvent[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { stream, version, event } of events) {
    const row = rows.get(stream) ?? { stream, version, reports: 0, blockers: 0 };
    rows.set(stream, Object.assign(row, changesOf(row, event as unknown as TaskEvent), { version }));
  }
  return [...rows.values()];
}

function changesOf({ reports, blockers }: Row, event: TaskEvent): Partial<Row> {
  const status = statuses[event.type];
  switch (event.type) {
    case 'TaskRegistered': {
      const { plan, code, title, roles, due } = event;
      return { status, plan, code, title, lead: roles[0]?.holder, due_on: due?.on };
    }
    case 'TaskIssued':
      return { status, issued_on: event.on };
    case 'ProgressReported':
      return { status, percent: event.percent, reports: reports + 1 };
    case 'BlockerRaised':
      return { blockers: blockers + 1 };
    case 'BlockerCleared':
      return { blockers: blockers - 1 };
    case 'CompletionAccepted':
      return { status, accepted_on: event.on };
    default:
      return status === undefined ? {} : { status };
  }
}
