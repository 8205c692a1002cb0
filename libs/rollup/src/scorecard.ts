import { type Calendar, type Day, type Period } from '@duban/calendar';
import {
  calendarOf,
  type Colour,
  holdersOn,
  type IndicatorLight,
  indicatorLights,
  obligationsOf,
  type PlanLedger,
  taskFactsOf,
} from '@duban/ledger';
import { type Duty, dutiesOf } from './duties.js';
import { frameOf, momentOf, rulesOn } from './edition.js';
import { type Frame, type Ranking, type RankLine, type Tally } from './edition-model.js';
import { countBy } from './order.js';
import { rankingOf } from './ranking.js';
import { tally } from './tally.js';
import { taskLines } from './task-lines.js';
import { strongestRoles, unitLines } from './unit-lines.js';

/**
 * What a duty was owed as. lead: tasks, milestones, reports, receipts and answers to leaders about what the unit leads.
 * responsible: receipts and such answers about what it takes part in. submissions: what it hands in for a round. provider: figures that it supplies. supporting:
 * receipts of what it only supports, contributions to others' reports. office: what the supervision office owes itself.
 */
export const scoreParts = ['lead', 'responsible', 'submissions', 'provider', 'supporting', 'office'] as const;
export type ScorePart = (typeof scoreParts)[number];

/** An indicator that the unit answers for, as it was judged: attainment is the owner's, a missing figure is not. */
export type OwnedIndicator = {
  id: string;
  title: string;
  colour: Colour;
  reason: string;
  params: IndicatorLight['light']['params'];
  rule: string;
};

/** What a unit owed in a quarter of one plan, and what became of it. `parts` and `inherited` add up to `total`. */
export type QuarterScore = {
  plan: string;
  title: string;
  period: Period;
  cutoffOn: Day;
  closed: boolean;
  parts: Readonly<Record<ScorePart, Tally>>;
  inherited: Tally; // passed on by a merger, whatever the part
  total: Tally;
  owned: { n: number; byLight: Readonly<Record<string, number>>; indicators: readonly OwnedIndicator[] };
  provides: number; // indicators whose figure the unit supplies
  ranking: UnitRank | null;
  rules: { score: string; light: string };
};

/** The unit's place among those of its level in its jurisdiction; null: too few duties, or none ranked. */
export type UnitRank = RankLine & {
  rank: number | null;
  of: number;
  level: string;
  jurisdiction: string;
  minimum: number;
  rule: string;
};

/** Everything that the scores of one quarter of one plan are read from, whichever unit is asked for. */
export type JudgedQuarter = {
  ledger: PlanLedger;
  frame: Frame;
  closed: boolean;
  duties: readonly Duty[];
  lights: ReadonlyMap<string, IndicatorLight>;
  ranking: Ranking | null;
};

/** Judges a quarter of a plan as its edition does: facts known at the cutoff, states as of the end of the quarter. */
export function judgedQuarter(
  ledger: PlanLedger,
  input: { period: Period; cutoffOn: Day },
  base: Calendar,
): JudgedQuarter {
  const calendar = calendarOf(ledger, base);
  const frame = frameOf(input);
  const round = ledger.rounds.get(`${ledger.id}:${input.period}`);
  const obligations = obligationsOf(ledger, frame.judgedOn, calendar);
  const moment = momentOf(frame);
  const facts = taskFactsOf(ledger, moment, calendar, obligations);
  const duties = round?.backfill ? [] : dutiesOf(ledger, obligations, frame, calendar);
  const units = unitLines(ledger, taskLines(ledger, facts, frame, calendar, new Map()), duties, frame);
  return {
    ledger,
    frame,
    closed: round?.status === 'closed',
    duties,
    lights: indicatorLights(ledger, moment, calendar, obligations),
    ranking: round?.backfill ? null : rankingOf(ledger, units, duties, frame.day),
  };
}

/**
 * The score of one unit. What joint leads owe counts for each of them.
 * @throws Error when the parts do not add up to the total: a figure that nobody could defend is never shown
 */
export function scoreOf(judged: JudgedQuarter, unit: string): QuarterScore {
  const { ledger, frame, closed, duties } = judged;
  const own = duties.filter(({ obligation }) => obligation.holders.includes(unit));
  const direct = own.filter(({ obligation }) => !obligation.inherited);
  const ofPart = (part: ScorePart) => tally(direct.filter(duty => partOf(ledger, unit, duty) === part));
  const parts = Object.fromEntries(scoreParts.map(part => [part, ofPart(part)])) as QuarterScore['parts'];
  const inherited = tally(own.filter(({ obligation }) => obligation.inherited));
  const total = tally(own);
  const { score, light } = rulesOn(ledger, frame.day);
  const counted = Object.values(parts).reduce((sum, part) => sum + part.total, inherited.total);
  if (counted !== total.total)
    throw new Error(`${unit} owes ${total.total}, of which ${counted} are counted`);
  return {
    ...{ plan: ledger.id, title: ledger.plan.title, period: frame.period, cutoffOn: frame.cutoffOn, closed },
    ...{ parts, inherited, total },
    owned: ownedBy(judged, unit),
    provides: [...ledger.indicators.values()].filter(({ providers }) =>
      holdersOn(ledger, providers, frame.cutoffOn).includes(unit),
    ).length,
    ranking: rankOf(judged, unit),
    rules: { score, light },
  };
}

function partOf(ledger: PlanLedger, unit: string, { area, obligation }: Duty): ScorePart {
  const { kind, subject, openedOn } = obligation;
  if (area === 'office') return 'office';
  if (area === 'supporting') return 'supporting';
  if (kind === 'submission') return 'submissions';
  if (kind === 'value') return 'provider';
  if (kind !== 'receipt' && kind !== 'instruction') return 'lead';
  return strongestRoles(ledger, subject, openedOn).get(unit) === 'lead' ? 'lead' : 'responsible';
}

function ownedBy({ ledger, frame, lights }: JudgedQuarter, unit: string): QuarterScore['owned'] {
  const own = [...ledger.indicators].filter(([, { owners }]) =>
    holdersOn(ledger, owners, frame.cutoffOn).includes(unit),
  );
  const indicators = own.flatMap(([id, { title }]): OwnedIndicator[] => {
    const judged = lights.get(id);
    if (!judged) return [];
    const { colour, reason, params, rule } = judged.light;
    return [{ id, title, colour, reason, params, rule: judged.attainment ? attainmentOf(judged) : rule }];
  });
  return { n: indicators.length, byLight: countBy(indicators.map(({ colour }) => colour)), indicators };
}

function attainmentOf({ attainment, light }: IndicatorLight): string {
  return attainment ? `attainment@${attainment.rule.version}` : light.rule;
}

function rankOf({ ranking }: JudgedQuarter, unit: string): UnitRank | null {
  for (const { level, ranked, tooFew } of ranking?.tables ?? []) {
    const placed = ranked.find(line => line.unit === unit);
    const line = placed ?? tooFew.find(each => each.unit === unit);
    if (!ranking || !line) continue;
    const { jurisdiction, minimum, rule } = ranking;
    return { ...line, rank: placed?.rank ?? null, of: ranked.length, level, jurisdiction, minimum, rule };
  }
  return null;
}
