import { html, lightSign, type Markup, saidReason } from '@duban/rollup';
import { named, on, paper, who } from './dossier-cells.js';
import { type Dossier } from './dossier-model.js';
import { lightsOver, messages, trail } from './dossier-record-html.js';
import { decisions, evidence, reports, reviews } from './dossier-story-html.js';
import { dueDay, facts, heading, renderPage, table } from './page.js';
import { saidState, term, words } from './words.js';

/** The dossier as one page that needs nothing else: what an auditor asks next stands on it. */
export function renderDossierHtml(dossier: Dossier): string {
  const { id, task, today, lights, record } = dossier;
  const current = lights.at(-1);
  return renderPage({
    title: { zh: `${id} ${task.title}`, en: 'dossier of a task' },
    about: { zh: `截至 ${today}`, en: `as of ${today}` },
    body: [
      about(dossier),
      ...(current
        ? [
            html`<p>
              ${lightSign(current.colour)} ${saidReason(current.reason, current.params, dossier.names).zh}
            </p>`,
          ]
        : []),
      roles(dossier),
      dues(dossier),
      owed(dossier),
      reports(dossier),
      reviews(dossier),
      evidence(dossier),
      decisions(dossier),
      messages(dossier),
      lightsOver(dossier),
      trail(dossier),
    ],
    foot: `${record.stream} · 版本 ${record.version} · 位置 ${record.position} · sha256 ${record.hash}`,
  });
}

function about(dossier: Dossier): Markup {
  const { plan, task, findings } = dossier;
  const flags = Object.entries(task.flags).flatMap(([flag, isSet]) =>
    isSet ? [html`${term(words.flag, flag)} `] : [],
  );
  return facts([
    [{ zh: '方案', en: 'plan' }, `${plan.code} ${plan.title} ${plan.documentNumber ?? ''}`],
    [{ zh: '印发', en: 'issued' }, `${plan.issuedOn ?? '–'}（计自 ${plan.countsFrom ?? '–'}）`],
    [
      { zh: '批准', en: 'approved' },
      plan.approved && html`${plan.approved.by} ${plan.approved.on} ${paper(plan.approved.paper)}`,
    ],
    [{ zh: '督查办公室', en: 'office' }, named(dossier, plan.office)],
    [{ zh: '所属部分', en: 'section' }, task.sections.join(' › ') || '–'],
    [{ zh: '条款', en: 'clause' }, task.clause],
    [{ zh: '承诺', en: 'commitment' }, term(words.commitment, task.commitment)],
    [{ zh: '状态', en: 'state' }, term(words.status, task.status)],
    [{ zh: '标记', en: 'flags' }, flags.length > 0 ? html`${flags}` : '–'],
    ...findings.map(
      ({ note, waived }) =>
        [{ zh: '问题', en: 'finding' }, `${note}${waived ? `（${waived}）` : ''}`] as const,
    ),
  ]);
}

function roles(dossier: Dossier): Markup {
  const { roles: over, successions, posts } = dossier;
  const lines = over.map(each => [
    on(each.on),
    html`${each.roles.map(
      ({ holder, role, isGroup, presumed }) =>
        html`${named(dossier, holder)} ${term(words.role, role)}<small
            >${isGroup && ' 组'}${presumed && ' 推定'}</small
          ><br />`,
    )}${each.reportingLead && html`<small>报送：${named(dossier, each.reportingLead)}</small>`}`,
    html`${each.through} ${each.reason && html`<small>${each.reason}</small>`} ${paper(each.paper)}`,
    who(dossier, each),
  ]);
  return html`<section>
    ${heading({ zh: '承担单位', en: 'roles over time' })}
    ${table(
      { zh: '先后名单', en: 'who was named' },
      [
        ['自', 'from'],
        ['单位', 'units'],
        ['依据', 'through'],
        ['谁', 'by'],
      ],
      lines,
    )}
    ${
      successions.length > 0 &&
      table(
        { zh: '机构变更', en: 'successions' },
        [
          ['单位', 'unit'],
          ['方式', 'how'],
          ['自', 'from'],
          ['承接', 'into'],
        ],
        successions.map(({ unit, how, on: day, into }) => [
          named(dossier, unit),
          how,
          on(day),
          into.map(each => named(dossier, each)).join('、') || '–',
        ]),
      )
    }
    ${posts.length > 0 && postsOver(posts)}
  </section>`;
}

function postsOver(posts: Dossier['posts']): Markup {
  const holding = posts.map(({ post, holders }) => [
    post,
    html`${holders.map(({ person, from, to }) => html`${person} <span class="num">${from} – ${to ?? ''}</span><br />`)}`,
  ]);
  return html`<details>
    <summary>
      <h3>岗位 ${posts.length}<span class="en" lang="en">posts</span></h3>
    </summary>
    ${table(
      { zh: '任职', en: 'held by whom, from when to when' },
      [
        ['岗位', 'post'],
        ['任职', 'held by'],
      ],
      holding,
    )}
  </details>`;
}

function dues({ dues: versions, milestones }: Dossier): Markup {
  const lines = [
    ...versions.map(({ version, due, setOn, through }) => [
      '任务',
      version,
      on(due?.on ?? null),
      due ? term(words.basis, due.basis) : '–',
      due?.clause ?? '–',
      on(setOn),
      term(words.through, through),
    ]),
    ...milestones.flatMap(({ code, title, dues: own, reachedOn }) =>
      own.map(({ version, due, setOn, through }) => [
        `${code} ${title}${reachedOn ? `（${reachedOn} 达成）` : ''}`,
        version,
        on(due?.on ?? null),
        due ? term(words.basis, due.basis) : '–',
        due?.clause ?? '–',
        on(setOn),
        term(words.through, through),
      ]),
    ),
  ];
  return html`<section>
    ${heading({ zh: '时限', en: 'due days and their versions' })}
    ${table(
      { zh: '全部版本', en: 'all versions' },
      [
        ['对象', 'of'],
        ['版本', 'version', 'n'],
        ['时限', 'due'],
        ['性质', 'basis'],
        ['条款', 'clause'],
        ['自', 'set on'],
        ['缘由', 'through'],
      ],
      lines,
    )}
  </section>`;
}

function owed(dossier: Dossier): Markup {
  const lines = dossier.obligations.map(
    ({ kind, subject, period, holders, due, state, handedIn, lateSince }) => [
      html`${term(words.kind, kind)} <span class="code">${subject}</span> ${period}`,
      holders.map(each => named(dossier, each)).join('、'),
      dueDay(due.on, handedIn === null && state === 'open' && due.countsFrom < dossier.today),
      saidState(state).zh,
      handedIn ? html`${on(handedIn.on)} ${named(dossier, handedIn.by)}` : '–',
      lateSince ? on(lateSince) : '–',
    ],
  );
  return html`<section>
    ${heading({ zh: '应办事项', en: 'what was owed' })}
    ${table(
      { zh: '全部', en: 'all' },
      [
        ['事项', 'duty'],
        ['单位', 'holder'],
        ['应于', 'due'],
        ['状态', 'state'],
        ['报送', 'handed in'],
        ['逾期自', 'late since'],
      ],
      lines,
    )}
  </section>`;
}
