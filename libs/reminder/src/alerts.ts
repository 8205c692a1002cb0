import { type Calendar, type Day, type Period, periodOf } from '@duban/calendar';
import {
  type IndicatorLight,
  indicatorLights,
  isOverdueOn,
  type Light,
  type Moment,
  type Obligation,
  type ObligationKind,
  obligationState,
  type PlanLedger,
  taskLights,
} from '@duban/ledger';
import { type PlanDuties } from './live-obligations.js';

const decided = [
  'extension_decision',
  'contest_decision',
  'review',
  'assign_lead',
] as const satisfies readonly ObligationKind[];
const isDecision = (kind: ObligationKind): kind is (typeof decided)[number] =>
  (decided as readonly ObligationKind[]).includes(kind);

/** Something that somebody has to decide before the holder can go on. */
export type Decision = {
  kind: (typeof decided)[number] | 'blocker';
  note: string | null;
  by: readonly string[];
  since: Day;
  dueOn: Day | null;
};

/** One thing that is overdue: who owes it, how late, why its light is what it is, what is to be decided. */
export type Overdue = {
  obligation: string;
  plan: string;
  kind: ObligationKind;
  subject: string;
  title: string;
  period: string | null;
  holders: readonly string[];
  dueOn: Day;
  originalDueOn: Day;
  workdaysLate: number;
  light: Light | null;
  decisions: readonly Decision[];
};

/** Everything overdue under one plan today, the latest first. */
export function overdueIn({ ledger, today, calendar, byId }: PlanDuties): Overdue[] {
  const all = [...byId.values()];
  // Whether an edition was read is the office's to look at, no alarm.
  const late = all.filter(each => each.kind !== 'edition_receipt' && isOverdueOn(each, today));
  if (late.length === 0) return [];
  const lights = new LightsByPeriod(ledger, today, calendar, all);
  return late
    .map(({ id, plan, kind, subject, title, period, holders, due }) => ({
      ...{ obligation: id, plan, kind, subject, title, period, holders },
      dueOn: due.on,
      originalDueOn: due.original,
      workdaysLate: Math.max(calendar.workdaysBetween(due.countsFrom, today), 0),
      light: lights.of(period).get(thingOf(subject)) ?? null,
      decisions: decisionsOn(thingOf(subject), ledger, all, today),
    }))
    .sort((a, b) => b.workdaysLate - a.workdaysLate || (a.obligation < b.obligation ? -1 : 1));
}

/** Lights of tasks and indicators by key, for the period that something is owed for: what is missing of it is red. */
class LightsByPeriod {
  private readonly known = new Map<Period, ReadonlyMap<string, Light>>();

  constructor(
    private readonly ledger: PlanLedger,
    private readonly today: Day,
    private readonly calendar: Calendar,
    private readonly obligations: readonly Obligation[],
  ) {}

  /** Null: of the quarter of today. */
  of(asked: Period | null): ReadonlyMap<string, Light> {
    const period = asked ?? periodOf(this.today, 'quarter');
    const lights = this.known.get(period) ?? this.lightsOf(period);
    this.known.set(period, lights);
    return lights;
  }

  private lightsOf(period: Period): Map<string, Light> {
    const moment: Moment = { day: this.today, knownOn: this.today, period };
    const indicators = indicatorLights(this.ledger, moment, this.calendar, this.obligations);
    const ofIndicators = [...indicators].map(
      ([id, { light }]: [string, IndicatorLight]) => [id, light] as const,
    );
    return new Map([...taskLights(this.ledger, moment, this.calendar), ...ofIndicators]);
  }
}

function decisionsOn(
  thing: string,
  ledger: PlanLedger,
  obligations: readonly Obligation[],
  today: Day,
): Decision[] {
  const owed = obligations.flatMap(({ kind, subject, holders, openedOn, due, ...rest }): Decision[] => {
    if (!isDecision(kind)) return [];
    const isOpen = obligationState({ kind, subject, holders, openedOn, due, ...rest }, today) === 'open';
    if (!isOpen || thingOf(subject) !== thing) return [];
    return [{ kind, note: null, by: holders, since: openedOn, dueOn: due.on }];
  });
  const blockers = (ledger.tasks.get(thing)?.blockers ?? []).filter(({ clearedOn }) => clearedOn === null);
  return [
    ...owed,
    ...blockers.map(({ note, on }): Decision => ({
      kind: 'blocker',
      note,
      by: [ledger.plan.office],
      since: on,
      dueOn: null,
    })),
  ];
}

/** What a subject is about: a milestone `004:3.1/m1` is about its task. */
function thingOf(subject: string): string {
  return subject.split('/')[0] ?? subject;
}
