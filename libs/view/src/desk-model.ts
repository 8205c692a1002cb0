import { type Calendar, type Day } from '@duban/calendar';
import { type Obligation, type PlanLedger } from '@duban/ledger';
import { type Said } from '@duban/rollup';

/** The words of the office's desk: what waits for it, and what settles each. */

/** A command that settles something, as it is sent; `body` shows what it needs. */
export type Settling = { method: 'POST'; href: string; body: Readonly<Record<string, unknown>> };

/** One thing that waits. `dueOn`: null where no rule sets a day. `count`: how many it stands for. */
export type DeskItem = {
  subject: string;
  plan: string;
  title: string;
  units: readonly string[];
  note: string | null;
  since: Day;
  dueOn: Day | null;
  overdue: boolean;
  count: number;
  href: string;
  settle: readonly Settling[];
};

export type DeskQueue = {
  queue: string;
  title: Said;
  count: number;
  overdue: number;
  items: readonly DeskItem[];
};

/** `names`: what units are called today, by key. */
export type Desk = {
  today: Day;
  plans: readonly { plan: string; title: string }[];
  count: number;
  overdue: number;
  queues: readonly DeskQueue[];
  names: Readonly<Record<string, string>>;
};

/** What a queue is found in: one plan as it stands, and all that is owed under it. */
export type Waiting = {
  ledger: PlanLedger;
  obligations: readonly Obligation[];
  today: Day;
  calendar: Calendar;
};

export type Found = Omit<DeskItem, 'overdue' | 'plan' | 'count'> & { count?: number };

/** One queue of the desk: its name in programs and for people, and what finds its items in a plan. */
export type QueueRule = { queue: string; title: Said; find: (waiting: Waiting) => Found[] };
