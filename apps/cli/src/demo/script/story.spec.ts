import { createCalendar } from '@duban/calendar';
import { readSeeds } from '../../seed/read-seeds.js';
import { fixedAnswers, fixedFigures, leadsOf002, scenes } from './story.js';
import { closesOn, firstDay, issueDays, lastDay, opensOn, planCodes } from './timetable.js';
import { type Round } from '@duban/round';

const calendar = createCalendar();
const { plans, units } = await readSeeds();
const planOf = (code: string) => plans.find(plan => plan.code === code)!;

/** `/v1/tasks/004%3A3.1/reports` → `004:3.1`. */
const subjectOf = (path: string) => decodeURIComponent(path.split('/')[3] ?? '');

describe('the scenes of the story', () => {
  it('come in the order of their days, each under a name of its own', () => {
    const days = scenes.map(({ on }) => on);
    expect(days).toEqual([...days].sort());
    const names = scenes.flatMap(({ act, together }) => [act.name, ...(together ? [together.name] : [])]);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(scenes.map(scene => [`${scene.on} ${scene.act.path}`, scene] as const))(
    '%s is on a workday after its plan was issued',
    (_, { on, plan }) => {
      expect(calendar.isWorkday(on)).toBe(true);
      expect(on > issueDays[plan]! && on <= lastDay).toBe(true);
    },
  );

  it('speak of tasks, indicators and units that the seeds know', () => {
    const known = new Set([
      ...plans.flatMap(({ code, tasks, indicators }) =>
        [...tasks, ...indicators].map(each => `${code}:${each.code}`),
      ),
      ...[...units].flatMap(([place, seed]) => seed.units.map(({ name }) => `${place}:${name}`)),
    ]);
    expect(scenes.map(({ act }) => subjectOf(act.path)).filter(subject => !known.has(subject))).toEqual([]);
    expect(Object.keys(fixedFigures).filter(key => !known.has(key.split(' ')[0]!))).toEqual([]);
  });

  it('tell their lines in a hundred columns', () => {
    expect(scenes.map(({ act }) => act.line ?? '').filter(line => line.length > 93)).toEqual([]);
  });

  it('hold the two commands of the race against each other', () => {
    const race = scenes.find(({ together }) => together)!;
    expect(race.on).toBe('2023-07-05');
    expect(race.together).toMatchObject({ path: race.act.path, body: race.act.body });
    expect(race.together!.who).not.toBe(race.act.who);
  });
});

it('fixes answers on workdays, or leaves them to a scene', () => {
  const days = fixedAnswers.flatMap(({ on }) => on ?? []);
  expect(days.filter(day => !calendar.isWorkday(day))).toEqual([]);
});

it('names a lead for each task of 002, among the units of its city', () => {
  const names = new Set(units.get('nantong')!.units.map(({ name }) => name));
  expect(Object.keys(leadsOf002)).toEqual(planOf('002').tasks.map(({ code }) => `002:${code}`));
  expect(Object.values(leadsOf002).filter(({ lead }) => !names.has(lead))).toEqual([]);
});

describe('the timetable', () => {
  const rounds = plans.flatMap(({ rounds }) => rounds) as unknown as Round[];

  it('issues every plan on a workday of April, not before the day of its document', () => {
    expect(Object.keys(issueDays).sort()).toEqual([...planCodes].sort());
    for (const { code, documentOn } of plans) {
      const on = issueDays[code]!;
      expect(on >= firstDay && on >= (documentOn ?? on) && calendar.isWorkday(on)).toBe(true);
    }
  });

  it('opens and closes each round on workdays, the second after the first', () => {
    const faults = rounds.filter(round => {
      const [from, to] = [opensOn(round, calendar), closesOn(round, calendar)];
      return !calendar.isWorkday(from) || !calendar.isWorkday(to) || to <= from || to > lastDay;
    });
    expect(faults).toEqual([]);
  });

  it('opens the second quarter on 3 July and the third on Saturday 7 October, a workday', () => {
    const day = (period: string) =>
      opensOn(
        rounds.find(round => round.period === period)!,
        calendar,
      );
    expect([day('2023Q1'), day('2023Q2'), day('2023Q3')]).toEqual(['2023-04-24', '2023-07-03', '2023-10-07']);
  });
});
