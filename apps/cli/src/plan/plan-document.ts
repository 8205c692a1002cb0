import { type Calendar } from '@duban/calendar';
import { type Indicator, type TargetVersion } from '@duban/indicator';
import {
  type IndicatorLight,
  indicatorLights,
  type Light,
  type Moment,
  obligationsOf,
  type PlanLedger,
  taskLights,
} from '@duban/ledger';
import { dueOn, type Round } from '@duban/round';
import { currentDue, flagsOf, originalDue, reportingLeadOf, type Role, type Task } from '@duban/task';
import { nameOn } from '@duban/unit';

/** The whole ledger of one plan at a moment, in the words of its readers: what `duban plan show --json` prints. */
export type PlanDocument = ReturnType<typeof planDocument>;
export type TaskLine = PlanDocument['tasks'][number];
export type IndicatorLine = PlanDocument['indicators'][number];
export type RoundLine = PlanDocument['rounds'][number];

/** Everything that is known of the plan; lights are judged at the moment, each with its reason and rule. */
export function planDocument(ledger: PlanLedger, moment: Moment, calendar: Calendar) {
  const { code, title, jurisdiction, documentNumber, documentOn, from, to, zone, office } = ledger.plan;
  const { status, issuedOn, countsFrom, sections, findings } = ledger.plan;
  const owed = obligationsOf(ledger, moment.knownOn, calendar);
  const ofTasks = taskLights(ledger, moment, calendar);
  const ofIndicators = indicatorLights(ledger, moment, calendar, owed);
  return {
    ...{ code, title, jurisdiction, documentNumber, documentOn, period: { from, to }, zone },
    office: named(ledger, office, moment),
    ...{ state: status, issuedOn, countsFrom, judgedOn: moment.day, quarter: moment.period },
    sections,
    tasks: [...ledger.tasks]
      .sort(inOrderOfCodes)
      .map(([id, task]) => taskLine(ledger, id, task, ofTasks.get(id), moment)),
    indicators: [...ledger.indicators]
      .sort(inOrderOfCodes)
      .map(([id, indicator]) => indicatorLine(ledger, id, indicator, ofIndicators.get(id), moment)),
    rounds: [...ledger.rounds].map(([id, round]) => roundLine(id, round)),
    findings,
  };
}

function taskLine(ledger: PlanLedger, id: string, task: Task, light: Light | undefined, moment: Moment) {
  const { code, section, title, clause, commitment, status } = task;
  const due = currentDue(task);
  const holders = (role: Role) =>
    task.roles
      .filter(each => each.role === role)
      .map(({ holder, isGroup, presumed }) => ({ ...named(ledger, holder, moment), isGroup, presumed }));
  return {
    ...{ id, code, section, title, clause, commitment },
    units: {
      lead: holders('lead'),
      responsible: holders('responsible'),
      supporting: holders('supporting'),
    },
    reportingLead: reportingLeadOf(task),
    due: due && { ...due, original: originalDue(task)?.on ?? due.on },
    milestones: task.milestones.map(({ code: each, title: name, dues, reachedOn }) => ({
      ...{ code: each, title: name, reachedOn },
      due: dues.at(-1)?.due ?? null,
    })),
    state: status,
    flags: flagsOf(task, moment.day),
    ...shown(light),
  };
}

function indicatorLine(
  ledger: PlanLedger,
  id: string,
  indicator: Indicator,
  judged: IndicatorLight | undefined,
  moment: Moment,
) {
  const { code, title, measure, source, direction, kind, annualOnly, frequency, lagDays } = indicator;
  const { owners, providers, providerMode, baselines, links, definition } = indicator;
  const units = (keys: readonly string[]) => keys.map(key => named(ledger, key, moment));
  return {
    ...{ id, code, name: title, unit: measure, source, direction, kind, annualOnly, frequency, lagDays },
    ...{ owners: units(owners), providers: units(providers), providerMode, definition, baselines },
    targets: currentTargets(indicator).map(target => targetLine(indicator, target)),
    links: links.map(({ task, section, clause }) => ({ task, section, clause })),
    period: judged?.period ?? null,
    actual: judged?.actual ?? null,
    planned: judged?.planned?.value ?? null,
    attainment: judged?.attainment?.ratio ?? null,
    ...shown(judged?.light),
  };
}

/** The version in force of each horizon, in the order in which the plan states them. */
function currentTargets({ targets }: Indicator): TargetVersion[] {
  const byHorizon = new Map(targets.map(target => [`${target.plan} ${target.horizon}`, target]));
  return [...byHorizon.values()];
}

function targetLine(indicator: Indicator, target: TargetVersion) {
  const { horizon, bound, floor, stretch, kind, commitment, forecast, words, clause, version } = target;
  const original = indicator.targets.find(
    each => each.plan === target.plan && each.horizon === horizon && each.version === 1,
  );
  return {
    ...{ horizon, bound, floor, stretch, kind: kind ?? indicator.kind, commitment, forecast, words, clause },
    version,
    originalFloor: original?.floor ?? floor,
  };
}

function roundLine(id: string, round: Round) {
  const { period, kind, evidence, summary, backfill, clause, scope, status, openedOn, closedOn } = round;
  return {
    ...{ id, period, kind, dueOn: dueOn(round), evidence, summary, backfill, scope: scope ?? null, clause },
    ...{ state: status, openedOn, closedOn, asked: round.roster.length },
  };
}

function shown(light: Light | undefined) {
  const { colour = 'none', reason = 'not_judged', since = null, params = {}, rule = null } = light ?? {};
  return { light: colour, reason, since, params, rule };
}

function named(ledger: PlanLedger, id: string, { day }: Moment): { id: string; name: string } {
  const unit = ledger.units.get(id);
  return { id, name: unit ? nameOn(unit, day) : (ledger.groups.get(id)?.name ?? id) };
}

/** `2.10` after `2.9`: as the document counts. */
function inOrderOfCodes(
  [, a]: readonly [string, { code: string }],
  [, b]: readonly [string, { code: string }],
) {
  return a.code.localeCompare(b.code, 'en', { numeric: true });
}
