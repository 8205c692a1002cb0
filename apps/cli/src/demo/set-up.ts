import { type Core } from '@duban/supervision';
import { loadPlan, loadUnits } from '../seed/load-seed.js';
import { readSeeds } from '../seed/read-seeds.js';
import { demonstrator, type KeyRing } from './key-ring.js';
import { patiently } from './patience.js';

/** Units serve from the beginning of the year: who held which post before the plans were issued is no part of the story. */
const unitsFrom = '2023-01-01';

/**
 * Loads the plans with the units of their places, places a leader in charge over each place, and issues all keys.
 * Each place in a lane of its own; what is there already is not loaded again.
 */
export async function setUp(core: Core, keys: KeyRing, codes: readonly string[]): Promise<void> {
  const { plans, units } = await readSeeds();
  const wanted = plans.filter(({ code }) => codes.includes(code));
  const places = [...new Set(wanted.map(({ jurisdiction }) => jurisdiction))];
  await Promise.all(
    places.map(async place => {
      const seed = units.get(place);
      if (!seed) throw new Error(`No units of ${place} among the seeds`);
      await patiently(() => loadUnits(core, demonstrator, seed, unitsFrom));
      await patiently(() =>
        placeLeader(
          core,
          place,
          seed.units.map(({ name }) => `${place}:${name}`),
        ),
      );
      for (const plan of wanted.filter(({ jurisdiction }) => jurisdiction === place))
        await patiently(() => loadPlan(core, demonstrator, plan));
    }),
  );
  await keys.issueAll(core);
}

async function placeLeader(core: Core, jurisdiction: string, units: string[]): Promise<void> {
  await core.units.fillPost(demonstrator, `${jurisdiction}/in_charge`, {
    jurisdiction,
    kind: 'in_charge',
    scope: { units },
    person: `person:${jurisdiction}/in_charge`,
    from: unitsFrom,
  });
}
