import { type Day } from '@duban/calendar';
import { type Answer, type Stage } from './stage.js';

/** What somebody does over HTTP with his or her own key. Throws when it is answered otherwise than the story says. */
export type Act = (stage: Stage) => Promise<void>;

/** One day of the walk: what is done, and what must be true when it is over, as a change from the day before. */
export type WalkDay = {
  on: Day;
  acts?: readonly Act[];
  /** What is owed, and where it stands. */
  owed?: string;
  /** All that the vice mayor in charge of two bureaus is alarmed of, when that changes: with workdays late. */
  alerts?: readonly string[];
  /** What the offices have to decide. */
  desk?: string;
  /** All messages of the day. */
  sent?: string;
};

type Items = Readonly<Record<string, number>>;
const evidence = [{ title: '佐证材料', url: 'https://example.org/1' }];
const paper = { number: '潭创办〔2023〕3号', on: '2023-04-20' };

/** Somebody posts what is taken, or is refused with a code and what a program needs to go on. */
export function post(who: string, path: string, body: object = {}, refusal?: string, params?: object): Act {
  return async stage => {
    const answer = await stage.send(who, 'POST', `/v1${path}`, body);
    mustBe(answer, who, path, refusal);
    if (params) expect(answer.body).toMatchObject({ params });
  };
}

function mustBe({ status, body }: Answer, who: string, path: string, refusal?: string): void {
  const { code } = body as { code?: string };
  if (refusal === undefined ? status < 300 : code === refusal) return;
  throw new Error(`${who} ${path}: ${status} ${JSON.stringify(body)}, not ${refusal ?? 'taken'}`);
}

/** One after the other. */
function inTurn(acts: readonly Act[]): Act {
  return async stage => {
    for (const act of acts) await act(stage);
  };
}

/** What different people do in the same hour, without heeding each other. */
export function sideBySide(...acts: readonly Act[]): Act {
  return async stage => void (await Promise.all(acts.map(act => act(stage))));
}

/** These units, or somebody about these units, all in the same hour of the day. */
function together(units: string, act: (unit: string) => Act): Act {
  return sideBySide(...units.split(' ').map(act));
}

export const task = (code: string, rest: string) =>
  `/tasks/${code.includes(':') ? code : `004:${code}`}/${rest}`;
export const indicator = (code: string, rest: string) => `/indicators/004:${code}/${rest}`;
const key = (unit: string) => (unit.includes(':') ? unit : `xiangtan:${unit}`);
const paperPath = (period: string, unit: string) => `/rounds/004:2023${period}/submissions/${key(unit)}`;

/** An office waives what blocks its plan, has it approved and issues it. */
export function issue(plan: string, ...findings: readonly (readonly [code: string, subject: string])[]): Act {
  const at = `/plans/${plan}`;
  const who = `office:${plan}`;
  const waive = ([code, subject]: readonly [string, string]) =>
    post(who, `${at}/waivers`, {
      ...{ code, subject, reason: '按原文印发，由办公室落实' },
      assign: code !== 'task_without_unit',
    });
  return inTurn([...findings.map(waive), post(who, `${at}/approval`, { paper }), post(who, `${at}/issue`)]);
}

/** One call for all receipts of the unit under a plan. */
export const acknowledge = (units: string, plan = '004') =>
  together(units, unit => post(unit, '/acknowledgements', { plan }));

/** One call for all reports of a lead on the second quarter. */
export function report(unit: string, ...codes: readonly string[]): Act {
  const items = codes.map(code => ({
    task: code.includes(':') ? code : `004:${code}`,
    period: '2023Q2',
    percent: 50,
    summary: '按序时推进',
  }));
  return many(unit, '/reports', items);
}

/** One call for all figures of a provider; those of half-years carry their period in the name: `i8@H1`. */
export function state(unit: string, figures: Items): Act {
  const items = Object.entries(figures).map(([name, value]) => {
    const [code = '', period = 'Q2'] = name.split('@');
    return { indicator: code.includes(':') ? code : `004:${code}`, period: `2023${period}`, value };
  });
  return many(unit, '/values', items);
}

function many(unit: string, path: string, items: readonly object[]): Act {
  return async stage => {
    const answer = await stage.send(unit, 'POST', `/v1${path}`, { items });
    mustBe(answer, unit, path);
    const { results } = answer.body as { results: { status: number }[] };
    const refused = results.filter(({ status }) => status !== 201);
    if (refused.length > 0) throw new Error(`${unit} ${path}: ${JSON.stringify(refused)}`);
  };
}

