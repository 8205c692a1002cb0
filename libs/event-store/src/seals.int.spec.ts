import {
  createSealKey,
  digestOfSeal,
  type EventStore,
  nameOfKey,
  readSealFile,
  readSealKey,
  writeSealFile,
} from '@duban/event-store';
import { add, at, counter } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';

const key = readSealKey(createSealKey());
const otherKey = readSealKey(createSealKey());

let database: StoreDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  store = database.open();
});
afterEach(() => database.close());

async function addRounds(rounds: number, on = store): Promise<void> {
  for (let round = 0; round < rounds; round++)
    for (const stream of ['a', 'b', 'c'])
      await add(on, `counter-${stream}`, `${stream} in round ${round}`, { commutes: true, retries: 50 });
}

const partitions = async () => {
  const { rows } = await database.owner.query<{ bounds: string }>(
    `SELECT pg_get_expr(c.relpartbound, c.oid) AS bounds FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'events'::regclass ORDER BY c.oid`,
  );
  return rows.map(({ bounds }) => bounds.replaceAll(/FOR VALUES FROM |[()']/g, ''));
};

describe('a seal', () => {
  it('covers what came after the one before it, and nothing twice', async () => {
    await addRounds(2);
    const first = await store.segments.seal({ key });
    expect(first).toMatchObject({ number: 1, from: 1, to: 6, previous: '0'.repeat(64), recordedAt: at.now });
    expect(await store.segments.seal({ key })).toBeNull();
    await addRounds(2);
    const second = await store.segments.seal({ key, to: 10 });
    expect(second).toMatchObject({ number: 2, from: 7, to: 10, previous: digestOfSeal(first!) });
    expect(await store.segments.seal({ key })).toMatchObject({ number: 3, from: 11, to: 12 });
    expect(await store.verify({ refold: { counter } })).toEqual({
      events: 12,
      streams: 3,
      seals: 3,
      faults: [],
    });
  });

  it('is not made for an empty log', async () => expect(await store.segments.seal({ key })).toBeNull());

  it('is not made for a segment that was tampered with', async () => {
    await addRounds(2);
    await database.owner.query(`UPDATE events SET data = '{}' WHERE position = 4`);
    await expect(store.segments.seal({ key })).rejects.toMatchObject({ name: 'LogDamaged', position: 4 });
    expect(await store.segments.seals()).toEqual([]);
  });

  it('is read from a file as it was written, unless somebody changed it', async () => {
    await addRounds(1);
    await store.segments.seal({ key });
    const text = writeSealFile(await store.segments.seals());
    expect(readSealFile(text)).toEqual(await store.segments.seals());
    expect(() => readSealFile(text.replace('"to":3', '"to":2'))).toThrow('seal 1 of the file is not signed');
    expect(() => readSealFile('{"format":"duban-seals/1","seals":[{}]}')).toThrow('is not signed');
    expect(() => readSealFile(writeSealFile([]))).toThrow('no seal');
    for (const bad of ['', 'null', '[]', '{"seals":[]}', '{"format":"duban-seals/1"}'])
      expect(() => readSealFile(bad)).toThrow('not a file of seals');
  });

  it('can be added but not changed by the application', async () => {
    const client = await database.owner.connect();
    try {
      await client.query('SET ROLE duban_app');
      for (const statement of ['UPDATE seals SET number = 2', 'DELETE FROM seals', 'TRUNCATE seals'])
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
    } finally {
      client.release(true);
    }
  });
});

describe('the key of seals', () => {
  it('hands over to another one, also when there is nothing new to seal', async () => {
    await addRounds(1);
    await store.segments.seal({ key });
    const handing = await store.segments.seal({ key, nextKey: nameOfKey(otherKey) });
    expect(handing).toMatchObject({ number: 2, from: 4, to: 3, nextKey: nameOfKey(otherKey) });
    await addRounds(1);
    await expect(store.segments.seal({ key })).rejects.toMatchObject({ reason: 'key_unknown' });
    expect(await store.segments.seal({ key: otherKey })).toMatchObject({ number: 3, from: 4, to: 6 });
    expect(await store.verify({ sealKey: nameOfKey(otherKey) })).toMatchObject({ faults: [] });
  });

  it('may be lost: then a verification says so, until somebody outside has kept the new seal', async () => {
    await addRounds(1);
    await store.segments.seal({ key });
    await addRounds(1);
    await store.segments.seal({ key: otherKey, isKeyLost: true });
    const { faults } = await store.verify();
    expect(faults).toMatchObject([{ kind: 'key_changed', position: 4 }]);
    expect(await store.verify({ kept: await store.segments.seals() })).toMatchObject({ faults: [] });
  });

  it('must be one for Ed25519', () => expect(() => readSealKey('no key')).toThrow());
});

describe('sealers at once', () => {
  it('add each number once, while events are appended', async () => {
    const sealers = [store, database.open(), database.open()];
    const appending = addRounds(40, database.open());
    let isOver = false;
    const ended = appending.then(() => (isOver = true));
    const sealing = sealers.map(async ({ segments }) => {
      while (!isOver) await segments.seal({ key });
    });
    await Promise.all([ended, ...sealing]);
    await store.segments.seal({ key });
    const seals = await store.segments.seals();
    expect(seals.length).toBeGreaterThan(1);
    expect(seals.map(({ number }) => number)).toEqual(seals.map((_, index) => index + 1));
    expect(seals.at(-1)?.to).toBe(120);
    expect(await store.verify()).toMatchObject({ events: 120, seals: seals.length, faults: [] });
  });
});

describe('a cut', () => {
  it('ends the open partition at the head and opens the next; appends and readers go on', async () => {
    expect(await store.segments.cut()).toBeNull();
    await addRounds(2);
    expect(await store.segments.cut()).toBe(6);
    expect(await store.segments.cut()).toBeNull();
    expect(await partitions()).toEqual(['1 TO 7', '7 TO MAXVALUE']);
    await addRounds(1);
    expect(await store.segments.openPositions()).toBe(3);
    expect(await store.readStream('counter-a')).toHaveLength(3);
    expect((await store.readLog(4, 10)).map(({ position }) => position)).toEqual([5, 6, 7, 8, 9]);
    expect(await store.verify({ refold: { counter } })).toMatchObject({ events: 9, faults: [] });
  });

  it('loses nothing while events are appended', async () => {
    const appending = Promise.all([1, 2, 3].map(() => addRounds(30, database.open())));
    let isOver = false;
    const ended = appending.finally(() => (isOver = true));
    const cuts: number[] = [];
    while (!isOver) {
      const position = await store.segments.cut();
      if (position !== null) cuts.push(position);
    }
    await ended;
    expect(cuts.length).toBeGreaterThan(1);
    expect((await partitions()).length).toBeGreaterThan(cuts.length);
    expect(await store.verify({ refold: { counter } })).toMatchObject({ events: 270, faults: [] });
  });

  it('waits for nobody who reads for long, and leaves everything as it was', async () => {
    await addRounds(1);
    const reader = await database.owner.connect();
    try {
      await reader.query('BEGIN; SELECT * FROM events');
      expect(await store.segments.cut()).toBeNull();
      await addRounds(1);
    } finally {
      await reader.query('ROLLBACK');
      reader.release();
    }
    expect(await store.segments.cut()).toBe(6);
  });

  it('is not for the application to do otherwise', async () => {
    const client = await database.owner.connect();
    try {
      await client.query('SET ROLE duban_app');
      await expect(client.query('DROP TABLE events_from_1')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('SELECT * FROM events_from_1')).rejects.toMatchObject({ code: '42501' });
    } finally {
      client.release(true);
    }
  });
});
