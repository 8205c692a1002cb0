import { type Day } from '@duban/calendar';
import { type JsonObject } from '@duban/event-store';
import { type Obligation, type ObligationState } from '@duban/ledger';
import { type Evidence, type Paper } from '@duban/platform';
import { type ReminderRow, type UnsentStage } from '@duban/reminder';
import { type PublishedLine } from '@duban/rollup';
import { type Submission } from '@duban/round';
import { type Assignment, type DueVersion, type Task } from '@duban/task';
import { type Post } from '@duban/unit';
import { type LitFrom } from './light-history.js';

/** The words of a dossier: everything that the record says about one task, for whoever has nothing but it. */

/** Who did something, as the event itself says. */
export type Done = {
  position: number;
  on: Day;
  recordedAt: string;
  by: string | null;
  unit: string | null;
  actingFor: string | null;
  role: string | null;
  channel: string | null;
};

/** Who was named from a day on, by which event. */
export type RolesFrom = Done & {
  through: string;
  roles: readonly Assignment[];
  reportingLead: string | null;
  reason: string | null;
  paper: Paper | null;
};

/** What the office or a leader decided, with its reason and paper. */
export type DecisionTaken = Done & {
  type: string;
  n: number | null;
  reason: string | null;
  paper: Paper | null;
  data: JsonObject;
};

export type Attached = Done & { evidence: Evidence; to: string; n: number | null };

export type Trace = Done & {
  version: number;
  type: string;
  effectiveOn: Day;
  request: string | null;
  data: JsonObject;
  hash: string;
};

export type Message = Pick<
  ReminderRow,
  | 'id'
  | 'obligation'
  | 'kind'
  | 'subject'
  | 'stage'
  | 'stageKind'
  | 'recipient'
  | 'dueOn'
  | 'dueVersion'
  | 'issuedOn'
  | 'fate'
  | 'settledAt'
  | 'acknowledgedAt'
  | 'policy'
>;

export type NotSent = UnsentStage & {
  obligation: string;
  obligationKind: Obligation['kind'];
  subject: string;
};

export type Dossier = {
  id: string;
  today: Day;
  plan: {
    code: string;
    title: string;
    documentNumber: string | null;
    documentOn: Day | null;
    jurisdiction: string;
    office: string;
    issuedOn: Day | null;
    countsFrom: Day | null;
    approved: { by: string; on: Day; paper: Paper | null } | null;
  };
  task: Pick<
    Task,
    | 'code'
    | 'title'
    | 'clause'
    | 'commitment'
    | 'status'
    | 'reports'
    | 'completions'
    | 'extensions'
    | 'blockers'
    | 'suspensions'
    | 'receipts'
  > & { sections: readonly string[]; flags: Readonly<Record<string, boolean>> };
  findings: readonly { code: string; clause: string; note: string; waived: string | null }[];
  roles: readonly RolesFrom[];
  /** Units named that have become others since. */
  successions: readonly { unit: string; how: string; on: Day; into: readonly string[] }[];
  posts: readonly ({ post: string } & Post)[];
  dues: readonly DueVersion[];
  milestones: Task['milestones'];
  obligations: readonly (Obligation & { state: ObligationState })[];
  submissions: readonly ({ submission: string } & Submission)[];
  evidence: readonly Attached[];
  decisions: readonly DecisionTaken[];
  messages: { sent: readonly Message[]; notSent: readonly NotSent[] };
  lights: readonly LitFrom[];
  published: readonly PublishedLine[];
  events: readonly Trace[];
  record: { stream: string; version: number; position: number; hash: string };
  names: Readonly<Record<string, string>>;
};
