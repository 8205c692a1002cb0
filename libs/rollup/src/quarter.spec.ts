import { editionOf } from './edition.js';
import { html, Markup } from './markup.js';
import { type CurrentEdition, quarterOf } from './quarter.js';
import { renderQuarterHtml } from './quarter-html.js';
import { columns, renderQuarterText } from './quarter-text.js';
import { calendar, finance, indicator, planned } from './story.js';

const due = { on: '2023-06-30', basis: 'stated' as const, clause: '6月底' };

/** A plan with so many tasks that nobody has done. */
function current(plan: string, tasks: number, title = '创新型城市年度计划'): CurrentEdition {
  const story = planned(each => {
    for (let code = 1; code <= tasks; code += 1)
      each.task(`${code}`, [finance], { due, title: `建设<b>平台</b>${code}` });
    each.tell(`indicator-${plan}:i1`, indicator('i1', plan, { kind: 'flow_cumulative', baselines: [] }));
    each.round('2023Q2', '2023-07-07');
  }, plan)
    .on('2023-07-03')
    .open('2023Q2')
    .on('2023-07-05')
    .value('i1', 'xiangtan:市统计局', '2023Q2', 205.5)
    .on('2023-07-21')
    .close('2023Q2');
  const edition = editionOf(story.ledger(), { period: '2023Q2', cutoffOn: '2023-07-21' }, calendar);
  const correction = {
    ...{
      n: 1,
      cause: 'x@1',
      subject: `${plan}:i1`,
      period: '2023Q2',
      how: 'corrected' as const,
      unit: finance,
    },
    ...{ from: 1010, to: 980, reason: '口径有误', correctedOn: '2023-08-10' },
  };
  return { id: `${plan}:2023Q2/1`, n: 1, edition: { ...edition, title }, corrections: [correction] };
}

const quarter = (tasks = 3) =>
  quarterOf(
    '2023Q2',
    ['000', '001', '002', '003', '004'].map(plan => current(plan, tasks)),
    { first: '004' },
  );

describe('the page of a quarter', () => {
  it('tells the chosen plan first and the others by code', () => {
    expect(quarter().plans.map(({ plan }) => plan)).toEqual(['004', '000', '001', '002', '003']);
    expect(quarter().title).toEqual({ zh: '2023年第二季度', en: 'Q2 2023' });
  });

  it('says what turned red, why, and what is to be decided', () => {
    const [first] = quarter().plans;
    expect(first?.items[0]).toMatchObject({
      isNew: true,
      units: ['市财政局'],
      reason: { code: 'overdue', zh: '应于 2023-06-30 完成，逾期未完成', en: 'due 2023-06-30, not done' },
    });
    expect(first?.items.find(({ kind }) => kind === 'indicator')?.amount).toBe('205.5 / 415 (49.5%)');
    expect(first?.decisions.map(({ kind }) => kind)).toEqual(['overdue', 'far_behind', 'overdue']);
    expect(first?.corrections).toMatchObject([{ from: 1010, to: 980, unitName: '市财政局' }]);
  });
});

describe('what a leader is asked', () => {
  it('is three questions at most, across all plans, the weightiest of each first', () => {
    const { asked, furtherAsked, plans } = quarter();
    expect(asked.map(({ plan, kind }) => `${plan} ${kind}`)).toEqual([
      ...['004 overdue', '000 overdue', '001 overdue'],
    ]);
    const all = plans.reduce((sum, each) => sum + each.decisions.length + each.furtherDecisions, 0);
    expect(furtherAsked).toBe(all - 3);
    const page = renderQuarterHtml(quarter());
    expect(page.match(/class="ask"/g)).toHaveLength(1);
    expect(page).toContain('<span class="code">000/1</span>');
  });

  it('says what the leader was told of it before, and when', () => {
    const told = [{ subject: '004:1', on: '2023-07-10', stage: '+5', kind: 'escalation' as const }];
    const page = quarterOf('2023Q2', [current('004', 2)], { told });
    expect(page.plans[0]?.items.map(item => [item.subject, item.told.length])).toEqual([
      ...[
        ['004:1', 1],
        ['004:2', 0],
        ['004:i1', 0],
      ],
    ]);
    expect(renderQuarterHtml(page)).toContain('此前已报告领导 1 次');
  });
});

describe('the screen of a quarter', () => {
  it.each([1, 3, 60])('fits on one screen with %i tasks', tasks => {
    const lines = renderQuarterText(quarter(tasks), { width: 90 }).split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(90);
    expect(lines.at(-1)).toContain('003');
  });

  it('counts Chinese characters as two columns', () => {
    expect([columns('abc'), columns('市科技局'), columns('（5）')]).toEqual([3, 8, 5]);
  });

  it('says that there is nothing when there is nothing', () => {
    expect(renderQuarterText(quarterOf('2023Q2', []))).toBe('Q2 2023 · no edition yet');
    expect(renderQuarterHtml(quarterOf('2023Q2', []))).toContain('本季度尚无通报');
  });
});

describe('the document of a quarter', () => {
  const page = renderQuarterHtml(quarter());

  it('needs nothing else: no script, no file, no address', () => {
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import/);
    expect(page.startsWith('<!doctype html>')).toBe(true);
  });

  it('lists work that was told of too late beside the edition, and other late facts as a number', () => {
    const [late] = current('004', 1).corrections;
    const done = { ...late!, how: 'late' as const, from: null, to: null, reason: '' };
    const corrections = [
      { ...done, subject: '004:1', done: { what: 'task' as const, on: '2023-06-29' } },
      { ...done, subject: '004:2' },
    ];
    const told = quarterOf('2023Q2', [{ ...current('004', 2), corrections }]);
    expect(renderQuarterHtml(told)).toContain('办结 done 2023-06-29 · 2023-08-10');
    expect(renderQuarterText(told)).toContain('004:1 办结 done 2023-06-29; 2 came late');
  });

  it('escapes what people wrote', () => {
    expect(page).toContain('建设&lt;b&gt;平台&lt;/b&gt;1');
    expect(page).not.toContain('建设<b>');
    expect(html`<i title="${'"\'&<>'}">${[1, null, false, html`<b>x</b>`]}</i>`).toEqual(
      new Markup('<i title="&quot;&#39;&amp;&lt;&gt;">1<b>x</b></i>'),
    );
  });

  it('never shows a colour without its sign', () => {
    const lights = page.match(/class="light \w+"[^>]*>\s*(\S)/g) ?? [];
    expect(lights.length).toBeGreaterThan(10);
    for (const light of lights) expect(light).toMatch(/[✖▲●○–]$/);
  });
});
