import { dayOf } from '@duban/calendar';
import { type StoredEvent, type Subscription } from '@duban/event-store';
import { planOfStream, splitStream } from '@duban/ledger';
import { type ObligationTable } from './obligation-table.js';
import { type ReminderParts } from './parts.js';

/** Keeps the rows of `obligation` in step with the ledger: after each page the plans that it touched are derived anew. */
export function obligationsSubscription(parts: ReminderParts, table: ObligationTable): Subscription {
  let derivedFor: { day: string; rules: string } | null = null;
  return {
    name: 'obligations',
    batch: 1000,
    tables: {
      tables: [{ name: 'obligation', aside: ['next_at'] }], // when to look next: the sweep moves it on
      derive: async tx => {
        const now = await parts.clock.now();
        for (const plan of await issuedPlans(parts)) await table.deriveAnew(plan, now, tx);
        derivedFor = { day: dayOf(now, parts.calendar.zone), rules: table.rules };
      },
      // A sweep may have begun a new day meanwhile, or have had other rules: then the next one derives all plans again.
      carry: async tx => {
        await tx.query('DELETE FROM obligation_basis WHERE day <> $1 OR rules <> $2', [
          derivedFor?.day,
          derivedFor?.rules,
        ]);
      },
    },
    handle: async (events, tx) => {
      const plans = await touchedPlans(events, parts);
      if (plans.length === 0) return;
      const now = await parts.clock.now();
      for (const plan of plans) await table.derive(plan, now, tx);
    },
  };
}

async function issuedPlans({ reader }: ReminderParts): Promise<string[]> {
  return (await reader.plans()).filter(({ issuedOn }) => issuedOn !== null).map(({ code }) => code);
}

/** Issued plans, sorted. Units and groups answer for any plan of their place; posts change recipients, not duties; policies and holidays hold for every plan. */
async function touchedPlans(events: readonly StoredEvent[], parts: ReminderParts): Promise<string[]> {
  const isForAll = events.some(({ stream }) => ['policy', 'calendar'].includes(splitStream(stream).category));
  const touched = new Set(events.flatMap(({ stream }) => planOfStream(stream) ?? []));
  const places = new Set(events.flatMap(({ stream }) => placeOf(stream) ?? []));
  if (isForAll) return issuedPlans(parts);
  if (touched.size + places.size === 0) return [];
  return (await parts.reader.plans())
    .filter(({ issuedOn }) => issuedOn !== null)
    .filter(({ code, jurisdiction }) => touched.has(code) || places.has(jurisdiction))
    .map(({ code }) => code);
}

function placeOf(stream: string): string | null {
  const { category, id } = splitStream(stream);
  return category === 'unit' || category === 'group' ? id.slice(0, id.indexOf(':')) : null;
}
