import { html, type Markup } from '@duban/rollup';
import { type Done, type Dossier } from './dossier-model.js';

/** What a unit is called today. */
export const named = ({ names }: Dossier, unit: string | null) =>
  unit === null ? '–' : (names[unit] ?? unit);

/** Who did it, for which unit, in whose name and role. */
export function who(dossier: Dossier, { by, unit, actingFor, role }: Done): Markup {
  return html`${by ?? '–'}${unit && html` <small>${named(dossier, unit)}</small>`}${actingFor && html` <small>代 ${actingFor}</small>`}${role && html` <small>${role}</small>`}`;
}

/** A paper with its day and hash. */
export function paper(given: { number: string; on: string; sha256?: string } | null): Markup | null {
  if (!given) return null;
  return html`${given.number}
    <span class="num">${given.on}</span>${given.sha256 && html`<br /><code>${given.sha256}</code>`}`;
}

/** A day that stays on one line. */
export const on = (day: string | null) => html`<span class="num">${day ?? '–'}</span>`;
