import { type Watermark } from '@duban/bulletin';
import { type Calendar, type Day, type Period, periodEnd } from '@duban/calendar';
import {
  calendarOf,
  type Colour,
  indicatorLights,
  type Moment,
  obligationsOf,
  type PlanLedger,
  taskFactsOf,
} from '@duban/ledger';
import { inForce } from '@duban/policy';
import { decisionsOf, mostDecisions } from './decisions.js';
import { type Duty, dutiesOf } from './duties.js';
import {
  type Edition,
  type Frame,
  type SectionLine,
  type TaskLine,
  type Restated,
  type Warning,
} from './edition-model.js';
import { exceptionsOf } from './exceptions.js';
import { exchangeLines } from './exchange-lines.js';
import { indicatorLines } from './indicator-lines.js';
import { countBy, distinct } from './order.js';
import { rankingOf } from './ranking.js';
import { tally } from './tally.js';
import { taskLines } from './task-lines.js';
import { extensionsOf, groupLines, nameOf, roleLine, unitLines } from './unit-lines.js';

/**
 * `cutoffOn`: the day up to which facts were known (the day the round was closed; today while it is open). `warnings`: the
 * messages issued up to the closing. `earlier`: the edition of the quarter before, to tell what turned red. `restated`: which
 * edition of this quarter it takes the place of. `judgedOn`: the day on which the clocks stopped; the cutoff if absent.
 */
export type EditionInput = {
  period: Period;
  cutoffOn: Day;
  judgedOn?: Day;
  warnings?: readonly Warning[];
  earlier?: Pick<Edition, 'tasks' | 'indicators'> | null;
  restated?: Restated;
};

/**
 * The edition of a quarter, from the ledger folded up to the cutoff: facts known by then and about days up to the end of
 * the quarter, each figure judged at that end; beside it what has happened since. Pure: the same ledger gives the same
 * edition on any server.
 */
export function editionOf(ledger: PlanLedger, input: EditionInput, base: Calendar): Edition {
  const calendar = calendarOf(ledger, base);
  const frame = frameOf(input);
  const round = ledger.rounds.get(`${ledger.id}:${input.period}`);
  const obligations = obligationsOf(ledger, frame.judgedOn, calendar);
  const moment = momentOf(frame);
  const facts = taskFactsOf(ledger, moment, calendar, obligations);
  const lights = indicatorLights(ledger, moment, calendar, obligations);
  const tasks = taskLines(ledger, facts, frame, calendar, coloursOf(input.earlier?.tasks));
  const indicators = indicatorLines(ledger, lights, obligations, frame, coloursOf(input.earlier?.indicators));
  // A period that was over before the plan was issued is shown, and nobody owes anything for it.
  const duties = round?.backfill ? [] : dutiesOf(ledger, obligations, frame, calendar);
  const units = unitLines(ledger, tasks, duties, frame);
  const exceptions = exceptionsOf(ledger, tasks, indicators, obligations, input.warnings ?? [], frame);
  const asked = round?.backfill ? [] : decisionsOf(ledger, tasks, indicators, obligations, frame, calendar);
  const of = (...areas: Duty['area'][]) => tally(duties.filter(({ area }) => areas.includes(area)));
  return {
    ...headOf(ledger, frame, calendar, input.restated),
    counts: {
      tasks: tasks.length,
      byStatus: countBy(tasks.map(({ status }) => status)),
      byLight: countBy(tasks.map(({ light }) => light.colour)),
      indicators: indicators.length,
      indicatorsByLight: countBy(indicators.map(({ light }) => light.colour)),
      turnedRed: exceptions.filter(({ colour, before }) => colour === 'red' && before !== 'red').length,
      extensions: extensionsOf(ledger, tasks, frame),
      returns: duties.reduce((sum, { returns }) => sum + returns, 0),
    },
    duties: { delivery: of('delivery'), reporting: of('reporting', 'supporting'), office: of('office') },
    sections: sectionLines(ledger, tasks, duties),
    units,
    groups: groupLines(ledger, tasks, duties, frame),
    ranking: round?.backfill ? null : rankingOf(ledger, units, duties, frame.day),
    tasks,
    indicators,
    exceptions,
    decisions: asked.slice(0, mostDecisions),
    furtherDecisions: asked.slice(mostDecisions),
    ...exchangeLines(ledger, frame),
    ...(input.restated && { restated: input.restated }),
  };
}

/** The quarter's end or, while it lasts, the day up to which facts are known. */
export function frameOf({ period, cutoffOn, judgedOn = cutoffOn }: EditionInput): Frame {
  const end = periodEnd(period);
  return { period, cutoffOn, judgedOn, day: end < judgedOn ? end : judgedOn };
}

/** The moment at which lights are judged in the frame. */
export function momentOf({ day, cutoffOn, judgedOn, period }: Frame): Moment {
  return { day, knownOn: cutoffOn, judgedOn, period };
}

function headOf(
  ledger: PlanLedger,
  { period, day, cutoffOn, judgedOn }: Frame,
  calendar: Calendar,
  restated: Restated | undefined,
) {
  const { id, plan } = ledger;
  const round = ledger.rounds.get(`${id}:${period}`);
  const isClosed = round?.status === 'closed';
  const watermarks: Watermark[] = [
    ...(isClosed ? [] : (['provisional'] as const)),
    ...(round?.backfill ? (['backfill'] as const) : []),
    ...(restated ? (['restated'] as const) : []),
  ];
  return {
    plan: id,
    title: plan.title,
    jurisdiction: plan.jurisdiction,
    office: plan.office,
    period,
    day,
    cutoffOn,
    watermarks,
    rules: { ...rulesOn(ledger, day), calendar: calendar.version },
    names: namesIn(ledger, judgedOn),
    closing: isClosed ? { accepted: [...round.accepted].sort(), reason: round.closeReason } : null,
    findings: plan.findings.map(({ code, subject, clause, note, waived }) => ({
      code,
      subject,
      clause,
      note,
      waived,
    })),
  };
}

/** The policies in force on the day judged, each as kind@version. */
export function rulesOn({ policies }: PlanLedger, day: Day) {
  const light = inForce(policies, 'light', day);
  return {
    light: light.name,
    attainment: `attainment@${light.version}`, // its thresholds are the light's
    score: inForce(policies, 'score', day).name,
    round: inForce(policies, 'round', day).name,
    date: inForce(policies, 'date', day).name,
  };
}

function namesIn(ledger: PlanLedger, day: Day): Record<string, string> {
  const ids = distinct([...ledger.units.keys(), ...ledger.groups.keys()]);
  return Object.fromEntries(ids.map(id => [id, nameOf(ledger, id, day)]));
}

function coloursOf(
  lines: readonly { id: string; light: { colour: Colour } }[] | undefined,
): Map<string, Colour> {
  return new Map((lines ?? []).map(({ id, light }) => [id, light.colour]));
}

/** In the order of the document; tasks outside any section come last. */
function sectionLines(
  { plan }: PlanLedger,
  tasks: readonly TaskLine[],
  duties: readonly Duty[],
): SectionLine[] {
  const sections = [...plan.sections, { code: null, title: '' }];
  return sections.flatMap(({ code, title }) => {
    const own = tasks.filter(({ section }) => section === code);
    if (own.length === 0) return [];
    const ids = new Set(own.map(({ id }) => id));
    const owed = duties.filter(({ obligation }) => ids.has(obligation.subject.split('/')[0] ?? ''));
    return [{ section: code, title, ...roleLine(own), duties: tally(owed) }];
  });
}
