import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSeeds } from '../apps/cli/src/seed/read-seeds.js';
import { type IndicatorSeed, type PlanSeed, type UnitSeed } from '../apps/cli/src/seed/seed-model.js';
import {
  annexOf000,
  annexOf004,
  leadsOf004,
  providersOf004,
  textFigures,
  type TextFigure,
} from './seed-figures.js';

const { plans, units } = await readSeeds();
const codes = plans.map(({ code }) => code);

function plan(code: string): PlanSeed {
  const found = plans.find(each => each.code === code);
  if (!found) throw new Error(`no plan ${code}`);
  return found;
}

function indicator(of: PlanSeed, code: string): IndicatorSeed {
  const found = of.indicators.find(each => each.code === code);
  if (!found) throw new Error(`no indicator ${of.code}#${code}`);
  return found;
}

const floorsOf = ({ targets }: IndicatorSeed) =>
  Object.fromEntries(targets.map(({ horizon, floor }) => [horizon, floor]));
const textsOf = ({ indicators }: PlanSeed) => indicators.filter(({ source }) => source === 'text');

describe('what the five documents hold', () => {
  it.each([
    // plan, sections, leaf tasks, indicators in tables, in texts, targets in texts, milestones, rounds, findings
    ['000', 17, 26, 9, 23, 29, 16, 4, 46],
    ['001', 9, 25, 0, 42, 42, 20, 4, 39],
    ['002', 10, 9, 0, 27, 27, 8, 4, 42],
    ['003', 18, 53, 0, 39, 52, 7, 13, 51],
    ['004', 8, 31, 26, 40, 40, 9, 6, 54],
  ])('%s: %i sections, %i tasks, %i and %i indicators, …', (code, ...counts) => {
    const of = plan(code);
    const texts = textsOf(of);
    expect([
      of.sections.length,
      of.tasks.length,
      of.indicators.length - texts.length,
      texts.length,
      texts.flatMap(({ targets }) => targets).length,
      of.tasks.flatMap(({ milestones }) => milestones).length,
      of.rounds.length,
      of.findings.length,
    ]).toEqual(counts);
  });

  it('are 144 leaf tasks, 35 indicators in tables, and 171 in the texts with 190 targets', () => {
    expect(plans.flatMap(({ tasks }) => tasks)).toHaveLength(144);
    const all = plans.flatMap(({ indicators }) => indicators);
    expect(all.filter(({ source }) => source === 'table')).toHaveLength(35);
    expect(plans.flatMap(textsOf)).toHaveLength(171);
    expect(plans.flatMap(textsOf).flatMap(({ targets }) => targets)).toHaveLength(190);
  });
});

describe('annex 1 of 000', () => {
  it.each(annexOf000.rows.map(row => [...row]))('row %s', (code, measure, ...figures) => {
    const stated = annexOf000.columns
      .map((column, at) => [column, figures[at]] as const)
      .filter(([, figure]) => figure !== '-');
    const row = indicator(plan('000'), String(code));
    expect(row.measure).toBe(measure);
    expect(floorsOf(row)).toEqual(Object.fromEntries(stated));
    expect(row.annualOnly).toBe(figures[3] === '-');
  });

  it('mixes totals and what is new in rows 7 and 8', () => {
    for (const code of ['i7', 'i8']) {
      const { kind, targets } = indicator(plan('000'), code);
      const kinds = targets.map(target => [target.horizon, target.kind ?? kind]);
      expect(Object.fromEntries(kinds)).toEqual({ 2027: 'stock', 2025: 'stock', 2023: 'flow_cumulative' });
    }
  });

  it('keeps 110, 10 and 90 as printed, and says that it is odd', () => {
    expect(floorsOf(indicator(plan('000'), 'i6'))).toEqual({ 2027: 110, 2025: 10, 2023: 90 });
    expect(plan('000').findings).toContainEqual(
      expect.objectContaining({ code: 'target_not_monotonic', subject: 'i6', blocking: false }),
    );
  });
});

