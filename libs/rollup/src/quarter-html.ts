import { type Tally } from './edition-model.js';
import { later, restatement } from './bulletin-pieces.js';
import { html, Markup } from './markup.js';
import { type Quarter, type QuarterPlan } from './quarter.js';
import {
  both,
  decisionLine,
  figureTable,
  itemLine,
  lightBar,
  rankingTables,
  rateFigure,
} from './quarter-pieces.js';
import { instructionList, silentList } from './exchange-pieces.js';
import { quarterStyle } from './quarter-style.js';

const mostItems = 12;

/**
 * The quarter as one page that needs nothing else: no script, no file, no font. The first plan stands in full, the
 * others open on a click; it reads on a telephone and prints.
 */
export function renderQuarterHtml(quarter: Quarter): string {
  const [first, ...others] = quarter.plans;
  const page = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${quarter.title.zh} 督查通报</title>
        <style>
          ${new Markup(quarterStyle)}
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>
              ${quarter.title.zh}督查通报<span class="en" lang="en"
                >Supervision bulletin, ${quarter.title.en}</span
              >
            </h1>
          </header>
          ${questions(quarter)}
          ${first ? planInFull(first) : html`<p>本季度尚无通报。<span class="en" lang="en">No edition yet.</span></p>`}
          ${
            others.length > 0 &&
            html`<h2>其他方案<span class="en" lang="en">other plans</span></h2>
              ${others.map(planBelow)}`
          }
          ${first && rules(quarter, first)}
        </main>
      </body>
    </html>`;
  return page.text;
}

function planInFull(plan: QuarterPlan): Markup {
  return html`<section>
    <h2>${plan.title}<span class="en">${plan.plan}</span></h2>
    <p>${standing(plan)}</p>
    ${contents(plan)}
  </section>`;
}

function planBelow(plan: QuarterPlan): Markup {
  const { delivery, reporting, decisions } = plan;
  return html`<details class="plan">
    <summary>
      <strong>${plan.title} <span class="en">${plan.plan}</span></strong>
      <span>
        按期率 ${share(delivery)} · 报送 ${share(reporting)}
        ${decisions.length > 0 && html` · 待决定 ${decisions.length}`}
      </span>
      <span>${lightBar(plan.counts.byLight)}</span>
    </summary>
    <p>${standing(plan)}</p>
    ${contents(plan)}
  </details>`;
}

function share({ rate, numerator, denominator }: Tally): Markup {
  return html`${rate === null ? '–' : `${rate}%`} <small>${numerator}/${denominator}</small>`;
}

function standing({ n, cutoffOn, watermarks, closing, office }: QuarterPlan): Markup {
  return html`<small>
    ${n === null ? html`<span class="mark">未定稿 provisional</span>` : html`第 ${n} 期`}
    ${watermarks.includes('backfill') && html` <span class="mark">补录 back-filled</span>`} · 截至 ${cutoffOn}
    所知 · ${office}
    ${
      closing &&
      closing.accepted.length > 0 &&
      html`<br />带条件关闭：${closing.accepted.map(({ zh }) => zh).join('、')}（${closing.reason ?? ''}）`
    }
  </small>`;
}

function contents(plan: QuarterPlan): Markup {
  return html`
    <div class="figures">
      <div>
        任务<span class="en"> tasks</span>
        <div class="big">${plan.counts.tasks}</div>
        ${lightBar(plan.counts.byLight)}
      </div>
      <div>
        指标<span class="en"> indicators</span>
        <div class="big">${plan.counts.indicators}</div>
        ${lightBar(plan.counts.indicatorsByLight)}
      </div>
      ${rateFigure({ zh: '任务按期率', en: ' delivered in time' }, plan.delivery, plan.rules.score)}
      ${rateFigure({ zh: '报送按期率', en: ' reported in time' }, plan.reporting, plan.rules.score)}
    </div>
    ${restatement(plan)} ${exceptions(plan)} ${later(plan)}
    ${plan.instructions.length > 0 && instructionList(plan.instructions)}
    ${plan.silent.length > 0 && silentList(plan.silent)}
    ${
      plan.figures.length > 0 &&
      html`<details>
        <summary>
          <h3>全部指标<span class="en" lang="en">all ${plan.figures.length} indicators</span></h3>
        </summary>
        ${figureTable(plan.figures)}
      </details>`
    }
    <details>
      <summary>
        <h3>各部分与分组<span class="en" lang="en">sections, groups, ranking</span></h3>
      </summary>
      ${sections(plan)} ${groups(plan)} ${rankingTables(plan)}
    </details>
  `;
}

/** What is asked of the leader, across all plans: more than three questions at once and none is answered. */
function questions({ asked, furtherAsked, plans }: Quarter): Markup | null {
  if (asked.length === 0) return null;
  return html`<div class="ask">
    <h2>请领导决定<span class="en" lang="en">to be decided</span></h2>
    <ol>
      ${asked.map(each => decisionLine(each, plans.length > 1))}
    </ol>
    ${furtherAsked > 0 && html`<small>另有 ${furtherAsked} 项，见下。</small>`}
  </div>`;
}

function exceptions({ items, counts }: QuarterPlan): Markup {
  const title = html`<h3>
    红灯与黄灯<span class="en" lang="en">red and amber; ${counts.turnedRed} turned red this quarter</span>
  </h3>`;
  if (items.length === 0)
    return html`${title}
      <p>无。</p>`;
  const [shown, more] = [items.slice(0, mostItems), items.slice(mostItems)];
  return html`${title}
    <ul class="list">
      ${shown.map(itemLine)}
    </ul>
    ${
      more.length > 0 &&
      html`<details>
        <summary>其余 ${more.length} 项<span class="en"> ${more.length} more</span></summary>
        <ul class="list">
          ${more.map(itemLine)}
        </ul>
      </details>`
    }`;
}

function sections({ sections: lines }: QuarterPlan): Markup {
  return html`<div class="two">
    ${lines.map(
      ({ title, tasks, byLight }) =>
        html`<div>
          <p>${title || '未分部分'} <small>${tasks} 项</small></p>
          ${lightBar(byLight)}
        </div>`,
    )}
  </div>`;
}

function groups({ groups: lines }: QuarterPlan): Markup {
  return html`${lines.map(
    ({ name, handedIn, of, absent }) =>
      html`<p>
        ${name}：已报 ${handedIn} / ${of}${absent.length > 0 && html`，未报或逾期：${absent.join('、')}`}
      </p>`,
  )}`;
}

function rules({ period }: Quarter, { rules: by }: QuarterPlan): Markup {
  return html`<footer>
    ${both({ zh: `${period} · 按季末状态评价，季后进展另列；`, en: 'judged at the end of the quarter ' })}
    ${by.light} · ${by.attainment} · ${by.score} · ${by.round ?? 'round@1'} · ${by.date ?? 'date@1'} ·
    ${by.calendar}
  </footer>`;
}
