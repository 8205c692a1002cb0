import { type NotedCorrection, type Watermark } from '@duban/bulletin';
import { parsePeriod, type Period } from '@duban/calendar';
import { type Counters, countersOf } from './counters.js';
import {
  type Edition,
  type ExceptionLine,
  type GroupLine,
  type IndicatorLine,
  type InstructionLine,
  type Ranking,
  type Restated,
  type SilentLine,
  type Tally,
} from './edition-model.js';
import { mostDecisions } from './decisions.js';
import { sorted } from './order.js';
import { type Said, saidBlocker, saidDecision, saidPost, saidReason, saidSince } from './sentences.js';

/** An edition as it goes on the page: with its number, and what was corrected since. */
export type CurrentEdition = {
  id: string;
  n: number | null;
  edition: Edition;
  corrections: readonly NotedCorrection[]; // what it does not know of
};

/** A red or amber thing, told in whole: what, whose, why, since when, who was warned, what has happened since. */
export type QuarterItem = {
  subject: string;
  code: string;
  kind: 'task' | 'indicator';
  title: string;
  units: readonly string[];
  colour: ExceptionLine['colour'];
  isNew: boolean;
  reason: Said & { code: string };
  amount: string | null; // of an indicator: actual, planned and share
  concern: ExceptionLine['concern'];
  since: string | null;
  warned: { count: number; latest: readonly { on: string; stage: string; to: Said }[] };
  blockedBy: readonly string[];
  sinceThen: readonly (Said & { on: string })[];
  told: readonly Told[]; // what the leader was told of it before, and when
  rule: string;
};

/** A message about a task or indicator that went to the leader in charge. */
export type Told = { subject: string; on: string; stage: string; kind: 'reminder' | 'escalation' };

export type QuarterDecision = {
  kind: string;
  subject: string;
  code: string;
  title: string;
  units: readonly string[];
  since: string | null;
  asks: Said;
};

export type QuarterFigure = Omit<IndicatorLine, 'light' | 'owners' | 'providers' | 'parts'> & {
  owners: readonly string[];
  providers: readonly string[];
  parts: { in: number; of: number; absent: readonly string[] } | null;
  colour: IndicatorLine['light']['colour'];
  reason: Said & { code: string };
  rule: string;
};

export type QuarterPlan = {
  id: string;
  plan: string;
  n: number | null;
  title: string;
  jurisdiction: string;
  office: string;
  cutoffOn: string;
  watermarks: readonly Watermark[];
  rules: Edition['rules'];
  counts: Edition['counts'];
  delivery: Tally;
  reporting: Tally;
  decisions: readonly QuarterDecision[];
  furtherDecisions: number;
  items: readonly QuarterItem[]; // red, then amber; what turned so this quarter first
  sections: readonly { title: string; tasks: number; byLight: Edition['counts']['byLight'] }[];
  figures: readonly QuarterFigure[];
  groups: readonly { name: string; handedIn: number; of: number; absent: readonly string[] }[];
  ranking: Ranking | null;
  closing: { accepted: readonly Said[]; reason: string | null } | null;
  restated: Restated | null;
  counters: Counters;
  corrections: readonly (NotedCorrection & { unitName: string | null })[];
  instructions: readonly InstructionLine[]; // with the names of units
  silent: readonly SilentLine[];
};

/**
 * A leader's page across plans: what is asked of him or her first, three questions at most whatever the number of plans,
 * then one plan in full and the others below it.
 */
export type Quarter = {
  period: Period;
  title: Said;
  asked: readonly (QuarterDecision & { plan: string })[];
  furtherAsked: number;
  plans: readonly QuarterPlan[];
};

/**
 * The page of a quarter from the current edition of each plan.
 * @param first the plan that is told first; the others follow by code
 * @param told what the leader was told before: beside the edition, never in it
 */
export function quarterOf(
  period: Period,
  editions: readonly CurrentEdition[],
  { first = null, told = [] }: { first?: string | null; told?: readonly Told[] } = {},
): Quarter {
  const inOrder = sorted(editions, ({ edition }) => [edition.plan === first ? 0 : 1, edition.plan]);
  const plans = inOrder.map(each => planOf(each, told));
  const asked = askedAcross(plans);
  const further = plans.reduce((sum, { furtherDecisions }) => sum + furtherDecisions, 0);
  return {
    ...{ period, title: titleOf(period), plans },
    asked: asked.slice(0, mostDecisions),
    furtherAsked: asked.slice(mostDecisions).length + further,
  };
}

/** The weightiest question of each plan before the second ones: within a plan they come by weight and kind. */
function askedAcross(plans: readonly QuarterPlan[]): Quarter['asked'] {
  const placed = plans.flatMap(({ plan, decisions }, order) =>
    decisions.map((decision, place) => ({ place, order, asked: { ...decision, plan } })),
  );
  return sorted(placed, ({ place, order }) => [place, order]).map(({ asked }) => asked);
}

