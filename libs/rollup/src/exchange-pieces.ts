import { type InstructionLine, type SilentLine } from './edition-model.js';
import { html, Markup } from './markup.js';

/** Instructions with their answers, as they stand on the page of a quarter. */
export function instructionList(lines: readonly InstructionLine[]): Markup {
  return html`<h3>领导批示及答复<span class="en" lang="en">instructions and answers</span></h3>
    <ul class="list">
      ${lines.map(
        ({ code, on, dueOn, what, answers }) =>
          html`<li>
            <p><span class="code">${code}</span> ${on} ${what} <small>${dueOn} 前答复</small></p>
            ${answers.map(answer => answerLine(answer, dueOn))}
          </li>`,
      )}
    </ul>`;
}

function answerLine({ unit, on, note }: InstructionLine['answers'][number], dueOn: string): Markup {
  if (on === null) return html`<p>${unit}：<span class="mark">未答复 no answer</span></p>`;
  return html`<p>${unit}：${note} <small>${on}${on > dueOn && ' 逾期 late'}</small></p>`;
}

/** Who was asked for a part of a report and said nothing. */
export function silentList(lines: readonly SilentLine[]): Markup {
  return html`<h3>未反馈材料<span class="en" lang="en">asked and silent</span></h3>
    <ul class="list">
      ${lines.map(
        ({ code, lead, dueOn, units }) =>
          html`<li>
            <p>
              <span class="code">${code}</span> ${units.join('、')} <small>${lead} ${dueOn} 前征集</small>
            </p>
          </li>`,
      )}
    </ul>`;
}
