import { type Bulletin, bulletinDecider } from '@duban/bulletin';
import { type Calendar, type Day } from '@duban/calendar';
import { announcedCalendar, holidayDecider, type Holidays } from '@duban/holiday';
import { type Indicator, indicatorDecider } from '@duban/indicator';
import { type Plan, planDecider } from '@duban/plan';
import { type Policies, type Policy, policyDecider } from '@duban/policy';
import { type Round, roundDecider, type Submission, submissionDecider } from '@duban/round';
import { type Task, taskDecider } from '@duban/task';
import {
  type Group,
  groupDecider,
  type Post,
  postDecider,
  successorOn,
  type Unit,
  unitDecider,
} from '@duban/unit';

/** Everything that one plan's duties, lights and figures are derived from: the folds of its streams, by natural key. */
export type PlanLedger = {
  id: string;
  plan: Plan;
  tasks: ReadonlyMap<string, Task>;
  indicators: ReadonlyMap<string, Indicator>;
  rounds: ReadonlyMap<string, Round>;
  submissions: ReadonlyMap<string, Submission>;
  bulletins: ReadonlyMap<string, Bulletin>; // by round
  units: ReadonlyMap<string, Unit>;
  groups: ReadonlyMap<string, Group>;
  posts: ReadonlyMap<string, Post>;
  policies: Policies; // the same for every plan
  holidays: Holidays | null; // as announced by then, beside the table that the build carries
};

/** The rules by category of stream: what folds a stored stream again, here and when the record is verified. */
export const deciders = {
  unit: unitDecider,
  group: groupDecider,
  post: postDecider,
  plan: planDecider,
  task: taskDecider,
  indicator: indicatorDecider,
  round: roundDecider,
  submission: submissionDecider,
  rollup: bulletinDecider,
  policy: policyDecider,
  calendar: holidayDecider,
} as const;

type Category = keyof typeof deciders;
// What is stored under a category was written by the rules of that category.
type Fold = { initial: unknown; evolve: (state: unknown, event: { type: string }) => unknown };
type States = Map<Category, Map<string, unknown>>;

/** `task-004:3.1` → category `task`, id `004:3.1`. */
export function splitStream(stream: string): { category: string; id: string } {
  const dash = stream.indexOf('-');
  return { category: stream.slice(0, dash), id: stream.slice(dash + 1) };
}

/** The plan that a stream belongs to, or null for units, groups, posts, policies, holidays and what is no part of a plan. */
export function planOfStream(stream: string): string | null {
  const { category, id } = splitStream(stream);
  if (category === 'plan') return id;
  if (!['task', 'indicator', 'round', 'submission', 'rollup'].includes(category)) return null;
  return id.slice(0, id.indexOf(':'));
}

/** Collects folds or events of streams and gives the ledger of any plan among them. */
export class LedgerBuilder {
  private readonly states: States = new Map(Object.keys(deciders).map(name => [name as Category, new Map()]));

  /** Takes the stored fold of one stream; streams of other categories are passed over. */
  put(stream: string, state: unknown): this {
    const { category, id } = splitStream(stream);
    this.states.get(category as Category)?.set(id, state);
    return this;
  }

  /** Folds one event into its stream's state. */
  apply(stream: string, event: { type: string }): this {
    const { category, id } = splitStream(stream);
    const folds = this.states.get(category as Category);
    if (!folds) return this;
    const { initial, evolve } = deciders[category as Category] as unknown as Fold;
    folds.set(id, evolve(folds.has(id) ? folds.get(id) : initial, event));
    return this;
  }

  plans(): string[] {
    return [...this.of<Plan>('plan').keys()].sort();
  }

  /** The ledger of one plan, or null when nothing is known of it. */
  ledger(planId: string): PlanLedger | null {
    const plan = this.of<Plan>('plan').get(planId);
    if (!plan) return null;
    const ofPlan = <S extends { plan: string }>(category: Category) =>
      this.of<S>(category, state => state.plan === planId);
    const ofPlace = <S extends { jurisdiction: string }>(category: Category) =>
      this.of<S>(category, state => state.jurisdiction === plan.jurisdiction);
    return {
      id: planId,
      plan,
      tasks: ofPlan<Task>('task'),
      indicators: ofPlan<Indicator>('indicator'),
      rounds: ofPlan<Round>('round'),
      submissions: ofPlan<Submission>('submission'),
      bulletins: ofPlan<Bulletin>('rollup'),
      units: ofPlace<Unit>('unit'),
      groups: ofPlace<Group>('group'),
      posts: ofPlace<Post>('post'),
      policies: this.of<Policy>('policy'),
      holidays: (this.states.get('calendar')?.get(plan.zone) as Holidays | undefined) ?? null,
    };
  }

  /** Sorted by key, so that whatever is derived comes in one order on every server. */
  private of<S>(category: Category, keep: (state: S) => boolean = () => true): Map<string, S> {
    const all = [...(this.states.get(category) ?? new Map<string, unknown>())] as [string, S | null][];
    const kept = all.filter((entry): entry is [string, S] => entry[1] !== null && keep(entry[1]));
    return new Map(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** The calendar as it was known when the ledger was read: a notice of holidays that came later is not in it. */
export function calendarOf({ holidays }: PlanLedger, base: Calendar): Calendar {
  return announcedCalendar(base, holidays);
}

/** The unit that answers today for the one that was named: itself, or whom it was merged into (duties of merged units pass on). */
export function holderOn(ledger: PlanLedger, named: string, day: Day): string {
  return successorOn(id => ledger.units.get(id) ?? null, named, day);
}

/** The same for several names; two leads that became one unit count once. */
export function holdersOn(ledger: PlanLedger, named: readonly string[], day: Day): string[] {
  return [...new Set(named.map(unit => holderOn(ledger, unit, day)))];
}
