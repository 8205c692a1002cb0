import { type Indicator, observationOf, type PendingCorrection, valueOf } from '@duban/indicator';
import { keyed, post } from './desk-links.js';
import { type Found, type Waiting } from './desk-model.js';

/** What somebody other than who stated it has to confirm: figures, and corrections of figures. */

/** Figures that are whole and that nobody else has confirmed; those that come with a submission wait with it. */
export function figures({ ledger }: Waiting): Found[] {
  const handedIn = [...ledger.submissions.values()].filter(({ status }) => status === 'handed_in');
  const waiting = new Set(
    handedIn.flatMap(({ handIns }) =>
      (handIns.at(-1)?.items ?? []).flatMap(item => ('indicator' in item ? [item.indicator] : [])),
    ),
  );
  return periodsOf(ledger.indicators).flatMap(of =>
    valueOf(of.indicator, of.period).corrected || waiting.has(of.id) ? [] : unconfirmed(of),
  );
}

/** Corrections of accepted figures, which count once a second person has confirmed them, and of figures never accepted. */
export function corrections({ ledger }: Waiting): Found[] {
  return periodsOf(ledger.indicators).flatMap(of => {
    const { corrected, pending = [] } = valueOf(of.indicator, of.period);
    const waiting = pending.map(each => pendingCorrection(of, each));
    return corrected ? [...waiting, ...unconfirmed(of)] : waiting;
  });
}

type Of = { id: string; indicator: Indicator; period: string };

function periodsOf(indicators: ReadonlyMap<string, Indicator>): Of[] {
  return [...indicators].flatMap(([id, indicator]) =>
    Object.keys(indicator.observations).map(period => ({ id, indicator, period })),
  );
}

function pendingCorrection(of: Of, { unit, from, to, on }: PendingCorrection): Found {
  return { ...found(of, unit), units: [unit], note: `${from} → ${to}`, since: on };
}

function unconfirmed(of: Of): Found[] {
  const { indicator, period } = of;
  const figure = valueOf(indicator, period);
  const isWhole = figure.absent.length === 0 && ['reported', 'revised'].includes(figure.state);
  if (!isWhole || figure.confirmed) return [];
  const parts = observationOf(indicator, period)?.parts.filter(({ rejected }) => !rejected) ?? [];
  const units = figure.parts.map(({ unit }) => unit);
  const note = figure.parts.map(({ value }) => String(value)).join(' + ');
  return [{ ...found(of, units[0] ?? null), units, note, since: parts.map(({ on }) => on).sort()[0] ?? '' }];
}

function found({ id, indicator, period }: Of, unit: string | null) {
  const href = `/v1/indicators/${keyed(id)}`;
  return {
    ...{ subject: id, title: `${indicator.title} ${period}`, dueOn: null, href },
    settle: [
      post(`${href}/confirmations`, { period }),
      post(`${href}/rejections`, { period, unit, reason: null }),
    ],
  };
}
