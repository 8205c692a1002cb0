import type { Calendar } from '@duban/calendar';

export type ActorRole = 'office' | 'unit' | 'leader' | 'scheduler' | 'auditor' | 'admin';

/** What lies open together: these units under these plans. All units of the plans when `units` is left out. */
export type Scope = { plans: readonly string[]; units?: readonly string[] };

/**
 * Who acts. A machine may act for a unit or a person, and a person for another who lets it: then `actingFor` names whom,
 * and role, unit and rows are theirs.
 */
export interface Actor {
  id: string;
  kind: 'person' | 'machine';
  role: ActorRole;
  /** The unit that the actor belongs to, as its natural key. */
  unit?: string;
  /** Units that the actor may see and act for; all of them when left out and the role allows it. */
  units?: readonly string[];
  /** Plans that the actor may see and act in, by code. */
  plans?: readonly string[];
  /** Of a leader who is in charge of other units under one plan than under another: which of them belong together. */
  scopes?: readonly Scope[];
  actingFor?: string;
}

/** What surrounds a decision. Read once at the edge, so that everything decided in one request sees one moment. */
export interface Context {
  /** The instant in UTC with milliseconds. */
  now: string;
  /** The calendar day of `now` in the plan's zone, such as `2023-07-15`. */
  today: string;
  calendar: Calendar;
  actor: Actor;
}
