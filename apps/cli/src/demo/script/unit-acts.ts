import { type Day, periodEnd } from '@duban/calendar';
import { type Indicator } from '@duban/indicator';
import { holderOn } from '@duban/ledger';
import { reportingLeadOf, type Task } from '@duban/task';
import { evidenceOf, pathOf, type Planned, shortId, shortName } from './act.js';
import { figureFor } from './answers.js';
import { oneOf, wholeFrom } from './draw.js';
import { backfillDays } from './timetable.js';
import { type Standing } from './standing.js';

/** What units do without being asked by a date: say what blocks them, put right what was wrong, fill in the past. */
export function unitActs(standing: Standing): Planned[] {
  const { ledger } = standing;
  return [
    ...[...ledger.tasks].flatMap(([id, task]) => [
      ...blockers(standing, id, task),
      ...reportCorrections(standing, id, task),
    ]),
    ...[...ledger.indicators].flatMap(([id, indicator]) => valueCorrections(standing, id, indicator)),
    ...backfill(standing),
  ];
}

type Obstacle = { kind: string; zh: string; en: string };
const obstacles: readonly [Obstacle, ...Obstacle[]] = [
  { kind: 'land', zh: '用地指标未落实', en: 'no land allotted' },
  { kind: 'funds', zh: '专项资金未到位', en: 'funds have not come' },
  { kind: 'approval', zh: '等待上级批复', en: 'waits for approval from above' },
];

/** One task in ten meets an obstacle in summer, and most get over it. */
function blockers({ ledger, day, draw, calendar }: Standing, id: string, task: Task): Planned[] {
  const named = reportingLeadOf(task)?.unit;
  const lead = named && holderOn(ledger, named, day);
  const isRunning = ['issued', 'in_progress', 'returned'].includes(task.status);
  if (!lead || draw(`${id}/block`) >= 0.1) return [];
  const raisedOn = calendar.addWorkdays('2023-06-01', wholeFrom(draw(`${id}/blocked`), 1, 80));
  const clearedOn = calendar.addWorkdays(raisedOn, wholeFrom(draw(`${id}/cleared`), 15, 60));
  const what = oneOf<Obstacle>(draw(`${id}/obstacle`), obstacles);
  const told = `${shortName(lead)} ${shortId(id)}`;
  const [blocker] = task.blockers;
  if (!blocker && isRunning) {
    const body = { kind: what.kind, note: what.zh };
    const act = { name: `block/${id}`, who: lead, path: pathOf('tasks', id, '/blockers'), body };
    return [{ on: raisedOn, act: { ...act, line: `${told} blocked: ${what.en}` } }];
  }
  if (!blocker || blocker.clearedOn || ['closed', 'cancelled'].includes(task.status)) return [];
  const path = pathOf('tasks', id, `/blockers/${blocker.n}/clearance`);
  const act = { name: `clear/${id}`, who: lead, path, body: { note: '已协调解决' } };
  return [{ on: clearedOn, act: { ...act, line: `${told} no longer blocked` } }];
}

/** A few percentages were wrong and are put right within two weeks. */
function reportCorrections({ draw, calendar }: Standing, id: string, task: Task): Planned[] {
  if (task.status === 'cancelled') return [];
  return task.reports.flatMap(({ n, unit, on, percent, summary, corrections, supersededBy }) => {
    const name = `correction/${id}/${n}`;
    if (corrections > 0 || supersededBy !== null || percent === null || draw(name) >= 0.02) return [];
    const right = Math.max(percent - wholeFrom(draw(`${name}/by`), 2, 8), 0);
    const body = { n, percent: right, summary: `${summary}（更正）`, reason: '统计口径有误' };
    const line = `${shortName(unit)} ${shortId(id)} corrects its report: ${percent}% → ${right}%`;
    const act = { name, who: unit, path: pathOf('tasks', id, '/corrections'), body, line };
    return [{ on: calendar.addWorkdays(on, wholeFrom(draw(`${name}/day`), 2, 9)), act }];
  });
}

/** A few figures, too: the provider says what the right one rests on. */
function valueCorrections({ draw, calendar }: Standing, id: string, indicator: Indicator): Planned[] {
  return Object.values(indicator.observations).flatMap(({ period, parts }) =>
    parts.flatMap(({ unit, value, firstOn, rejected, history }) => {
      const name = `value-correction/${id}/${period}/${unit}`;
      const isPlain =
        !rejected && history.length === 1 && value >= 20 && id !== '004:i19' && id !== '004:i12';
      if (!isPlain || draw(name) >= 0.015) return [];
      const right = Math.round(value * 0.98);
      if (right === value) return [];
      const body = { period, value: right, reason: '剔除重复统计', basis: '复核后的台账' };
      const line = `${shortName(unit)} ${id.replace(':i', '#').replace(':', '/')} ${period} corrected: ${value} → ${right}`;
      const act = { name, who: unit, path: pathOf('indicators', id, '/corrections'), body, line };
      return [{ on: calendar.addWorkdays(firstOn, wholeFrom(draw(`${name}/day`), 6, 20)), act }];
    }),
  );
}

/** While the quarter before the plan is open, providers fill in some of its figures: wanted, not owed. */
function backfill(standing: Standing): Planned[] {
  const { ledger, draw } = standing;
  return [...ledger.rounds.values()].flatMap(round => {
    if (!round.backfill || round.status !== 'open') return [];
    return [...ledger.indicators].flatMap(([id, indicator]) => {
      const isWanted = indicator.frequency === 'quarter' && !indicator.annualOnly;
      const [provider] = indicator.providers;
      if (!isWanted || !provider || indicator.providers.length > 1) return [];
      if (indicator.observations[round.period] || draw(`${id}/backfill`) >= 0.45) return [];
      return figureOfPast(standing, id, round.period, provider);
    });
  });
}

function figureOfPast(standing: Standing, id: string, period: string, who: string): Planned[] {
  const value = figureFor(standing, id, period, who);
  const [first] = backfillDays;
  if (value === null || first === undefined || periodEnd(period) > first) return [];
  const on: Day = oneOf(standing.draw(`${id}/backfilled`), [first, ...backfillDays.slice(1)]);
  const body = { period, value, evidence: evidenceOf('一季度统计台账') };
  const path = pathOf('indicators', id, '/values');
  return [{ on, act: { name: `backfill/${id}/${period}`, who, path, body, line: null } }];
}
