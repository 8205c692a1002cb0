import { dayOf, periodOf } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type Core } from '@duban/supervision';
import { withLedger } from '../database/open-ledger.js';
import { planDocument } from '../plan/plan-document.js';
import { planText } from '../plan/plan-text.js';
import { type Terminal } from '../terminal/terminal.js';
import { table } from '../terminal/width.js';

/** All plans with what they hold. */
export async function listPlans(terminal: Terminal): Promise<void> {
  const plans = await withLedger(terminal, async core => {
    const lines = [];
    for (const { code } of await core.reader.plans()) lines.push(lineOf(await documentOf(core, code)));
    return lines;
  });
  terminal.data(plans, () =>
    plans.length === 0 ? 'No plans yet: duban seed' : table([heading, ...plans.map(each => cells(each))]),
  );
}

const heading = ['plan', 'title', 'place', 'state', 'tasks', 'indicators', 'red', 'amber', 'green'];

function lineOf({
  code,
  title,
  jurisdiction,
  state,
  issuedOn,
  tasks,
  indicators,
}: Awaited<ReturnType<typeof documentOf>>) {
  const count = (colour: string) => tasks.filter(({ light }) => light === colour).length;
  return {
    ...{ code, title, jurisdiction, state, issuedOn, tasks: tasks.length, indicators: indicators.length },
    lights: {
      red: count('red'),
      amber: count('amber'),
      green: count('green'),
      grey: count('grey'),
      none: count('none'),
    },
  };
}

function cells({
  code,
  title,
  jurisdiction,
  state,
  issuedOn,
  tasks,
  indicators,
  lights,
}: ReturnType<typeof lineOf>) {
  const { red, amber, green } = lights;
  const since = issuedOn ? `${state} ${issuedOn}` : state;
  return [code, title, jurisdiction, since, ...[tasks, indicators, red, amber, green].map(String)];
}

/** The whole ledger of one plan. @throws Rejection `not_found` */
export async function showPlan(terminal: Terminal, code: string): Promise<void> {
  const document = await withLedger(terminal, core => documentOf(core, code));
  terminal.data(document, () => planText(document));
}

async function documentOf(core: Core, code: string) {
  const ledger = await core.reader.planLedger(code);
  if (!ledger) throw new Rejection('not_found', { what: code });
  const today = dayOf(await core.clock.now(), core.calendar.zone);
  const moment = { day: today, knownOn: today, period: periodOf(today, 'quarter') };
  return planDocument(ledger, moment, core.calendar);
}
