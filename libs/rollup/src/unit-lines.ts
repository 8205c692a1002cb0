import { periodStart } from '@duban/calendar';
import { holderOn, type PlanLedger } from '@duban/ledger';
import { type Role } from '@duban/task';
import { membersOn, nameOn, type UnitKind } from '@duban/unit';
import { type Area, type Duty } from './duties.js';
import {
  type Frame,
  type GroupLine,
  type RoleLine,
  type TaskLine,
  type Tally,
  type UnitLine,
} from './edition-model.js';
import { byCodePoint, countBy, distinct } from './order.js';
import { tally } from './tally.js';

/** What one unit owed and did, its tasks by role; every unit that holds a task or owes anything. Sorted by unit. */
export function unitLines(
  ledger: PlanLedger,
  tasks: readonly TaskLine[],
  duties: readonly Duty[],
  frame: Frame,
): UnitLine[] {
  const units = distinct([
    ...tasks.flatMap(task => task.units),
    ...duties.flatMap(({ obligation }) => obligation.holders),
  ]);
  const roles = rolesOf(ledger, tasks, frame);
  return units.map(unit => unitLine(ledger, unit, roles.get(unit) ?? new Map(), duties, frame));
}

function unitLine(
  ledger: PlanLedger,
  unit: string,
  roles: ReadonlyMap<Role, readonly TaskLine[]>,
  duties: readonly Duty[],
  frame: Frame,
): UnitLine {
  const own = duties.filter(({ obligation }) => obligation.holders.includes(unit));
  const of = (area: Area) => tally(own.filter(duty => duty.area === area));
  const areas = {
    delivery: of('delivery'),
    reporting: of('reporting'),
    receipts: of('supporting'),
    office: of('office'),
  };
  const total = Object.values(areas).reduce((sum, area: Tally) => sum + area.total, 0);
  if (total !== own.length) throw new Error(`${unit} owes ${own.length}, of which ${total} are counted`);
  const led = roles.get('lead') ?? [];
  return {
    unit,
    name: nameOf(ledger, unit, frame.judgedOn),
    level: levelOf(ledger.units.get(unit)?.kind),
    lead: roleLine(led),
    responsible: roleLine(roles.get('responsible') ?? []),
    supporting: { ...roleLine(roles.get('supporting') ?? []), receipts: areas.receipts },
    delivery: areas.delivery,
    reporting: areas.reporting,
    office: areas.office,
    total,
    extensions: extensionsOf(ledger, led, frame),
    selfReviewed: selfReviewsOf(ledger, unit, led, frame),
  };
}

/** A unit's tasks by role, each under the strongest one: who leads a task does not support it, too. */
function rolesOf(
  ledger: PlanLedger,
  tasks: readonly TaskLine[],
  { judgedOn }: Frame,
): Map<string, Map<Role, TaskLine[]>> {
  const all = new Map<string, Map<Role, TaskLine[]>>();
  for (const line of tasks) {
    for (const [unit, role] of strongestRoles(ledger, line.id, judgedOn)) {
      const own = all.get(unit) ?? new Map<Role, TaskLine[]>();
      all.set(unit, own.set(role, [...(own.get(role) ?? []), line]));
    }
  }
  return all;
}

const strength: readonly Role[] = ['supporting', 'responsible', 'lead'];

/** Who is named in the task on the day, each with the strongest of its roles. */
export function strongestRoles(ledger: PlanLedger, task: string, day: string): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const { holder, isGroup, role } of ledger.tasks.get(task)?.roles ?? []) {
    const group = isGroup ? ledger.groups.get(holder) : undefined;
    const named = isGroup ? (group ? membersOn(group, day) : []) : [holder];
    for (const unit of named.map(each => holderOn(ledger, each, day))) {
      const known = roles.get(unit);
      if (!known || strength.indexOf(role) > strength.indexOf(known)) roles.set(unit, role);
    }
  }
  return roles;
}

export function roleLine(tasks: readonly TaskLine[]): RoleLine {
  return {
    tasks: tasks.length,
    byStatus: countBy(tasks.map(({ status }) => status)),
    byLight: countBy(tasks.map(({ light }) => light.colour)),
  };
}

/** Extensions of these tasks that were granted within the quarter. */
export function extensionsOf(ledger: PlanLedger, tasks: readonly TaskLine[], { period, day }: Frame): number {
  const granted = tasks.flatMap(({ id }) => ledger.tasks.get(id)?.extensions ?? []);
  return granted.filter(
    ({ state, endedOn }) =>
      state === 'granted' && endedOn !== null && endedOn >= periodStart(period) && endedOn <= day,
  ).length;
}

/** Reviews of what the unit handed in that the unit itself made: only the plan's own office may, and it is marked. */
function selfReviewsOf(
  ledger: PlanLedger,
  unit: string,
  led: readonly TaskLine[],
  { judgedOn }: Frame,
): number {
  const completions = led.flatMap(({ id }) => ledger.tasks.get(id)?.completions ?? []);
  const submissions = [...ledger.submissions.values()].filter(
    ({ unit: by, selfReviewed }) => selfReviewed && holderOn(ledger, by, judgedOn) === unit,
  );
  const ownCompletions = completions.filter(
    ({ unit: by, selfReviewed }) => selfReviewed && holderOn(ledger, by, judgedOn) === unit,
  );
  return ownCompletions.length + submissions.length;
}

/** Levels are never compared with each other: a district is ranked among districts, a division among divisions. */
function levelOf(kind: UnitKind | undefined): string {
  if (kind === 'county' || kind === 'park') return 'district';
  return kind === 'division' ? 'division' : 'bureau';
}

export function nameOf(ledger: PlanLedger, id: string, day: string): string {
  const unit = ledger.units.get(id);
  if (unit) return nameOn(unit, day);
  return ledger.groups.get(id)?.name ?? id.slice(id.indexOf(':') + 1);
}

/** Each group that a task names: which of its members have handed in what they owed ("7 of 10"). */
export function groupLines(
  ledger: PlanLedger,
  tasks: readonly TaskLine[],
  duties: readonly Duty[],
  { judgedOn }: Frame,
): GroupLine[] {
  const named = new Map<string, string[]>();
  for (const { id } of tasks) {
    for (const { holder, isGroup } of ledger.tasks.get(id)?.roles ?? []) {
      if (isGroup) named.set(holder, [...(named.get(holder) ?? []), id]);
    }
  }
  const submissions = duties.filter(({ obligation }) => obligation.kind === 'submission');
  return [...named]
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([group, of]) => {
      const known = ledger.groups.get(group);
      const units = known ? membersOn(known, judgedOn).map(unit => holderOn(ledger, unit, judgedOn)) : [];
      const members = distinct(units).map(unit => ({
        unit,
        name: nameOf(ledger, unit, judgedOn),
        outcome: submissions.find(({ obligation }) => obligation.holders.includes(unit))?.outcome ?? null,
      }));
      const owing = submissions.filter(({ obligation }) =>
        members.some(({ unit }) => obligation.holders.includes(unit)),
      );
      const isIn = (unit: string) =>
        owing.some(
          ({ obligation, openOverdue, outcome }) =>
            obligation.holders.includes(unit) &&
            !openOverdue &&
            ['onTime', 'late', 'returned'].includes(outcome),
        );
      const asked = members.filter(({ outcome }) => outcome !== null);
      const handedIn = asked.filter(({ unit }) => isIn(unit)).length;
      return {
        group,
        name: nameOf(ledger, group, judgedOn),
        tasks: distinct(of),
        members,
        handedIn,
        of: asked.length,
      };
    });
}
