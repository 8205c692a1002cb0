import { html, type Markup } from '@duban/rollup';
import { named, on, paper, who } from './dossier-cells.js';
import { type Dossier } from './dossier-model.js';
import { heading, table } from './page.js';

/** What units told and handed in. */
export function reports(dossier: Dossier): Markup {
  const { task, submissions } = dossier;
  const told = task.reports.map(
    ({
      n,
      period,
      on: day,
      unit,
      reporter,
      percent,
      summary,
      onBehalf,
      paper: by,
      supersededBy,
      corrections,
    }) => [
      html`${period} <small>#${n}</small>`,
      on(day),
      html`${named(dossier, unit)} <small>${reporter}</small>`,
      percent === null ? '–' : `${percent}%`,
      html`${summary}${onBehalf && html` <small>代录 ${by && paper(by)}</small>`}${supersededBy && html` <small>由 #${supersededBy} 代替</small>`}${corrections > 0 && html` <small>更正 ${corrections} 次</small>`}`,
    ],
  );
  const handedIn = submissions.flatMap(({ submission, unit, handIns, acceptedOn }) =>
    handIns.map(({ n, on: day, reporter, withdrawnOn }) => [
      html`<span class="code">${submission}</span> <small>#${n}</small>`,
      on(day),
      html`${named(dossier, unit)} <small>${reporter}</small>`,
      withdrawnOn ? html`撤回 ${on(withdrawnOn)}` : acceptedOn ? html`通过 ${on(acceptedOn)}` : '–',
    ]),
  );
  return html`<section>
    ${heading({ zh: '反馈与报送', en: 'reports and submissions' })}
    ${table(
      { zh: '进展反馈', en: 'reports' },
      [
        ['期间', 'period'],
        ['日期', 'on'],
        ['单位', 'unit'],
        ['进度', 'percent', 'n'],
        ['内容', 'what'],
      ],
      told,
    )}
    ${
      handedIn.length > 0 &&
      table(
        { zh: '报送件', en: 'submissions' },
        [
          ['报送件', 'submission'],
          ['日期', 'on'],
          ['单位', 'unit'],
          ['结果', 'outcome'],
        ],
        handedIn,
      )
    }
  </section>`;
}

/** What was said to be done, and who looked at it. */
export function reviews(dossier: Dossier): Markup {
  const lines = dossier.task.completions.map(
    ({ n, on: day, doneOn, unit, reporter, summary, returned, accepted, selfReviewed }) => [
      html`#${n} ${summary}`,
      on(doneOn),
      html`${on(day)} ${named(dossier, unit)} <small>${reporter}</small>`,
      returned
        ? html`退回 ${on(returned.on)}
            <small>${returned.by}：${returned.reasons.join('；')}，${returned.reworkBy} 前重报</small>`
        : accepted
          ? html`通过 ${on(accepted.on)}
              <small>${accepted.by}</small>${selfReviewed && html` <small>自审</small>`}`
          : '待审',
    ],
  );
  return html`<section>
    ${heading({ zh: '办结与审核', en: 'completions and reviews' })}
    ${table(
      { zh: '办结', en: 'completions' },
      [
        ['办结', 'completion'],
        ['完成于', 'done'],
        ['报送', 'handed in'],
        ['审核', 'review'],
      ],
      lines,
    )}
  </section>`;
}

/** What was attached to what. */
export function evidence(dossier: Dossier): Markup {
  const lines = dossier.evidence.map(each => [
    each.evidence.title,
    html`${each.to}${each.n !== null && html` <small>#${each.n}</small>`}`,
    html`${on(each.on)} ${who(dossier, each)}`,
    html`<code>${each.evidence.sha256 ?? each.evidence.url ?? '–'}</code>`,
  ]);
  return html`<section>
    ${heading({ zh: '佐证材料', en: 'evidence' })}
    ${table(
      { zh: '材料', en: 'evidence' },
      [
        ['名称', 'title'],
        ['附于', 'attached to'],
        ['何时何人', 'when, by'],
        ['sha256 或地址', 'sha256 or address'],
      ],
      lines,
    )}
  </section>`;
}

/** What was decided, and on which paper. */
export function decisions(dossier: Dossier): Markup {
  const lines = dossier.decisions.map(each => [
    on(each.on),
    html`${each.type}${each.n !== null && html` <small>#${each.n}</small>`}`,
    each.reason,
    paper(each.paper),
    who(dossier, each),
  ]);
  return html`<section>
    ${heading({ zh: '决定与文件', en: 'decisions with their papers' })}
    ${table(
      { zh: '决定', en: 'decisions' },
      [
        ['日期', 'on'],
        ['决定', 'decision'],
        ['理由', 'reason'],
        ['文件', 'paper'],
        ['谁', 'by'],
      ],
      lines,
    )}
  </section>`;
}
