import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contact, contactFields } from '../../../test/support/contacts.js';
import { at } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import { type EventStore, MasterKeyFile, MasterKeyMissing, MasterKeyWrong } from '@duban/event-store';

let database: StoreDatabase;
let folder: string;
let file: MasterKeyFile;
beforeEach(async () => {
  database = await storeDatabase();
  folder = await mkdtemp(join(tmpdir(), 'master-key-'));
  file = new MasterKeyFile(join(folder, 'master-key'));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const open = () => database.open({ sealing: { fields: contactFields, masterKeys: file.source } });
const give = (by: EventStore, person: string) =>
  by.handle(contact, `contact-${person}`, { person, phone: `of ${person}` }, null, at);
const read = async (by: EventStore) => (await by.readLog(0, 100)).map(({ event }) => event.phone);

describe('a master key', () => {
  it('is made when it is first needed, and never again', async () => {
    await expect(file.read()).rejects.toThrow(MasterKeyMissing);
    await Promise.all([give(open(), 'a'), give(open(), 'b'), open().checkSealing()]);
    expect(await read(open())).toHaveLength(2);
    await rm(file.path);
    await expect(open().checkSealing()).rejects.toThrow(MasterKeyMissing);
    await expect(give(open(), 'c')).rejects.toThrow(MasterKeyMissing);
    await expect(file.read()).rejects.toThrow(MasterKeyMissing);
  });

  it('that is missing or another is told at start, and nothing is lost', async () => {
    await give(open(), 'a');
    const [key] = await file.read();
    const without = database.open();
    await expect(without.checkSealing()).rejects.toThrow(MasterKeyMissing);
    await expect(without.readLog(0, 1)).rejects.toThrow(MasterKeyMissing);
    const wrong = database.open({
      sealing: { fields: contactFields, masterKeys: () => Promise.resolve([randomBytes(32)]) },
    });
    await expect(wrong.checkSealing()).rejects.toThrow(MasterKeyWrong);
    await expect(give(wrong, 'b')).rejects.toThrow(MasterKeyWrong);
    await expect(wrong.readLog(0, 1)).rejects.toThrow(MasterKeyWrong);
    await rm(file.path);
    await expect(open().checkSealing()).rejects.toThrow(/the master key cannot be read: .*ENOENT/);
    const again = database.open({
      sealing: { fields: contactFields, masterKeys: () => Promise.resolve([key!]) },
    });
    await again.checkSealing();
    expect(await read(again)).toEqual(['of a']);
  });

  it('is not needed where nothing is sealed, nor to verify, nor to read what was erased', async () => {
    const bare = database.open();
    await bare.checkSealing();
    const store = open();
    await give(store, 'a');
    expect((await bare.verify({ refold: { contact } })).faults).toEqual([]);
    await store.erase('a', {
      reason: 'asked for',
      actor: 'office',
      now: at.now,
      effectiveOn: at.effectiveOn,
    });
    await bare.checkSealing();
    expect((await bare.readLog(0, 1))[0]).toMatchObject({ event: { phone: null }, erased: ['/phone'] });
  });

  it('has 32 bytes', async () => {
    const short = database.open({
      sealing: { fields: contactFields, masterKeys: () => Promise.resolve([randomBytes(16)]) },
    });
    await expect(short.checkSealing()).rejects.toThrow('a master key has 32 bytes, not 16');
  });

  it('is exchanged under running processes', async () => {
    const [one, other] = [open(), open()];
    await Promise.all([one, other].map(each => each.checkSealing()));
    await give(one, 'a');
    await give(other, 'b');
    const next = await file.prepareNext();
    expect(await one.rewrapKeys(next)).toBe(2);
    await give(other, 'c'); // knows the old one, and finds the next
    expect(await one.rewrapKeys(next)).toBe(0);
    await file.adoptNext();
    await give(other, 'd');
    const fresh = open();
    await fresh.checkSealing();
    for (const each of [one, other, fresh])
      expect(await read(each)).toEqual(['of a', 'of b', 'of c', 'of d']);
    const { rows } = await database.owner.query('SELECT DISTINCT master FROM subject_keys');
    expect(rows).toEqual([{ master: next }]);
  });

  it('goes on being exchanged where that was broken off', async () => {
    const store = open();
    await give(store, 'a');
    const next = await file.prepareNext();
    await database.owner.query('UPDATE master_key SET fingerprint = $1', [next]);
    const after = open();
    await after.checkSealing();
    await give(after, 'b');
    expect(await read(after)).toEqual(['of a', 'of b']);
    expect(await after.rewrapKeys(await file.prepareNext())).toBe(1);
    await file.adoptNext();
    expect(await read(open())).toEqual(['of a', 'of b']);
  });
});
