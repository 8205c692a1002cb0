import { html, Markup, quarterStyle, type Said } from '@duban/rollup';

// What the other pages have and the page of a quarter has not.
const ownStyle = `
caption { text-align:left; color:var(--soft); font-size:.85rem; padding:.3rem 0; }
small .en, small small, caption .en { font-size:1em; }
tbody th { color:inherit; border-bottom:1px solid var(--line); vertical-align:top; overflow-wrap:anywhere; }
.over { color:var(--red); white-space:nowrap; } .num { font-variant-numeric:tabular-nums; white-space:nowrap; }
code { font-family:ui-monospace,"DejaVu Sans Mono",monospace; font-size:.85em; overflow-wrap:anywhere; }
dl.facts { display:grid; grid-template-columns:9rem 1fr; gap:.15rem .75rem; margin:1rem 0; }
dl.facts dt { color:var(--soft); } dl.facts dd { margin:0; }
@page { size:A4; margin:16mm 14mm; }
@media screen and (max-width:44rem) {
  dl.facts { grid-template-columns:6rem 1fr; }
  table, caption, tbody, tr, tbody th, td { display:block; } thead { position:absolute; clip-path:inset(50%); width:1px; height:1px; overflow:hidden; }
  tbody tr { border-bottom:1px solid var(--line); padding:.4rem 0; } tbody th, td, td.n { border:0; padding:.1rem 0; text-align:left; white-space:normal; }
  td::before { content:attr(data-title) " "; color:var(--soft); font-size:.85em; }
}
@media print { thead { display:table-header-group; } table { font-size:8.5pt; } .en.wide { display:none; } }`;

/** `about`: one line under the title. */
export type Page = { title: Said; about: Said; body: readonly Markup[]; foot: string };

/**
 * A page that needs nothing else: no script, no file, no font; it reads on a telephone and prints on A4.
 * @returns the whole document
 */
export function renderPage({ title, about, body, foot }: Page): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title.zh}</title>
        <style>
          ${new Markup(quarterStyle + ownStyle)}
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>${title.zh}<span class="en" lang="en">${title.en}</span></h1>
            <p>
              <small>${about.zh} <span class="en" lang="en">${about.en}</span></small>
            </p>
          </header>
          ${body}
          <footer>${foot}</footer>
        </main>
      </body>
    </html>`.text;
}

/** A heading in both languages. */
export function heading({ zh, en }: Said): Markup {
  return html`<h2>${zh}<span class="en" lang="en">${en}</span></h2>`;
}

/** The head of a column in both languages; `n`: figures, to the right. */
export type Column = readonly [zh: string, en: string, kind?: 'n'];
export type Cell = Markup | string | number | null;

/** A table whose first cell of a row names it. Rows without any are told in one word. */
export function table(caption: Said, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Markup {
  if (rows.length === 0)
    return html`<p>${caption.zh}：无。<span class="en" lang="en">${caption.en}: none.</span></p>`;
  return html`<table role="table">
    <caption>
      ${caption.zh}
      <span class="en" lang="en">${caption.en}</span>
    </caption>
    <thead>
      <tr role="row">
        ${columns.map(
          ([zh, en, kind]) =>
            html`<th role="columnheader" scope="col" class="${kind ?? ''}">
              ${zh} <span class="en wide" lang="en">${en}</span>
            </th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${rows.map(cells => row(columns, cells))}
    </tbody>
  </table>`;
}

// On a telephone cells stand below each other: each says of which column it is, and roles keep the table a table.
function row(columns: readonly Column[], [name = null, ...cells]: readonly Cell[]): Markup {
  return html`<tr role="row">
    <th role="rowheader" scope="row">${shown(name)}</th>
    ${cells.map((cell, index) => {
      const [title = '', , kind = ''] = columns[index + 1] ?? [];
      return html`<td role="cell" class="${kind}" data-title="${title}">${shown(cell)}</td>`;
    })}
  </tr>`;
}

/** An empty cell says so. */
function shown(cell: Cell): Cell {
  const isEmpty = cell === null || (cell instanceof Markup ? cell.text.trim() === '' : cell === '');
  return isEmpty ? '–' : cell;
}

/** Names and values, one under the other. */
export function facts(entries: readonly (readonly [Said, Cell])[]): Markup {
  return html`<dl class="facts">
    ${entries.map(
      ([{ zh, en }, value]) =>
        html`<dt>${zh} <small lang="en">${en}</small></dt>
          <dd>${value ?? '–'}</dd>`,
    )}
  </dl>`;
}

/** A day, marked where it is over. */
export function dueDay(on: string | null, overdue: boolean): Markup {
  if (on === null) return html`–`;
  return overdue
    ? html`<span class="num">${on}</span> <span class="over">✖ 逾期 <small lang="en">overdue</small></span>`
    : html`<span class="num">${on}</span>`;
}
