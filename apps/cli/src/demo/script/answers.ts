import { type Day } from '@duban/calendar';
import { holderOn, type Obligation, obligationState, periodWanted } from '@duban/ledger';
import { type SubmissionItem } from '@duban/round';
import { evidenceOf, officeOf, pathOf, type Planned, shortId, shortName, submissionPath } from './act.js';
import { oneOf, wholeFrom } from './draw.js';
import { figureOf, progressOf } from './figures.js';
import { answerDay } from './habits.js';
import { fixedAnswers, fixedFigures } from './story.js';
import { holdersNamed } from './holders-named.js';
import { type Standing } from './standing.js';

type Answer = (standing: Standing, obligation: Obligation, on: Day) => Planned[];

const answers: Readonly<Record<Obligation['kind'], Answer>> = {
  receipt,
  report,
  value,
  submission,
  milestone,
  task_due: completion,
  rework,
  review,
  extension_decision: extensionDecision,
  assign_lead: holdersNamed,
  restatement: explanation,
  edition_receipt: () => [],
  // Nobody contests, asks or instructs in this story.
  contest_decision: () => [],
  contribution: () => [],
  instruction: () => [],
};

/** How everyone answers what is owed, each on its own day. */
export function answersOf(standing: Standing, obligations: readonly Obligation[]): Planned[] {
  const planned = obligations.flatMap(obligation => {
    if (!isOpen(obligation, standing.day)) return [];
    const on = dayFor(standing, obligation);
    return on === null ? [] : answers[obligation.kind](standing, obligation, on);
  });
  return oncePerName(planned);
}

function isOpen(obligation: Obligation, day: Day): boolean {
  const state = obligationState(obligation, day);
  const { kind, handedIn, silenced } = obligation;
  // What is exempt or not owed yet is not answered; a returned submission is answered by its rework.
  if (silenced !== null || handedIn !== null) return false;
  return state === 'open' || (kind === 'value' && state === 'awaiting_publication') || state === 'tolled';
}

function dayFor({ draw, calendar, ledger }: Standing, obligation: Obligation): Day | null {
  const { kind, subject, period, holders, plan } = obligation;
  const fixed = fixedAnswers.find(
    each =>
      each.kind === kind &&
      each.subject === (kind === 'receipt' ? plan : subject) &&
      (each.period === undefined || each.period === period) &&
      (each.holder === undefined || holders.includes(each.holder)),
  );
  const day = fixed ? fixed.on : answerDay(draw, obligation, calendar);
  if (day === null || !obligation.tolled || ledger.tasks.get(subject) === undefined) return day;
  // Whoever asked for more time waits for the answer before it says that it is done.
  return day > obligation.tolled.until ? day : calendar.addWorkdays(obligation.tolled.until, 1);
}

/** One call acknowledges all tasks of the plan: several obligations, one act. */
function oncePerName(planned: Planned[]): Planned[] {
  const seen = new Set<string>();
  return planned.filter(({ act }) => !seen.has(act.name) && seen.add(act.name));
}

function receipt(_: Standing, { plan, holders, due }: Obligation, on: Day): Planned[] {
  const who = holders[0] ?? '';
  const late = on > due.on;
  const line = late ? `${shortName(who)} acknowledges its tasks of ${plan}, late` : null;
  const name = `receipt/${plan}/${who}/${due.on}`;
  return [{ on, act: { name, who, path: '/v1/acknowledgements', body: { plan }, line } }];
}

function report({ draw }: Standing, obligation: Obligation, on: Day): Planned[] {
  const { id, subject, holders, reporting, period, due } = obligation;
  // Of joint leads it is mostly the first that reports, sometimes another.
  const who = draw(`${id}/who`) < 0.8 ? (reporting ?? holders[0]) : holders.at(-1);
  const evidence = on > due.on ? { evidence: evidenceOf('进展说明') } : {};
  const body = { period, ...progressOf(draw, subject, period ?? ''), ...evidence };
  return [
    {
      on,
      act: {
        name: `report/${id}`,
        who: who ?? '',
        path: pathOf('tasks', subject, '/reports'),
        body,
        line: null,
      },
    },
  ];
}