function titleOf(period: Period): Said {
  const { year, index } = parsePeriod(period);
  return { zh: `${year}年第${['一', '二', '三', '四'][index - 1] ?? index}季度`, en: `Q${index} ${year}` };
}

function planOf({ id, n, edition, corrections }: CurrentEdition, told: readonly Told[]): QuarterPlan {
  const name = (unit: string) => edition.names[unit] ?? unit;
  const { delivery, reporting } = edition.duties;
  return {
    id,
    plan: edition.plan,
    n,
    title: edition.title,
    jurisdiction: edition.jurisdiction,
    office: name(edition.office),
    cutoffOn: edition.cutoffOn,
    watermarks: edition.watermarks,
    rules: edition.rules,
    counts: edition.counts,
    delivery,
    reporting,
    decisions: edition.decisions.map(({ kind, subject, code, title, units, since, params }) => ({
      ...{ kind, subject, code, title, since },
      units: units.map(name),
      asks: saidDecision(kind, rounded(params)),
    })),
    furtherDecisions: edition.furtherDecisions.length,
    items: edition.exceptions.map(line => itemOf(line, edition, told)),
    sections: edition.sections.map(({ title, tasks, byLight }) => ({ title, tasks, byLight })),
    figures: edition.indicators.map(line => figureOf(line, edition.names)),
    groups: edition.groups.map(groupOf),
    ranking: edition.ranking,
    closing: edition.closing && {
      accepted: edition.closing.accepted.map(saidBlocker),
      reason: edition.closing.reason,
    },
    restated: edition.restated ?? null,
    counters: countersOf(corrections),
    corrections: corrections.map(each => ({
      ...each,
      unitName: each.unit === null ? null : name(each.unit),
    })),
    instructions: (edition.instructions ?? []).map(line => ({
      ...line,
      answers: line.answers.map(answer => ({ ...answer, unit: name(answer.unit) })),
    })),
    silent: (edition.silent ?? []).map(line => ({
      ...line,
      lead: name(line.lead),
      units: line.units.map(name),
    })),
  };
}

function itemOf(line: ExceptionLine, { names, indicators }: Edition, told: readonly Told[]): QuarterItem {
  const { subject, code, kind, title, colour, reason, concern, since, rule, warned, blockedBy, params } =
    line;
  return {
    ...{ subject, code, kind, title, colour, concern, since, rule },
    units: line.units.map(unit => names[unit] ?? unit),
    isNew: line.before !== colour,
    reason: { code: reason, ...saidReason(reason, params, names) },
    amount: amountOf(indicators.find(({ id }) => id === subject)),
    warned: {
      count: warned.count,
      latest: warned.latest.map(({ on, stage, to }) => ({ on, stage, to: joined(to, names) })),
    },
    blockedBy: blockedBy.map(({ note }) => note),
    sinceThen: line.sinceThen.map(each => ({ on: each.on, ...saidSince(each.code, each.what) })),
    told: told.filter(each => each.subject === subject),
  };
}

/** `1.4 / 2.11 (66.4%)` */
function amountOf(line: IndicatorLine | undefined): string | null {
  if (!line || line.actual === null || !line.planned) return null;
  const share = line.attainment?.judged === 'progress' ? line.attainment.progress : line.attainment?.ratio;
  const percent = share === null || share === undefined ? '' : ` (${share}%)`;
  return `${shownFigure(line.actual)} / ${shownFigure(line.planned.value)}${percent}`;
}

/** A figure for the page: what a straight line derives has more digits than anybody reads. */
export function shownFigure(value: number): string {
  return String(Number(value.toFixed(2)));
}

function rounded(params: Readonly<Record<string, string | number | null>>) {
  const entries = Object.entries(params);
  return Object.fromEntries(
    entries.map(([key, each]) => [key, typeof each === 'number' ? shownFigure(each) : each]),
  );
}

function joined(recipients: readonly string[], names: Edition['names']): Said {
  const said = recipients.map(each => saidPost(each, names));
  return { zh: said.map(({ zh }) => zh).join('、'), en: said.map(({ en }) => en).join(', ') };
}

function figureOf(
  { light, owners, providers, parts, ...line }: IndicatorLine,
  names: Edition['names'],
): QuarterFigure {
  const name = (unit: string) => names[unit] ?? unit;
  return {
    ...line,
    owners: owners.map(name),
    providers: providers.map(name),
    parts: parts && { ...parts, absent: parts.absent.map(name) },
    colour: light.colour,
    reason: { code: light.reason, ...saidReason(light.reason, light.params, names) },
    rule: line.attainment?.rule ?? light.rule,
  };
}

function groupOf({ name, handedIn, of, members }: GroupLine): QuarterPlan['groups'][number] {
  const absent = members.filter(({ outcome }) => outcome === 'late' || outcome === 'pending');
  return { name, handedIn, of, absent: handedIn === of ? [] : absent.map(member => member.name) };
}
