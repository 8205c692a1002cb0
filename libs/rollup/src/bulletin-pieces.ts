import { html, Markup } from './markup.js';
import { type QuarterPlan } from './quarter.js';
import { both } from './quarter-pieces.js';
import { isTold, type Said, saidChange, saidCorrection } from './sentences.js';

const mostShown = 12;

/** Which edition this one takes the place of, and why. */
export function restatement({ restated }: QuarterPlan): Markup | null {
  if (!restated) return null;
  const { of, reason, paper, late, corrected, revised } = restated;
  return html`<p>
    本期重述第 ${of} 期：${reason}${paper && html`（${paper.number}）`}<span class="en" lang="en"
      >restates edition ${of}: ${late} late, ${corrected} corrected, ${revised} revised</span
    >
  </p>`;
}

/** What has come since this edition, apart by kind: what was corrected or finished in whole, what else came late as a number. */
export function later({ corrections, counters, n }: QuarterPlan): Markup | null {
  if (corrections.length === 0) return null;
  const told = corrections.filter(isTold);
  const { late, corrected, revised, pending } = counters;
  const counts: Said = {
    zh: `迟报 ${late} · 更正 ${corrected} · 修订 ${revised} · 待确认 ${pending}`,
    en: ` ${late} late, ${corrected} corrected, ${revised} revised, ${pending} pending`,
  };
  return html`<h3>第 ${n ?? '–'} 期之后的变动<span class="en" lang="en">changed since this edition</span></h3>
    <p>${both(counts)}</p>
    <ul class="list">
      ${told.slice(0, mostShown).map(correctionLine)}
    </ul>
    ${told.length > mostShown && html`<small>另有 ${told.length - mostShown} 项。</small>`}`;
}

function correctionLine(correction: QuarterPlan['corrections'][number]): Markup {
  const { subject, reason, correctedOn, unitName, explained } = correction;
  return html`<li>
    <p>
      <span class="code">${subject}</span> ${saidChange(correction)} · ${correctedOn} ${unitName}
      ${both(saidCorrection(correction))}
      <small>${reason}</small>
      ${explained && html`<small>说明：${explained.text}（${explained.on}）</small>`}
    </p>
  </li>`;
}