describe('annex 1 of 004', () => {
  it.each(annexOf004.rows.map(row => [...row]))('row %s', (code, measure, in2021, in2022, target) => {
    const row = indicator(plan('004'), String(code));
    expect(row.measure).toBe(measure);
    expect(row.baselines).toEqual([
      { period: '2021', value: in2021 },
      { period: '2022', value: in2022 },
    ]);
    expect(floorsOf(row)).toEqual({ 2023: target });
    expect(row.providers).toEqual(providersOf004[row.code]);
  });

  it('wants less of two, and more or as much of the others', () => {
    const less = plan('004').indicators.filter(({ source, targets }) =>
      source === 'table' ? targets.some(({ bound }) => bound === '<=') : false,
    );
    expect(less.map(({ code }) => code)).toEqual(['i21', 'i22']);
  });

  it('adds up three bureaus in row 5', () => {
    expect(indicator(plan('004'), 'i5').providerMode).toBe('sum');
  });
});

describe('a figure that a plan states twice', () => {
  it.each([
    ['000', 'i7', ['附件1 第7行', '附件2 第11项', '二(三)1']],
    ['000', 'i8', ['附件1 第8行', '附件2 第11项', '二(三)1']],
    ['004', 'i12', ['附件1第12行', '附件2第3项第1行']],
  ])('%s#%s is one indicator with citations', (code, row, clauses) => {
    const { title, links } = indicator(plan(code), row);
    expect(links.map(({ clause }) => clause)).toEqual(clauses);
    expect(plan(code).indicators.filter(each => each.title === title)).toHaveLength(1);
  });
});

describe('figures in the texts', () => {
  it.each(codes.map(code => [code]))('%s: twenty of them say what the document says', code => {
    const expected = textFigures[code] ?? [];
    expect(expected).toHaveLength(20);
    expect(expected.filter(figure => !isStated(plan(code), figure))).toEqual([]);
  });
});

function isStated(of: PlanSeed, [where, about, says]: TextFigure): boolean {
  return textsOf(of)
    .filter(({ title, links }) => title.includes(about) && links.some(link => placeOf(link) === where))
    .some(row => row.targets.some(target => wordsOf(row, target) === says));
}

function placeOf({ task, section }: IndicatorSeed['links'][number]): string {
  return task ?? section ?? 'plan';
}

function wordsOf({ measure }: IndicatorSeed, target: IndicatorSeed['targets'][number]): string {
  const { horizon, bound, floor, stretch, kind, commitment } = target;
  const words = [horizon, `${bound}${floor}`, measure, stretch === null ? '' : `(${stretch})`, kind ?? ''];
  return [...words, commitment === 'plain' ? '' : commitment].filter(word => word !== '').join(' ');
}

