import { type Day } from '@duban/calendar';
import {
  html,
  lightBar,
  lightSign,
  type Markup,
  type QuarterScore,
  type Said,
  saidReason,
  scoreParts,
} from '@duban/rollup';
import { type Column, facts, heading, renderPage, table } from './page.js';

/** What a unit owed quarter by quarter, under each plan that the reader sees. */
export type Scorecard = {
  unit: string;
  name: string;
  jurisdiction: string;
  today: Day;
  /** Units merged into it, for which it answers. */
  actsFor: readonly string[];
  /** Who answers for it, once it has ended. */
  passedOn: { to: string; on: Day } | null;
  quarters: readonly QuarterScore[];
};

const partTitles: Readonly<Record<(typeof scoreParts)[number], Said>> = {
  lead: { zh: '牵头', en: 'as lead' },
  responsible: { zh: '责任', en: 'as responsible' },
  submissions: { zh: '报送件', en: 'submissions' },
  provider: { zh: '数据采集', en: 'as data provider' },
  supporting: { zh: '配合', en: 'as supporter' },
  office: { zh: '督查办公室', en: 'as office' },
};

const columns: readonly Column[] = [
  ['类别', 'owed as'],
  ['按期', 'on time', 'n'],
  ['延期后按期', 'extended', 'n'],
  ['退回', 'returned', 'n'],
  ['逾期', 'late', 'n'],
  ['延期待批', 'tolled', 'n'],
  ['待发布', 'awaiting', 'n'],
  ['免除', 'waived', 'n'],
  ['未到期', 'open', 'n'],
  ['合计', 'total', 'n'],
  ['按期率', 'rate', 'n'],
];

/** The scorecard as one page that needs nothing else. */
export function renderScorecardHtml(card: Scorecard): string {
  const { name, unit, actsFor, passedOn, quarters, today } = card;
  const others = actsFor.filter(each => each !== unit);
  const about = [
    [{ zh: '单位', en: 'unit' }, unit] as const,
    ...(others.length > 0 ? [[{ zh: '并入', en: 'answers for' }, others.join('、')] as const] : []),
    ...(passedOn ? [[{ zh: '承接单位', en: 'passed on' }, `${passedOn.to} ${passedOn.on}`] as const] : []),
  ];
  return renderPage({
    title: { zh: `${name}履职情况`, en: 'scorecard' },
    about: { zh: `截至 ${today}`, en: `as of ${today}` },
    body: [
      facts(about),
      ...(quarters.length === 0
        ? [html`<p>尚无应办事项。<span class="en" lang="en">Nothing owed yet.</span></p>`]
        : quarters.map(quarter)),
    ],
    foot: [...new Set(quarters.flatMap(({ rules }) => [rules.score, rules.light]))].join(' · '),
  });
}

function quarter(score: QuarterScore): Markup {
  const { plan, title, period, cutoffOn, closed, parts, inherited, total } = score;
  const rows = [
    ...scoreParts.filter(part => parts[part].total > 0).map(part => line(partTitles[part], parts[part])),
    ...(inherited.total > 0
      ? [line({ zh: '合并承接（不排名）', en: 'inherited, unranked' }, inherited)]
      : []),
    line({ zh: '合计', en: 'in all' }, total),
  ];
  return html`<section>
    ${heading({ zh: `${period} ${plan} ${title}`, en: closed ? `as closed on ${cutoffOn}` : 'provisional' })}
    ${!closed && html`<p><span class="mark">未定稿 provisional</span> <small>截至 ${cutoffOn}</small></p>`}
    ${table({ zh: '应办事项，各列相加等于合计', en: 'duties; the columns add up to the total' }, columns, rows)}
    ${rank(score)} ${owned(score)}
  </section>`;
}

function line({ zh, en }: Said, tally: QuarterScore['total']) {
  const { onTime, extended, returned, late, tolled, awaiting, waived, pending } = tally;
  const rate = tally.rate === null ? '–' : html`${tally.rate}% <small>n=${tally.denominator}</small>`;
  return [
    html`${zh} <small lang="en">${en}</small>`,
    ...[onTime, extended, returned, late, tolled, awaiting, waived, pending, tally.total],
    rate,
  ];
}

function rank({ ranking }: QuarterScore): Markup {
  if (!ranking)
    return html`<p>
      <small>本期未列入排名。<span class="en" lang="en">not ranked</span></small>
    </p>`;
  const { rank: place, of, rate, n, minimum, jurisdiction, level, rule } = ranking;
  if (place === null)
    return html`<p>
      <small>计入排名的事项 n=${n}，不足 ${minimum} 项，不排名 · ${rule}</small>
    </p>`;
  return html`<p>
    排名 ${place} / ${of}（${jurisdiction} · ${level}），按期率 ${rate ?? '–'}%，n=${n}
    <small>${rule}</small> <span class="en" lang="en">rank among units of its level in its place</span>
  </p>`;
}

function owned({ owned: { n, byLight, indicators }, provides, parts }: QuarterScore): Markup | null {
  if (n === 0 && provides === 0) return null;
  return html`<h3>指标<span class="en" lang="en">indicators</span></h3>
    ${
      provides > 0 &&
      html`<p>
        作为数据采集单位：${provides} 项指标，本期应报 ${parts.provider.total} 次，逾期 ${parts.provider.late}
        次。
        <span class="en" lang="en">as data provider</span>
      </p>`
    }
    ${
      n > 0 &&
      html`<p>作为指标责任单位：${n} 项。<span class="en" lang="en">as owner</span></p>
        ${lightBar(byLight)}
        ${table(
          { zh: '责任指标', en: 'indicators owned' },
          [
            ['指标', 'indicator'],
            ['评价', 'light'],
            ['原因', 'why'],
            ['规则', 'rule'],
          ],
          indicators.map(({ id, title, colour, reason, params, rule }) => [
            html`<span class="code">${id}</span> ${title}`,
            lightSign(colour),
            saidReason(reason, params).zh,
            rule,
          ]),
        )}`
    }`;
}
