import { createSealKey, type EventStore, nameOfKey, readSealKey, type Seal } from '@duban/event-store';
import { add, counter } from '../../../test/support/counter.js';
import { Forger } from '../../../test/support/forger.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import { type FaultSeen, type Tampering } from '../../../test/support/tampering.js';
import { tamperingEvents } from '../../../test/support/tampering-events.js';
import { tamperingHeads } from '../../../test/support/tampering-heads.js';
import { tamperingSeals } from '../../../test/support/tampering-seals.js';

const key = readSealKey(createSealKey());
const forgersKey = readSealKey(createSealKey());

let database: StoreDatabase;
let store: EventStore;
let kept: readonly Seal[];
beforeEach(async () => {
  database = await storeDatabase();
  store = database.open();
  for (let round = 0; round < 5; round++) {
    for (const stream of ['a', 'b', 'c'])
      await add(store, `counter-${stream}`, `${stream} in round ${round}`);
    if (round === 1) await store.segments.cut();
    if (round === 1 || round === 3) await store.segments.seal({ key });
  }
  kept = await store.segments.seals();
});
afterEach(() => database.close());

const found = async (options = {}): Promise<FaultSeen[]> => {
  const { faults } = await store.verify({ refold: { counter }, ...options });
  return faults.map(({ position, stream, kind }) => [position, stream?.slice(-1) ?? null, kind]);
};

async function isFound([, work, faults, seenWithKept = faults]: Tampering): Promise<void> {
  const forger = new Forger(database.owner, forgersKey);
  await (typeof work === 'string' ? forger.run(work) : work(forger));
  expect(await found()).toEqual(faults);
  expect(await found({ kept })).toEqual(seenWithKept);
  expect([...faults, ...seenWithKept]).not.toEqual([]);
}

it('says nothing of a log that nobody touched', async () => {
  expect(await found()).toEqual([]);
  expect(await found({ kept })).toEqual([]);
});

const named = (tamperings: readonly Tampering[]) =>
  tamperings.map(tampering => [tampering[0], tampering] as const);

describe('an event', () => {
  it.each(named(tamperingEvents))('%s', (_, tampering) => isFound(tampering));
});

describe('a head', () => {
  it.each(named(tamperingHeads))('%s', (_, tampering) => isFound(tampering));
});

describe('a seal', () => {
  it.each(named(tamperingSeals))('%s', (_, tampering) => isFound(tampering));
});

it('tells seals that the forger made throughout from the name of the key that seals here', async () => {
  await new Forger(database.owner, forgersKey).reseal();
  expect(await found({ sealKey: nameOfKey(key) })).toEqual([[7, null, 'key_changed']]);
});

it('cannot tell a tail that was cut behind the last seal and left no trace', async () => {
  await new Forger(database.owner, forgersKey).cutAfter(13);
  expect(await found({ kept })).toEqual([]);
});
