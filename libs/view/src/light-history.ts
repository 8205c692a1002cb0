import { addDays, type Calendar, type Day, nextPeriod, periodOf, periodStart } from '@duban/calendar';
import {
  type Light,
  LedgerBuilder,
  type Obligation,
  type PlanLedger,
  taskFactsOf,
  taskLight,
} from '@duban/ledger';
import { versionsOf } from '@duban/policy';

/** The light that a task had from a day on. */
export type LitFrom = Pick<Light, 'colour' | 'reason' | 'concern' | 'params' | 'events' | 'rule'> & {
  from: Day;
};

/** An event of a stream that the light rests on, with the day on which it was learnt. */
export type Learnt = { stream: string; event: { type: string }; on: Day };

const mostDays = 5000;

/**
 * Every light that a task has had, each judged on what was known at the end of its day. A light changes when something
 * is learnt or when a day passes on which something was due; other days are not looked at.
 * @param known the units, groups and policies, whose folds tell of each day by themselves
 * @param learnt the events of the plan, the task, its rounds and indicators, in the order of the log
 */
export function lightHistory(
  known: Pick<PlanLedger, 'id' | 'units' | 'groups' | 'policies'>,
  task: string,
  learnt: readonly Learnt[],
  today: Day,
  calendar: Calendar,
): LitFrom[] {
  const builder = new LedgerBuilder();
  for (const [id, unit] of known.units) builder.put(`unit-${id}`, unit);
  for (const [id, group] of known.groups) builder.put(`group-${id}`, group);
  for (const [kind, policy] of known.policies) builder.put(`policy-${kind}`, policy);
  const lights: LitFrom[] = [];
  const days = [...new Set(learnt.map(({ on }) => on))];
  for (const [index, day] of days.entries()) {
    for (const { stream, event } of learnt.filter(({ on }) => on === day)) builder.apply(stream, event);
    const ledger = builder.ledger(known.id);
    const until = days[index + 1] ?? addDays(today, 1);
    if (!ledger?.tasks.get(task)?.issuedOn) continue;
    for (const on of daysToLookAt(ledger, task, day, until, calendar))
      add(lights, lightOn(ledger, task, on, calendar));
  }
  return lights;
}

function lightOn(ledger: PlanLedger, task: string, day: Day, calendar: Calendar): LitFrom | null {
  const moment = { day, knownOn: day, period: periodOf(day, 'quarter') };
  const facts = taskFactsOf(ledger, moment, calendar).get(task);
  if (!facts) return null;
  const { colour, reason, concern, params, events, rule } = taskLight(facts, moment, calendar);
  return { from: day, colour, reason, concern, params, events, rule };
}

/** The first day, and those until the next event on which something falls due, ends or becomes known by itself. */
function daysToLookAt(ledger: PlanLedger, task: string, from: Day, until: Day, calendar: Calendar): Day[] {
  const moment = { day: from, knownOn: from, period: periodOf(from, 'quarter') };
  const facts = taskFactsOf(ledger, moment, calendar).get(task);
  const owed = facts?.obligations.flatMap(turningDays) ?? [];
  const quarters: Day[] = [];
  for (let each = nextPeriod(periodOf(from, 'quarter')); periodStart(each) < until; each = nextPeriod(each)) {
    if (quarters.length >= mostDays) break;
    quarters.push(periodStart(each));
  }
  const adopted = versionsOf(ledger.policies, 'light').flatMap(version => version.from ?? []);
  const days = [from, ...owed, ...quarters, ...adopted].filter(day => day >= from && day < until);
  return [...new Set(days)].sort();
}

function turningDays({ due, tolled, availableOn }: Obligation): Day[] {
  return [
    addDays(due.on, 1),
    addDays(due.countsFrom, 1),
    ...(tolled ? [addDays(tolled.until, 1)] : []),
    ...(availableOn ? [availableOn] : []),
  ];
}

function add(lights: LitFrom[], next: LitFrom | null): void {
  const last = lights.at(-1);
  const isSame = last?.colour === next?.colour && last?.reason === next?.reason && last?.rule === next?.rule;
  if (next && !isSame) lights.push(next);
}
