import { type Day } from '@duban/calendar';
import { type ObligationState } from '@duban/ledger';
import { html, type Markup } from '@duban/rollup';
import { type PostKind } from '@duban/unit';
import { type Column, dueDay, facts, heading, renderPage, table } from './page.js';
import { type Owed, type ToDo } from './to-do.js';
import { saidState, term, words } from './words.js';

/** A post that the person holds, and a delegation that he or she gave or was given; both days included. */
export type HeldPost = { post: string; kind: PostKind; from: Day; to: Day | null };
export type HeldDelegation = {
  id: string;
  giver: string;
  delegate: string;
  role: string;
  from: Day;
  to: Day;
};

/** Who somebody is here, and what he or she owes. */
export type Me = {
  id: string;
  role: string;
  unit: string | null;
  plans: readonly string[];
  actingFor: string | null;
  today: Day;
  posts: readonly HeldPost[];
  delegations: readonly HeldDelegation[];
  toDo: ToDo;
};

/** The to-do list of one person or unit as a page that needs nothing else. */
export function renderMeHtml(me: Me): string {
  const { id, unit, today, toDo } = me;
  return renderPage({
    title: { zh: `${unit?.slice(unit.indexOf(':') + 1) ?? id} 待办`, en: 'to do' },
    about: { zh: `${today} · ${id}`, en: `${toDo.next.length} to do, ${toDo.overdue} overdue` },
    body: [about(me), counts(toDo), next(toDo)],
    foot: `duban · ${today}`,
  });
}

function about({ id, role, unit, plans, actingFor, posts, delegations }: Me): Markup {
  return facts([
    [{ zh: '角色', en: 'role' }, role],
    [{ zh: '单位', en: 'unit' }, unit],
    [{ zh: '方案', en: 'plans' }, plans.join('、') || '–'],
    ...(actingFor ? [[{ zh: '代', en: 'acting for' }, actingFor] as const] : []),
    [
      { zh: '岗位', en: 'posts' },
      posts.length === 0
        ? '–'
        : html`${posts.map(({ post, from, to }) => html`${post} <span class="num">${from} – ${to ?? ''}</span><br />`)}`,
    ],
    ...delegations.map(({ giver, delegate, role: as, from, to }) => {
      const title = giver === id ? { zh: '委托', en: 'delegated to' } : { zh: '受托', en: 'delegated by' };
      return [title, `${giver === id ? delegate : giver}（${as}）${from} – ${to}`] as const;
    }),
  ]);
}

function counts({ counts: byState, overdue }: ToDo): Markup {
  const rows = Object.entries(byState).map(([state, count]) => {
    const { zh, en } = saidState(state as ObligationState);
    return [html`${zh} <small lang="en">${en}</small>`, count];
  });
  return html`<section>
    ${heading({ zh: '应办事项', en: 'what is owed' })}
    ${table(
      { zh: `逾期未办 ${overdue} 件`, en: `${overdue} overdue` },
      [
        ['状态', 'state'],
        ['件数', 'count', 'n'],
      ],
      rows,
    )}
  </section>`;
}

function next({ next: owed }: ToDo): Markup {
  const columns: readonly Column[] = [
    ['事项', 'what'],
    ['应于', 'due'],
    ['状态', 'state'],
    ['如何办理', 'what settles it'],
  ];
  return html`<section>
    ${heading({ zh: '接下来', en: 'to do next' })}
    ${table({ zh: '按时限', en: 'by due day' }, columns, owed.map(line))}
  </section>`;
}

function line({
  kind,
  subject,
  title,
  period,
  dueOn,
  originalDueOn,
  state,
  overdue,
  inherited,
  settle,
  href,
}: Owed) {
  return [
    html`<strong>${term(words.kind, kind)}</strong> <span class="code">${subject}</span> ${title}
      ${period && html` <small>${period}</small>`}${inherited && html` <small>承接</small>`}`,
    html`${dueDay(dueOn, overdue)}${originalDueOn !== dueOn && html`<br /><small>原 ${originalDueOn}</small>`}`,
    saidState(state).zh,
    settle
      ? html`<code>${settle.method} ${settle.href} ${JSON.stringify(settle.body)}</code>`
      : html`<code>${href}</code>`,
  ];
}
