import { html, type Markup } from '@duban/rollup';
import { type Desk, type DeskItem, type DeskQueue } from './desk-model.js';
import { dueDay, heading, renderPage, table } from './page.js';

const most = 200;

/** The desk as one page that needs nothing else. */
export function renderDeskHtml(desk: Desk): string {
  const plans = desk.plans.map(({ plan, title }) => `${plan} ${title}`).join('、');
  return renderPage({
    title: { zh: '督查办公桌', en: 'the desk of the office' },
    about: { zh: `${desk.today} · ${plans}`, en: `${desk.count} waiting, ${desk.overdue} overdue` },
    body: [counts(desk), ...desk.queues.map(queue => section(queue, desk))],
    foot: `duban · ${desk.today}`,
  });
}

function counts({ queues, count, overdue }: Desk): Markup {
  const rows = [
    ...queues.map(each => [
      html`${each.title.zh} <small lang="en">${each.title.en}</small>`,
      each.count,
      each.overdue,
    ]),
    [html`<strong>合计</strong> <small lang="en">in all</small>`, count, overdue],
  ];
  return table(
    { zh: '待办', en: 'waiting' },
    [
      ['事项', 'queue'],
      ['件数', 'count', 'n'],
      ['其中逾期', 'overdue', 'n'],
    ],
    rows,
  );
}

function section({ title, items, count }: DeskQueue, { names }: Desk): Markup {
  const shown = items.slice(0, most);
  return html`<section>
    ${heading(title)}
    ${table(
      { zh: `${count} 件，最早的在前`, en: `${count}, the oldest first` },
      [
        ['对象', 'subject'],
        ['单位', 'unit'],
        ['自', 'since'],
        ['应于', 'due'],
        ['如何办理', 'what settles it'],
      ],
      shown.map(item => line(item, names)),
    )}
    ${items.length > most && html`<p><small>另有 ${items.length - most} 行。</small></p>`}
  </section>`;
}

function line(item: DeskItem, names: Desk['names']) {
  const { subject, title, note, units, since, dueOn, overdue, count, settle } = item;
  return [
    html`<span class="code">${subject}</span> ${title} ${count > 1 && html`<small>× ${count}</small>`}
      ${note && html`<br /><small>${note}</small>`}`,
    units.map(unit => names[unit] ?? unit).join('、') || '–',
    html`<span class="num">${since}</span>`,
    dueDay(dueOn, overdue),
    html`${settle.map(({ method, href, body }) => html`<code>${method} ${href} ${JSON.stringify(body)}</code><br />`)}`,
  ];
}