function value(standing: Standing, obligation: Obligation, on: Day): Planned[] {
  const { id, subject, holders, named, period } = obligation;
  const [who = ''] = holders;
  const [provider = who] = named;
  const indicator = standing.ledger.indicators.get(subject);
  // Where any of several providers will do, the first one named is used to doing it.
  if (indicator?.providerMode === 'one_of' && provider !== indicator.providers[0]) return [];
  const figure = figureFor(standing, subject, period ?? '', provider);
  if (figure === null) return [];
  const body = { period, value: figure, evidence: evidenceOf('统计台账') };
  return [
    {
      on,
      act: { name: `value/${id}`, who, path: pathOf('indicators', subject, '/values'), body, line: null },
    },
  ];
}

/** The figure of this provider: what it said before, what the story says, or what follows from the plan. */
export function figureFor(
  { ledger, draw }: Standing,
  id: string,
  period: string,
  provider: string,
): number | null {
  const indicator = ledger.indicators.get(id);
  if (!indicator) return null;
  const standing = indicator.observations[period]?.parts.find(
    part => part.unit === provider && !part.rejected,
  );
  const fixed = fixedFigures[`${id} ${period} ${provider}`];
  return standing?.value ?? fixed ?? figureOf(draw, indicator, period, provider);
}

function submission(standing: Standing, obligation: Obligation, on: Day): Planned[] {
  const { id, subject, named } = obligation;
  return handIn(standing, `${subject}/${named[0] ?? ''}`, { name: `submission/${id}`, on, line: null });
}

function handIn(
  standing: Standing,
  id: string,
  { name, on, line }: { name: string; on: Day; line: string | null },
): Planned[] {
  const { ledger, draw, day } = standing;
  const state = ledger.submissions.get(id);
  const round = state && ledger.rounds.get(state.round);
  if (!state || !round) return [];
  const items = [
    ...state.tasks.map((task): SubmissionItem => {
      const { percent, summary } = progressOf(draw, task, round.period);
      return { task, percent, note: summary, evidence: evidenceOf('进展说明') };
    }),
    ...state.indicators.flatMap((indicator): SubmissionItem[] => {
      const known = ledger.indicators.get(indicator);
      const period = known ? periodWanted(known, round) : null;
      const figure = period === null ? null : figureFor(standing, indicator, period, state.unit);
      return figure === null
        ? []
        : [{ indicator, value: figure, confirmed: true, evidence: evidenceOf('统计台账') }];
    }),
  ];
  const who = holderOn(ledger, state.unit, day);
  const body = {
    items,
    ...(state.needsSummary && { summary: '工作总结：任务总体按序时推进，问题与下步安排见附件' }),
    ...(state.needsEvidence && { evidence: evidenceOf('佐证材料汇编') }),
  };
  return [{ on, act: { name, who, path: submissionPath(id, 'hand-in'), body, line } }];
}

function milestone(_: Standing, { id, subject, holders }: Obligation, on: Day): Planned[] {
  const slash = subject.indexOf('/');
  const [task, code] = [subject.slice(0, slash), subject.slice(slash + 1)];
  const who = holders[0] ?? '';
  const body = { code, reachedOn: on, evidence: evidenceOf('现场照片与纪要') };
  const line = `${shortName(who)} ${shortId(task)} reaches milestone ${code}`;
  return [
    { on, act: { name: `milestone/${id}`, who, path: pathOf('tasks', task, '/milestones'), body, line } },
  ];
}

function completion(standing: Standing, obligation: Obligation, on: Day): Planned[] {
  const { draw, calendar } = standing;
  const { id, subject, holders, reporting, due } = obligation;
  const task = standing.ledger.tasks.get(subject);
  const who = reporting ?? holders[0] ?? '';
  const asks = draw(`${id}/extend`) < 0.1 && task?.extensions.length === 0;
  if (asks && due.on === due.original && due.on > standing.day) {
    const askedOn = calendar.addWorkdays(due.on, -wholeFrom(draw(`${id}/asked`), 2, 8));
    const to = calendar.addWorkdays(due.on, 10);
    const line = `${shortName(who)} ${shortId(subject)} asks for more time, to ${to}`;
    const body = { to, reason: '招标流程延后，年内难以全部完成' };
    const path = pathOf('tasks', subject, '/extensions');
    return [{ on: askedOn, act: { name: `extension/${id}`, who, path, body, line } }];
  }
  const body = { doneOn: on, summary: '任务已完成', evidence: evidenceOf('验收材料') };
  const late = on > due.countsFrom;
  const line = late ? `${shortName(who)} ${shortId(subject)} handed in as done, late` : null;
  return [
    {
      on,
      act: { name: `completion/${id}`, who, path: pathOf('tasks', subject, '/completions'), body, line },
    },
  ];
}