describe('units and their roles', () => {
  it('lead the rows of 004 as annex 2 says, ten of them jointly', () => {
    const leads = plan('004').tasks.map(({ code, roles }) => [
      code,
      roles.filter(({ role }) => role === 'lead').map(({ unit }) => unit),
    ]);
    expect(Object.fromEntries(leads)).toEqual(leadsOf004);
    expect(Object.values(leadsOf004).filter(({ length }) => length > 1)).toHaveLength(10);
    expect(Object.values(leadsOf004).filter(leads => leads.includes('市科技局'))).toHaveLength(12);
  });

  it('are counties and parks together in 28 of the 31 rows of 004', () => {
    const rows = plan('004').tasks.filter(({ roles }) => roles.some(({ group }) => group === '各县市区园区'));
    expect(rows).toHaveLength(28);
  });

  it('name 市科技局 in 44 of the 53 actions of 003, and presume the first of each list to lead', () => {
    const { tasks } = plan('003');
    expect(tasks.filter(({ roles }) => roles.some(({ unit }) => unit === '市科技局'))).toHaveLength(44);
    for (const { roles } of [...tasks, ...plan('000').tasks])
      expect(roles.map(({ role, presumed = false }) => `${role} ${presumed}`)).toEqual([
        'lead true',
        ...roles.slice(1).map(() => 'responsible false'),
      ]);
  });

  it('are divisions below the bureau in 001, and nobody in 002', () => {
    const divisions = units.get('jiashan')!.units.filter(({ parent }) => parent === '县科技局');
    expect(divisions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['县科技局合作科', '县科技局高新科', '县科技局平台人才科']),
    );
    expect(plan('002').tasks.flatMap(({ roles }) => roles)).toEqual([]);
  });

  it('are known in their own place by every name that a plan uses', () => {
    for (const { jurisdiction, office, tasks, indicators } of plans) {
      const place = units.get(jurisdiction)!;
      const named = [
        office,
        ...tasks.flatMap(({ roles }) => roles.flatMap(({ unit }) => unit ?? [])),
        ...indicators.flatMap(({ owners, providers }) => [...owners, ...providers]),
      ];
      const groups = tasks.flatMap(({ roles }) => roles.flatMap(({ group }) => group ?? []));
      expect(named.filter(name => !namesIn(place).includes(name))).toEqual([]);
      expect(groups.filter(name => !place.groups.some(group => group.name === name))).toEqual([]);
    }
  });

  it('stand in five places; 市科技局 of Pinghu, Xingtai and Xiangtan is three units', () => {
    expect([...units.keys()].sort()).toEqual(['jiashan', 'nantong', 'pinghu', 'xiangtan', 'xingtai']);
    for (const place of ['pinghu', 'xingtai', 'xiangtan'])
      expect(namesIn(units.get(place)!)).toContain('市科技局');
  });
});

function namesIn({ units: all }: UnitSeed): string[] {
  return all.map(({ name }) => name);
}

describe('dates and rounds', () => {
  it('are the four quarters for every plan, the first of them over before issue', () => {
    for (const { rounds } of plans) {
      const quarters = rounds.filter(({ kind }) => kind === 'quarter');
      expect(quarters.map(({ period, backfill = false }) => `${period} ${backfill}`)).toEqual([
        '2023Q1 true',
        '2023Q2 false',
        '2023Q3 false',
        '2023Q4 false',
      ]);
    }
  });

  it('are two more with evidence and summary for 004', () => {
    const more = plan('004').rounds.filter(({ evidence, summary }) => evidence && summary);
    expect(more.map(({ period, dueOn }) => [period, dueOn])).toEqual([
      ['2023H1', '2023-07-15'],
      ['2023', '2024-01-15'],
    ]);
  });

  it('are nine months for 003, which want one action only', () => {
    const months = plan('003').rounds.filter(({ kind }) => kind === 'month');
    expect(months.map(({ period }) => period)).toEqual(
      ['04', '05', '06', '07', '08', '09', '10', '11', '12'].map(month => `2023-${month}`),
    );
    for (const { scope } of months) expect(scope?.tasks).toEqual(['7.2.3']);
  });

  it('is 31 July for the park of 001/1, and no day where the document says 适时', () => {
    const { due, milestones } = plan('001').tasks.find(({ code }) => code === '1')!;
    expect(due).toMatchObject({ on: '2023-07-31', basis: 'stated' });
    expect(milestones.map(({ on }) => on)).toEqual(['2023-07-31', null]);
  });

  it('is presumed to be the end of the plan year for 004, which states none', () => {
    const dues = plan('004').tasks.map(({ due }) => `${due?.on} ${due?.basis}`);
    expect(new Set(dues)).toEqual(new Set(['2023-12-31 presumed']));
  });

  it('is presumed to be the end of 2027 where 000 speaks of 2027: nothing is due in 2023', () => {
    const dues = plan('000').tasks.map(({ code, due }) => [code, due?.on ?? null]);
    const ofPlan = ['1.1', '1.2', '2.2', '4.2', '5.1', '6.1', '6.2'];
    expect(Object.fromEntries(dues)).toMatchObject(
      Object.fromEntries(ofPlan.map(code => [code, '2027-12-31'])),
    );
  });

  it.each([
    ['000', '到2027年', '2027-12-31', ['1.3', '3.1', '3.2', '4.1', '5.2']],
    ['003', '到2025年', '2025-12-31', ['1.3']],
  ])('is presumed to be the end of the year that %s names: %s', (code, phrase, on, expected) => {
    const named = plan(code).tasks.filter(({ due }) => due?.clause === phrase);
    expect(named.map(each => each.code)).toEqual(expected);
    for (const { due } of named) expect(due).toEqual({ on, basis: 'presumed', clause: phrase });
  });

  it('comes again each year where a plan of several years says 每年', () => {
    const yearly = plans.flatMap(({ code, tasks }) =>
      tasks.filter(({ due }) => due?.every).map(task => `${code}:${task.code} ${task.due?.on}`),
    );
    expect(yearly).toEqual([
      '000:2.1 2023-12-31',
      '000:3.3 2023-12-31',
      '002:8 2023-12-31',
      '003:4.2 2023-12-31',
      '003:4.3 2023-12-31',
    ]);
  });

  it('is the end of 2018 for most of 002, before the plan was issued', () => {
    const dues = plan('002').tasks.map(({ code, due }) => [code, due?.on]);
    expect(Object.fromEntries(dues)).toEqual({
      ...Object.fromEntries(['1', '2', '3', '4', '5', '6', '9'].map(code => [code, '2018-12-31'])),
      8: '2023-12-31', // 每年
      7: '2035-12-31', // no date at all: the last day of the plan
    });
  });
});

