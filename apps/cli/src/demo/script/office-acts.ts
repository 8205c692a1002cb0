import { type Day } from '@duban/calendar';
import { type Indicator, valueOf } from '@duban/indicator';
import { type PlanLedger } from '@duban/ledger';
import { holderWanted } from '@duban/plan';
import { type Task } from '@duban/task';
import { officeOf, pathOf, type Planned, secondOf, shortId } from './act.js';
import { wholeFrom } from './draw.js';
import { issueDays } from './timetable.js';
import { type Standing } from './standing.js';

/** What the office does of its own accord: issue the plan, confirm figures, close what is accepted. */
export function officeActs(standing: Standing): Planned[] {
  const { ledger } = standing;
  if (!ledger.plan.issuedOn) return issuing(ledger);
  return [
    ...[...ledger.indicators].flatMap(([id, indicator]) => confirmations(standing, id, indicator)),
    ...[...ledger.tasks].flatMap(([id, task]) => closings(standing, id, task)),
  ];
}

const reasons: Readonly<Record<string, string>> = {
  task_without_unit: '文件未列责任单位，由办公室在十个工作日内指定牵头',
  goal_without_holder: '文件未列目标责任单位，由办公室在十个工作日内指定',
  provider_missing: '文件未列采集单位，由办公室在十个工作日内指定',
};

/** Findings that block the issue are answered one by one, then the plan is approved and issued to everyone at once. */
function issuing({ id, plan }: PlanLedger): Planned[] {
  const on = issueDays[id];
  if (on === undefined) return [];
  const who = officeOf(id);
  const blocking = plan.findings.filter(({ blocking, waived }) => blocking && waived === null);
  const waivers = blocking.map(({ code, subject }): Planned => {
    const assign = holderWanted.includes(code);
    const body = { code, subject, reason: reasons[code] ?? '由办公室承担', assign };
    return {
      on,
      act: {
        name: `waive/${id}/${code}/${subject}`,
        who,
        path: pathOf('plans', id, '/waivers'),
        body,
        line: null,
      },
    };
  });
  const paper = { number: `${id}〔2023〕1号`, on };
  const approval = {
    name: `approve/${id}`,
    who,
    path: pathOf('plans', id, '/approval'),
    body: { paper },
    line: null,
  };
  const line = `${id} issued: ${plan.title}${blocking.length > 0 ? `, over ${blocking.length} finding${blocking.length === 1 ? '' : 's'}` : ''}`;
  return [
    ...waivers,
    ...(plan.status === 'draft' ? [{ on, act: approval }] : []),
    { on, act: { name: `issue/${id}`, who, path: pathOf('plans', id, '/issue'), body: {}, line } },
  ];
}

/** Most figures are confirmed within the week; some stay unconfirmed, and the edition says so. */
function confirmations({ ledger, draw, calendar }: Standing, id: string, indicator: Indicator): Planned[] {
  return Object.values(indicator.observations).flatMap(({ period, parts }) => {
    const figure = valueOf(indicator, period);
    const name = `confirm/${id}/${period}`;
    const isDone = figure.confirmed && !figure.pending;
    if (figure.value === null || isDone || draw(name) >= 0.9) return [];
    const changes = parts.flatMap(({ history }) => history.length).reduce((a, b) => a + b, 0);
    const last = parts.map(({ on }) => on).reduce<Day>((a, b) => (a > b ? a : b), '');
    const on = calendar.addWorkdays(last, wholeFrom(draw(`${name}/day`), 1, 4));
    const path = pathOf('indicators', id, '/confirmations');
    return [
      {
        on,
        act: { name: `${name}/${changes}`, who: officeOf(ledger.id), path, body: { period }, line: null },
      },
    ];
  });
}

/** Another person than the reviewer strikes it off, never while a round may still ask for it. */
function closings({ ledger, draw, calendar }: Standing, id: string, task: Task): Planned[] {
  const completion = task.completions.at(-1);
  if (task.status !== 'accepted' || !completion?.accepted || id === '004:5.3') return [];
  if ([...ledger.rounds.values()].some(({ status }) => status === 'open')) return [];
  const on = calendar.addWorkdays(completion.accepted.on, wholeFrom(draw(`${id}/close`), 3, 8));
  const path = pathOf('tasks', id, '/closures');
  const line = completion.selfReviewed ? `${shortId(id)} closed with a second signature` : null;
  return [
    { on, act: { name: `close/${id}/${completion.n}`, who: secondOf(ledger.id), path, body: {}, line } },
  ];
}
