import { type Calendar, parsePeriod } from '@duban/calendar';
import {
  type Attainment,
  type Figure,
  type Indicator,
  judgeIndicator,
  type Planned,
  targetFor,
  type TargetHistory,
  type Verdict,
} from '@duban/indicator';
import { inForce } from '@duban/policy';
import { clockOf, type Colour, light, type Light, type Moment, type Ruling } from './light-model.js';
import { isOverdueOn, type Obligation, obligationState } from './obligation.js';
import { type PlanLedger } from './plan-ledger.js';
import { periodWanted } from './roster.js';
import { isHorizonPast } from './silence.js';

/** An indicator at a moment: what was to be reached, what was, by which rule, and the colour with its reason. */
export type IndicatorLight = {
  id: string;
  period: string | null; // of the figure that the moment asks for: the year for annual figures, null when none is due
  figure: Figure | null;
  actual: number | null; // what is held against the plan: for a flow per period the sum of the year so far
  planned: Planned | null;
  target: TargetHistory | null; // of the year: as first set and as it stands
  attainment: Attainment | null;
  light: Light;
};

/** Every indicator of the plan at a moment, by key. */
export function indicatorLights(
  ledger: PlanLedger,
  moment: Moment,
  calendar: Calendar,
  obligations: readonly Obligation[],
): Map<string, IndicatorLight> {
  const owed = obligations.filter(({ kind }) => kind === 'value' || kind === 'rework');
  return new Map(
    [...ledger.indicators].map(([id, indicator]) => [
      id,
      indicatorLight(ledger, id, indicator, moment, owed),
    ]),
  );
}

/** One indicator at a moment. Only a figure that was asked for, could be known and is not there is missing. */
export function indicatorLight(
  ledger: PlanLedger,
  id: string,
  indicator: Indicator,
  moment: Moment,
  owed: readonly Obligation[],
): IndicatorLight {
  const period = periodWanted(indicator, moment);
  const year = String(parsePeriod(moment.period).year);
  const target = targetFor(indicator, ledger.id, year, { on: moment.knownOn });
  const bare = { id, period, figure: null, actual: null, planned: null, target, attainment: null };
  const { name: rule, version, content } = inForce(ledger.policies, 'light', moment.day);
  const lit = (ruling: Ruling) => ({ ...bare, light: { ...ruling, rule } });
  const exempt = indicator.exemptedOn;
  if (exempt && exempt <= moment.day) return lit(light('none', 'exempt', 'state', exempt));
  if (isHorizonPast(ledger, indicator)) return lit(light('none', 'horizon_past', 'state', null));
  if (!period) return lit(light('grey', 'not_due', 'state', null));
  const { figure, actual, planned, attainment } = judgeIndicator(indicator, ledger.id, period, {
    knownBy: moment.knownOn,
    rule: { version, ...content },
  });
  if (figure.value === null) {
    const own = owed.filter(({ subject, period: of }) => subject === id && of === period);
    return { ...lit(withoutValue(own, figure, moment)), figure };
  }
  return { ...lit(byVerdict(id, period, attainment)), figure, actual, planned, attainment };
}

function withoutValue(own: readonly Obligation[], figure: Figure, moment: Moment): Ruling {
  const clock = clockOf(moment);
  const overdue = own.filter(obligation => isOverdueOn(obligation, clock));
  const [first] = overdue;
  if (first) {
    const absent = [...new Set(overdue.flatMap(({ holders }) => holders))].join('、');
    const asked = own.filter(({ kind }) => kind === 'value').length;
    return light(
      'red',
      'value_missing',
      'missing_report',
      first.due.on,
      { due: first.due.on, absent, parts: figure.parts.length, of: asked },
      [first.openedBy],
    );
  }
  const awaited = own.find(obligation => obligationState(obligation, clock) === 'awaiting_publication');
  if (awaited) return light('grey', 'awaiting_publication', 'state', null, { due: awaited.availableOn });
  return light('grey', own.length > 0 ? 'not_yet' : 'not_asked', 'state', null);
}

const colours: Readonly<Record<Verdict, Colour>> = {
  met: 'green',
  on_track: 'green',
  behind: 'amber',
  far_behind: 'red',
  breach: 'red',
  not_due: 'grey',
  no_colour: 'grey',
};

function byVerdict(id: string, period: string, { verdict, reason, ratio, rule }: Attainment): Ruling {
  const params = { ratio, attainmentRule: `attainment@${rule.version}` };
  return light(colours[verdict], reason, 'quantity', null, params, [
    { stream: `indicator-${id}`, type: 'ValueReported', period },
  ]);
}