type Form = {
  needsSummary: boolean;
  needsEvidence: boolean;
  tasks: { task: string; percent: number | null; note: string | null }[];
  indicators: { indicator: string; value: number | null }[];
};

/** The form asks a member about that many rows of the plan, in one paper. */
export function isAskedAbout(unit: string, period: string, rows: number): Act {
  return async stage => {
    const form = (await stage.get(unit, `/v1${paperPath(period, unit)}`)) as Form;
    expect(form.tasks).toHaveLength(rows);
  };
}

/** The liaison takes the form as it comes, fills what is empty in it, keeps it and hands it in the next moment. */
export function handIn(units: string, period: string, figures: Items = {}): Act {
  return together(units, unit => async stage => {
    const path = paperPath(period, unit);
    const body = filled((await stage.get(unit, `/v1${path}`)) as Form, figures);
    mustBe(await stage.send(unit, 'PUT', `/v1${path}`, body), unit, path);
    await post(unit, `${path}/hand-in`)(stage);
  });
}

/** The office enters the paper of a unit that came in on an earlier day. */
export function enter(who: string, unit: string, period: string, receivedOn: Day): Act {
  return async stage => {
    const path = paperPath(period, unit);
    const body = filled((await stage.get(who, `/v1${path}`)) as Form, {});
    const letter = { number: '来函〔2023〕3号', on: receivedOn };
    await post(who, `${path}/hand-in`, { ...body, evidence, receivedOn, paper: letter })(stage);
  };
}

function filled({ tasks, indicators, needsSummary, needsEvidence }: Form, figures: Items) {
  return {
    items: [
      ...tasks.map(({ task, percent, note }) => ({
        task,
        percent: percent ?? 50,
        note: note ?? '按序时推进',
      })),
      ...indicators.map(({ indicator, value }) => ({
        indicator,
        value: value ?? figures[indicator.replace('004:', '')],
        confirmed: true,
      })),
    ],
    ...(needsSummary && { summary: '上半年工作总结' }),
    ...(needsEvidence && { evidence }),
  };
}

export const withdraw = (unit: string, period: string) => post(unit, `${paperPath(period, unit)}/withdrawal`);

/** The office accepts the papers of these units. */
export const accept = (who: string, units: string, period: string, refusal?: string) =>
  together(units, unit => post(who, `${paperPath(period, unit)}/acceptance`, {}, refusal));

export const giveBack = (who: string, units: string, period: string, item: string, reworkBy: Day) =>
  together(units, unit =>
    post(who, `${paperPath(period, unit)}/return`, {
      reasons: [{ item: `004:${item}`, reason: '数据与台账不一致' }],
      reworkBy,
    }),
  );

export const waive = (who: string, unit: string, period: string) =>
  post(who, `${paperPath(period, unit)}/waiver`, { reason: '全力防汛，免报本期' });

export const open = (...rounds: readonly string[]) =>
  inTurn(rounds.map(round => post('scheduler', `/rounds/${round}/open`)));

/** The office closes a round over the blockers that it has looked at before. */
export function close(who: string, round: string, ...accepted: readonly string[]): Act {
  return async stage => {
    const path = `/rounds/${round}/close`;
    const dry = await stage.send(who, 'POST', `/v1${path}?dryRun=true`, {});
    const found = (dry.body as { blockers: { class: string }[] }).blockers.map(blocker => blocker.class);
    if (found.sort().join() !== [...accepted].sort().join())
      throw new Error(`${round} is blocked by ${found.join()}`);
    if (accepted.length > 0) await post(who, path, {}, 'round_open_blockers')(stage);
    await post(who, path, { accepted: [...accepted], reason: '时限已到，缺报单位通报' })(stage);
  };
}

/** What somebody reads must hold this. */
export function reads(who: string, path: string, holds: object): Act {
  return async stage => {
    expect(await stage.get(who, `/v1${path}`)).toMatchObject(holds);
  };
}

/** The bulk call answers for each item by itself: here the first is refused, with a code. */
export function refusedItem(unit: string, path: string, item: object, code: string): Act {
  return async stage => {
    const { body } = await stage.send(unit, 'POST', `/v1${path}`, { items: [item] });
    expect(body).toMatchObject({ results: [{ problem: { code } }] });
  };
}

export { evidence };
