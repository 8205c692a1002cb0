import { type EventStore, SealKeyFile, type Seal } from '@duban/event-store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import { LogSealer } from './log-sealer.js';

const folder = mkdtempSync(join(tmpdir(), 'duban-sealer-'));
afterAll(() => rmSync(folder, { recursive: true }));

let database: StoreDatabase;
let store: EventStore;
let now: string;
beforeEach(async () => {
  database = await storeDatabase();
  store = database.open();
});
afterEach(() => database.close());

/** Something is recorded at an instant on the clock of Shanghai. */
async function record(at: string, on = store): Promise<void> {
  now = new Date(`${at}+08:00`).toISOString();
  const events = [{ type: 'Noted' }];
  await on.append([{ stream: `note-${at}`, expected: 'any', events }], { now, effectiveOn: at.slice(0, 10) });
}

function sealer(on = store): LogSealer {
  const parts = {
    events: on,
    clock: { now: () => Promise.resolve(now) },
    calendar: { zone: 'Asia/Shanghai' },
  };
  return new LogSealer(parts, new SealKeyFile(join(folder, 'seal-key.pem')));
}

const segments = (seals: readonly Seal[]) => seals.map(({ from, to }) => [from, to]);

async function sealAt(at: string): Promise<number[][]> {
  now = new Date(`${at}+08:00`).toISOString();
  return segments(await sealer().sealEndedQuarters());
}

describe('a quarter', () => {
  it('is sealed once it has ended, at its last event by the clock of the zone', async () => {
    await record('2023-12-31T23:59:59.999');
    await record('2024-01-01T00:00:00.000'); // still 2023 in UTC
    expect(await sealAt('2024-01-01T00:00:01')).toEqual([[1, 1]]);
    expect(await sealAt('2024-01-01T00:00:01')).toEqual([]);
    expect(await store.segments.seals()).toMatchObject([{ recordedAt: '2023-12-31T15:59:59.999Z' }]);
  });

  it('waits an hour for what others still record, where nothing tells that it is over', async () => {
    await record('2023-06-30T23:00:00');
    expect(await sealAt('2023-07-01T00:59:59')).toEqual([]);
    await record('2023-06-30T23:59:59');
    expect(await sealAt('2023-07-01T01:00:00')).toEqual([[1, 2]]);
  });

  it('is sealed by itself, also when several have ended meanwhile', async () => {
    await record('2023-02-28T12:00:00');
    await record('2023-05-01T12:00:00');
    await record('2024-02-29T12:00:00'); // two quarters without a word lie between
    await record('2024-04-01T00:00:00');
    expect(await sealAt('2024-04-01T00:00:00')).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(await store.verify()).toMatchObject({ seals: 3, faults: [] });
  });

  it('gets no seal when nothing was recorded in it', async () => {
    expect(await sealAt('2024-04-01T12:00:00')).toEqual([]);
    await record('2023-03-01T12:00:00');
    expect(await sealAt('2024-04-01T12:00:00')).toEqual([[1, 1]]);
    expect(await sealAt('2024-07-01T12:00:00')).toEqual([]);
  });

  it('goes on where the operator has sealed', async () => {
    await record('2023-05-01T12:00:00');
    await store.segments.seal({ key: await new SealKeyFile(join(folder, 'seal-key.pem')).ensure() });
    await record('2023-06-01T12:00:00');
    await record('2023-07-01T12:00:00');
    expect(await sealAt('2023-07-01T12:00:00')).toEqual([[2, 2]]);
  });

  it('is sealed once, whoever and how many ask for it, and cuts the table behind it', async () => {
    for (const day of ['01', '02', '03']) await record(`2023-06-${day}T12:00:00`);
    await record('2023-07-02T12:00:00');
    const others = [store, database.open(), database.open()];
    const sealed = await Promise.all(others.map(each => sealer(each).sealEndedQuarters()));
    expect(segments(sealed.flat())).toEqual([[1, 3]]);
    expect(await store.segments.seals()).toHaveLength(1);
    expect(await store.segments.openPositions()).toBe(0);
  });

  it('that was tampered with is refused, and nothing is cut', async () => {
    await record('2023-06-01T12:00:00');
    await record('2023-07-02T12:00:00');
    await database.owner.query(`UPDATE events SET data = '{"x": 1}' WHERE position = 1`);
    await expect(sealer().sealEndedQuarters()).rejects.toMatchObject({ name: 'LogDamaged', position: 1 });
    expect(await store.segments.openPositions()).toBe(2);
  });
});