describe('what stops an issue', () => {
  it.each([
    ['000', ['goal_without_holder t16']],
    ['001', []],
    ['002', ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(code => `task_without_unit ${code}`)],
    [
      '003',
      [...['1', '2', '3', '4', '5.1', '5.2', '5.3', '6.1', '6.2', '7.1', '7.2', '8', '9', '10', '11']].map(
        code => `goal_without_holder ${code}`,
      ),
    ],
    ['004', ['provider_missing i25', 'provider_missing i26']],
  ])('of %s', (code, expected) => {
    const blocking = plan(code).findings.filter(finding => finding.blocking);
    expect(blocking.map(finding => `${finding.code} ${finding.subject}`)).toEqual(expected);
  });
});

describe('every item', () => {
  it('names the clause that it comes from', () => {
    for (const { code, sections, tasks, indicators, findings, rounds } of plans) {
      const clauses = [
        ...[...sections, ...tasks, ...findings, ...rounds].map(({ clause }) => clause),
        ...indicators.flatMap(({ links, targets }) => [...links, ...targets].map(({ clause }) => clause)),
      ];
      expect([code, clauses.filter(clause => clause.trim() === '')]).toEqual([code, []]);
    }
  });

  it('has a code of its own', () => {
    for (const { sections, tasks, indicators } of plans)
      for (const all of [sections, tasks, indicators])
        expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
  });

  it('points at what exists', () => {
    for (const { sections, tasks, indicators } of plans) {
      const known = { sections: sections.map(({ code }) => code), tasks: tasks.map(({ code }) => code) };
      const links = indicators.flatMap(each => each.links);
      expect(links.filter(({ task }) => task && !known.tasks.includes(task))).toEqual([]);
      expect(links.filter(({ section }) => section && !known.sections.includes(section))).toEqual([]);
      expect(tasks.filter(({ section }) => section && !known.sections.includes(section))).toEqual([]);
    }
  });
});

describe('the files', () => {
  const folder = join(import.meta.dirname, '../seeds');
  const texts = ['plans', 'units'].flatMap(name =>
    readdirSync(join(folder, name)).map(file => readFileSync(join(folder, name, file), 'utf8')),
  );

  it.each([
    ['a mobile number', /(?<!\d)1[3-9]\d{9}(?!\d)/],
    ['a telephone number', /(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)/],
    ['a mail address', /[\w.]+@[\w.]+/],
    ['a contact', /联系人|联系电话|电话|手机|邮箱|传真/],
    ['a person', /同志|先生|女士/],
  ])('hold not %s', (_, pattern) => {
    expect(texts).toHaveLength(10);
    expect(texts.filter(text => pattern.test(text))).toEqual([]);
  });
});