function rework(standing: Standing, obligation: Obligation, on: Day): Planned[] {
  const { id, subject, holders } = obligation;
  const name = `rework/${id}`;
  if (subject.includes('/')) return handIn(standing, subject, { name, on, line: null });
  const last = standing.ledger.tasks.get(subject)?.completions.at(-1);
  const who = holders[0] ?? '';
  const doneOn = last && last.doneOn < on ? last.doneOn : on;
  const body = { doneOn, summary: '任务已完成，材料已补齐', evidence: evidenceOf('补充佐证') };
  return [{ on, act: { name, who, path: pathOf('tasks', subject, '/completions'), body, line: null } }];
}

type Fault = { zh: string; en: string };
const returns: readonly [Fault, ...Fault[]] = [
  { zh: '无佐证材料', en: 'no evidence' },
  { zh: '数据与台账不一致', en: 'figures differ from the ledger' },
  { zh: '缺少问题与下步安排', en: 'says nothing of what is left' },
];

/** The office returns about one in twelve of what comes in first, never twice. */
function review({ ledger, draw, calendar }: Standing, obligation: Obligation, on: Day): Planned[] {
  const { id, plan, subject, openedBy } = obligation;
  const isReturned = openedBy.n === 1 && draw(`${id}/return`) < 0.08;
  const reason = oneOf<Fault>(draw(`${id}/reason`), returns);
  const reworkBy = calendar.addWorkdays(on, 3);
  const who = officeOf(plan);
  const name = `review/${id}`;
  if (!subject.includes('/')) {
    const unit = shortName(ledger.tasks.get(subject)?.completions.at(-1)?.unit ?? '');
    const body = isReturned ? { verdict: 'return', reasons: [reason.zh], reworkBy } : { verdict: 'accept' };
    const line = `${unit} ${shortId(subject)} ${isReturned ? `returned: ${reason.en}` : 'accepted as done'}`;
    return [{ on, act: { name, who, path: pathOf('tasks', subject, '/reviews'), body, line } }];
  }
  const state = ledger.submissions.get(subject);
  const [item] = [...(state?.tasks ?? []), ...(state?.indicators ?? [])];
  if (!isReturned || !item || !state)
    return [{ on, act: { name, who, path: submissionPath(subject, 'acceptance'), body: {}, line: null } }];
  const line = `${shortName(state.unit)} ${shortId(state.round)} returned: ${reason.en}`;
  const body = { reasons: [{ item, reason: reason.zh }], reworkBy };
  return [{ on, act: { name, who, path: submissionPath(subject, 'return'), body, line } }];
}

function extensionDecision({ ledger, draw }: Standing, obligation: Obligation, on: Day): Planned[] {
  const { id, plan, subject, openedBy } = obligation;
  const asked = ledger.tasks.get(subject)?.extensions.find(({ n }) => n === openedBy.n);
  if (!asked) return [];
  const isGranted = draw(`${id}/grant`) < 0.7;
  const paper = { number: `批复〔2023〕${wholeFrom(draw(`${id}/paper`), 10, 99)}号`, on };
  const body = isGranted
    ? { verdict: 'grant', dueOn: asked.to, paper }
    : { verdict: 'refuse', reason: '仍应按期完成', paper };
  const line = `${shortName(asked.unit)} ${shortId(subject)} extension ${isGranted ? `granted to ${asked.to}` : 'refused'}`;
  const path = pathOf('tasks', subject, `/extensions/${asked.n}/decisions`);
  return [{ on, act: { name: `decision/${id}`, who: officeOf(plan), path, body, line } }];
}

/** Small corrections are explained beside the edition; nothing in this year asks for another one. */
function explanation(_: Standing, { id, plan, subject, openedBy }: Obligation, on: Day): Planned[] {
  const round = subject.slice(0, subject.lastIndexOf('/'));
  const body = { cause: openedBy.cause, text: '更正不影响通报结论，下期一并更新' };
  const path = pathOf('rollups', round, '/explanations');
  return [{ on, act: { name: `explain/${id}`, who: officeOf(plan), path, body, line: null } }];
}
