import { type Tally } from './edition-model.js';
import { html, type Markup } from './markup.js';
import {
  type QuarterDecision,
  type QuarterFigure,
  type QuarterItem,
  type QuarterPlan,
  shownFigure,
} from './quarter.js';
import { type Said } from './sentences.js';

type Colour = QuarterItem['colour'];

/** Colour and sign together: who cannot tell red from green still can. */
const lights: Readonly<Record<Colour, Said & { sign: string }>> = {
  red: { sign: '✖', zh: '红灯', en: 'red' },
  amber: { sign: '▲', zh: '黄灯', en: 'amber' },
  green: { sign: '●', zh: '绿灯', en: 'green' },
  grey: { sign: '○', zh: '灰灯', en: 'grey' },
  none: { sign: '–', zh: '不计', en: 'not judged' },
};
const inOrder: readonly Colour[] = ['red', 'amber', 'green', 'grey', 'none'];

export function lightSign(colour: Colour): Markup {
  const { sign, zh, en } = lights[colour];
  return html`<span class="light ${colour}" title="${en}">${sign} ${zh}</span>`;
}

export function both({ zh, en }: Said): Markup {
  return html`${zh}<span class="en" lang="en">${en}</span>`;
}

/** How many are of which colour: a bar, and the same in words. */
export function lightBar(byLight: Readonly<Record<string, number>>): Markup {
  const present = inOrder.filter(colour => (byLight[colour] ?? 0) > 0);
  return html`<div class="bar" aria-hidden="true">
      ${present.map(colour => html`<i class="${colour}" style="flex:${byLight[colour] ?? 0}"></i>`)}
    </div>
    <div class="keys">
      ${present.map(
        colour =>
          html`<span class="light ${colour}" title="${lights[colour].en}"
            >${lights[colour].sign} ${lights[colour].zh} ${byLight[colour] ?? 0}</span
          >`,
      )}
    </div>`;
}

/** An on-time rate with what it was divided by, and everything that stands beside it. */
export function rateFigure(title: Said, tally: Tally, rule: string): Markup {
  const beside: [string, number][] = [
    ['逾期未交', tally.openOverdue],
    ['逾期（含已交）', tally.late],
    ['延期后按期', tally.extended],
    ['退回待重报', tally.returned],
    ['延期待批', tally.tolled],
    ['待发布', tally.awaiting],
    ['免除', tally.waived],
    ['未到期', tally.pending],
    ['退回次数', tally.returns],
    ['逾期工作日合计', tally.workdaysLate],
    ['合并承接', tally.inherited],
  ];
  return html`<div>
    ${both(title)}
    <details>
      <summary>
        <span class="big">${tally.rate === null ? '–' : html`${tally.rate}<small>%</small>`}</span>
        <small>${tally.numerator} / ${tally.denominator}</small>
      </summary>
      <small>
        ${beside.filter(([, count]) => count > 0).map(([name, count]) => html`${name} ${count}<br />`)}
        分母含逾期未交事项；延期待批、待发布、免除不计入。${rule}
      </small>
    </details>
  </div>`;
}

export function decisionLine(
  { plan, code, title, units, asks, since }: QuarterDecision & { plan: string },
  withPlan: boolean,
): Markup {
  return html`<li>
    <strong>${asks.zh}</strong> <span class="en" lang="en">${asks.en}</span><br />
    <span class="code">${withPlan && `${plan}/`}${code}</span> ${title} ·
    ${units.join('、') || '（未明确单位）'} ${since && html`<small> 自 ${since}</small>`}
  </li>`;
}

/** A red or amber thing in one line; its whole story on opening. */
export function itemLine(item: QuarterItem): Markup {
  const { warned, blockedBy, sinceThen } = item;
  const last = warned.latest.at(-1);
  return html`<li>
    <details>
      <summary class="item">
        ${lightSign(item.colour)}
        <span>
          <span class="code">${item.code}</span> ${item.title}
          ${item.isNew && html`<span class="new ${item.colour}" title="turned so this quarter">新增</span>`}
        </span>
        <span>${item.units.join('、')}</span>
        <span class="why"
          >${item.reason.zh}${item.amount && html` ${item.amount}`}${last && html` · ${last.on} 已提醒${last.to.zh}`}${item.told.length > 0 && html` · 此前已报告领导 ${item.told.length} 次`}${sinceThen.map(({ on, zh }) => html` · 季后 ${on} ${zh}`)}</span
        >
      </summary>
      <dl class="more">
        <dt>原因 <small>why</small></dt>
        <dd>${both(item.reason)} <small>${item.rule} · ${concerns[item.concern]}</small></dd>
        ${
          item.since &&
          html`<dt>起于 <small>since</small></dt>
            <dd>${item.since}</dd>`
        }
        <dt>提醒 <small>warned</small></dt>
        <dd>
          ${
            last
              ? warned.latest.map(({ on, stage, to }) => html`${on} ${to.zh} <small>${stage}</small><br />`)
              : '未发出提醒'
          }
          ${warned.count > warned.latest.length && html`<small>共 ${warned.count} 次</small>`}
        </dd>
        ${
          item.told.length > 0 &&
          html`<dt>已告领导 <small>you were told</small></dt>
            <dd>${item.told.map(({ on, stage }) => html`${on} <small>${stage}</small><br />`)}</dd>`
        }
        ${
          blockedBy.length > 0 &&
          html`<dt>受阻 <small>blocked</small></dt>
            <dd>${blockedBy.join('；')}</dd>`
        }
        ${
          sinceThen.length > 0 &&
          html`<dt>季后进展 <small>since then</small></dt>
            <dd>${sinceThen.map(({ on, zh, en }) => html`${on} ${both({ zh, en })}<br />`)}</dd>`
        }
      </dl>
    </details>
  </li>`;
}

