import { type Day, type Period, periodEnd } from '@duban/calendar';
import { availabilityOf, type Indicator, periodsOf } from '@duban/indicator';
import { dueOn, type Round, type RosterEntry } from '@duban/round';
import { leadsOf, reportingLeadOf, type Task } from '@duban/task';
import { membersOn } from '@duban/unit';
import { excusedBy } from './excused.js';
import { holderOn, holdersOn, type PlanLedger } from './plan-ledger.js';
import { isHorizonPast, isPastTask } from './silence.js';

/**
 * Who is asked for what when the round opens, frozen from then on. Leads report on their tasks; members of groups hand
 * in one submission that lists their tasks; a unit that is named and is a member too stands here once. A round that wants
 * a summary asks every lead and responsible unit for a submission. Supporting units are not asked. Sorted by unit.
 * A round with a scope asks about its tasks alone, and about the indicators that are linked to them.
 */
export function rosterOf(ledger: PlanLedger, round: Round, day: Day): RosterEntry[] {
  const roster = new Roster(ledger, round, day);
  for (const [id, task] of ledger.tasks)
    if (isAsked(ledger, task) && isInScope(round, [id])) roster.addTask(id, task);
  for (const [id, indicator] of ledger.indicators) {
    const period = indicator.exemptedOn ? null : periodWanted(indicator, round);
    if (period && isWantedWith(ledger, round, indicator, period)) roster.addIndicator(id, indicator);
  }
  return roster.entries();
}

/** A figure that is published after the round's due day is owed then, and cannot be part of what is handed in now. */
function isWantedWith(ledger: PlanLedger, round: Round, indicator: Indicator, period: Period): boolean {
  return !isHorizonPast(ledger, indicator) && availabilityOf(indicator, period) <= dueOn(round);
}

/** The period of the indicator that ends with the round's period, or null when the round wants no figure of it. */
export function periodWanted(indicator: Indicator, round: Pick<Round, 'period' | 'scope'>): string | null {
  const tasks = indicator.links.flatMap(({ task }) => task ?? []);
  if (!isInScope(round, tasks)) return null;
  const end = periodEnd(round.period);
  return periodsOf(indicator, Number(end.slice(0, 4))).find(period => periodEnd(period) === end) ?? null;
}

function isInScope({ scope }: Pick<Round, 'scope'>, tasks: readonly string[]): boolean {
  return !scope || tasks.some(task => scope.includes(task));
}

function isAsked(ledger: PlanLedger, task: Task): boolean {
  if (task.issuedOn === null || task.exemptedOn || isPastTask(ledger, task)) return false;
  return !['accepted', 'closed', 'cancelled'].includes(task.status);
}

class Roster {
  private readonly byUnit = new Map<
    string,
    { tasks: string[]; leads: string[]; indicators: string[]; member: boolean }
  >();

  constructor(
    private readonly ledger: PlanLedger,
    private readonly round: Round,
    private readonly day: Day,
  ) {}

  addTask(id: string, task: Task): void {
    const leads = holdersOn(this.ledger, leadsOf(task), this.day);
    for (const lead of leads) this.entry(lead).leads.push(id);
    for (const { holder, isGroup, role } of task.roles) {
      if (role === 'supporting') continue;
      if (isGroup) this.addMembers(holder, id, task, leads);
      else if (role === 'responsible' && this.round.summary) this.list(this.entry(holder), id);
    }
    const reporting = reportingLeadOf(task);
    if (reporting && this.round.summary) this.list(this.entry(reporting.unit), id);
  }

  addIndicator(id: string, indicator: Indicator): void {
    for (const provider of holdersOn(this.ledger, indicator.providers, this.day))
      this.entry(provider).indicators.push(id);
  }

  entries(): RosterEntry[] {
    return [...this.byUnit]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([unit, { tasks, leads, indicators, member }]) => ({
        unit,
        tasks,
        leads,
        indicators,
        owesSubmission: !this.round.backfill && (member || (this.round.summary && tasks.length > 0)),
      }));
  }

  /** A member that leads the task reports on it as its lead, once; one that was taken off it does not. */
  private addMembers(group: string, id: string, task: Task, leads: readonly string[]): void {
    const named = this.ledger.groups.get(group);
    if (!named) return;
    const members = membersOn(named, this.day).filter(each => !excusedBy(this.ledger, task, each));
    for (const member of holdersOn(this.ledger, members, this.day)) {
      if (leads.includes(member)) continue;
      const entry = this.entry(member);
      entry.member = true;
      this.list(entry, id);
    }
  }

  private list(entry: { tasks: string[] }, task: string): void {
    if (!entry.tasks.includes(task)) entry.tasks.push(task);
  }

  private entry(unit: string) {
    const holder = holderOn(this.ledger, unit, this.day);
    const known = this.byUnit.get(holder) ?? { tasks: [], leads: [], indicators: [], member: false };
    this.byUnit.set(holder, known);
    return known;
  }
}