const concerns: Readonly<Record<QuarterItem['concern'], string>> = {
  time: '时限',
  quantity: '数量',
  quality: '质量',
  missing_report: '缺报',
  state: '状态',
};

const marks: Readonly<Record<string, string>> = {
  unconfirmed: '未确认',
  corrected: '已更正',
  selfReviewed: '自审',
};

const bases: Readonly<Record<string, string>> = {
  stated: '方案所列',
  derived: '按进度折算',
  standard: '须保持',
  required: '按增幅推算',
};

export function figureTable(figures: readonly QuarterFigure[]): Markup {
  return html`<table>
    <thead>
      <tr>
        <th>指标<span class="en"> indicator</span></th>
        <th class="n">本期计划</th>
        <th class="n">实际</th>
        <th class="n wide">年度目标</th>
        <th class="n wide">较上季</th>
        <th>评价<span class="en"> why</span></th>
      </tr>
    </thead>
    <tbody>
      ${figures.map(figureRow)}
    </tbody>
  </table>`;
}

function figureRow(figure: QuarterFigure): Markup {
  const { code, title, measure, planned, actual, target, change, parts } = figure;
  const revised = target && target.original !== target.current;
  return html`<tr>
    <td>
      <span class="code">${code}</span> ${title} <small>${measure}</small>
      ${figure.marks.map(mark => html` <small>［${marks[mark] ?? mark}］</small>`)}
    </td>
    <td class="n">${planned ? shownFigure(planned.value) : '–'}</td>
    <td class="n">${actual ?? (parts ? `${parts.in}/${parts.of}` : '–')}</td>
    <td class="n wide">
      ${target ? target.current : '–'}${revised && html`<br /><small>原 ${target.original}</small>`}
    </td>
    <td class="n wide">${change.quarter === null ? '–' : signed(change.quarter)}</td>
    <td>
      <details>
        <summary>${lightSign(figure.colour)} ${shareOf(figure)}</summary>
        <p>${both(figure.reason)}</p>
        ${planned && html`<p>计划值：${bases[planned.basis] ?? planned.basis}</p>`}
        ${figure.attainment?.line && html`<p>按时间进度应为 ${figure.attainment.line.value}</p>`}
        ${target?.stretch !== undefined && target?.stretch !== null && html`<p>力争 ${target.stretch}</p>`}
        ${figure.baseline && html`<p>基数 ${figure.baseline.value}（${figure.baseline.period}）</p>`}
        ${change.year !== null && html`<p>较上年同期 ${signed(change.year)}</p>`}
        ${parts && parts.absent.length > 0 && html`<p>已报 ${parts.in}/${parts.of}，缺 ${parts.absent.join('、')}</p>`}
        ${figure.availableOn && html`<p>预计 ${figure.availableOn} 发布</p>`}
        <p>
          责任 ${figure.owners.join('、') || '–'}；数据 ${figure.providers.join('、') || '–'}
          <small>${figure.rule}</small>
        </p>
      </details>
    </td>
  </tr>`;
}

function shareOf({ attainment }: QuarterFigure): string {
  if (!attainment) return '';
  const { judged, ratio, progress, points } = attainment;
  if (judged === 'points' && points !== null) return `${signed(points)} 点`;
  const share = judged === 'progress' ? progress : ratio;
  return share === null ? '' : `${share}%`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}

const levels: Readonly<Record<string, string>> = {
  bureau: '部门',
  district: '县市区、园区',
  division: '科室',
};

export function rankingTables({ ranking }: QuarterPlan): Markup | null {
  if (!ranking) return null;
  return html`<h3>按期率排名<span class="en" lang="en">ranking, ${ranking.rule}</span></h3>
    <div class="two">
      ${ranking.tables.map(
        ({ level, ranked, tooFew }) =>
          html`<div>
            <table>
              <thead>
                <tr>
                  <th class="n">名次</th>
                  <th>${levels[level] ?? level}</th>
                  <th class="n">按期率</th>
                  <th class="n">n</th>
                </tr>
              </thead>
              <tbody>
                ${ranked.map(
                  ({ rank, name, rate, n, inherited, selfReviewed }) =>
                    html`<tr>
                      <td class="n">${rank}</td>
                      <td>
                        ${name} ${inherited > 0 && html`<small>承接 ${inherited}</small>`}
                        ${selfReviewed > 0 && html`<small>自审 ${selfReviewed}</small>`}
                      </td>
                      <td class="n">${rate ?? '–'}%</td>
                      <td class="n">${n}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
            ${
              tooFew.length > 0 &&
              html`<p>
                <small
                  >事项不足 ${ranking.minimum} 项，不排名：${tooFew.map(({ name }) => name).join('、')}</small
                >
              </p>`
            }
          </div>`,
      )}
    </div>`;
}
