import { randomBytes } from 'node:crypto';
import { type Contact, contact, type ContactEvent, contactFields } from '../../../test/support/contacts.js';
import { at, effectiveOn, now } from '../../../test/support/counter.js';
import { type StoreDatabase, storeDatabase } from '../../../test/support/store-database.js';
import { type EventStore, type HandleOptions, SealBroken, type Subscription } from '@duban/event-store';

const secret = '13800138000';
const address = { street: '雨湖路 7', secret: ['nested', [secret]] };
const masterKey = randomBytes(32);
const sealing = { fields: contactFields, masterKeys: () => Promise.resolve([masterKey]) };
const erasure = { reason: 'asked for', actor: 'office', now, effectiveOn };

let database: StoreDatabase;
let store: EventStore;
beforeEach(async () => {
  database = await storeDatabase();
  await database.owner.query(
    'CREATE TABLE phones (position bigint, phone text); GRANT ALL ON phones TO duban_app',
  );
  store = database.open({ sealing });
  await store.checkSealing();
});
afterEach(() => database.close());

type Given = Partial<Omit<ContactEvent, 'type'>>;
const give = (
  given: Given = {},
  options: Partial<HandleOptions<Contact, ContactEvent>> = {},
  { on = 'contact-1', by = store } = {},
) => by.handle(contact, on, { person: 'person:7', phone: secret, ...given }, null, { ...at, ...options });

/** All rows of all tables as text, as a backup would hold them, without the database's own. */
async function dump(): Promise<string> {
  const { rows: tables } = await database.owner.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const all = tables.map(({ name }) =>
    database.owner.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`).then(({ rows }) => rows),
  );
  return (await Promise.all(all))
    .flat()
    .map(({ row }) => row)
    .join('\n');
}
const phones: Subscription = {
  name: 'phones',
  tables: { tables: [{ name: 'phones' }] },
  handle: async (events, tx) => {
    for (const { position, event } of events)
      await tx.query('INSERT INTO phones VALUES ($1, $2)', [position, event.phone ?? null]);
  },
};
const projected = async () =>
  (
    await database.owner.query<{ phone: string | null }>('SELECT phone FROM phones ORDER BY position')
  ).rows.map(({ phone }) => phone);
const verified = async () => (await store.verify({ refold: { contact } })).faults;

describe('a sealed field', () => {
  it('is clear to who decides, reads and projects, and sealed in every table', async () => {
    const also = [
      { person: 'person:8', address },
      { person: 'person:9', address: 7 },
    ];
    const given = await give({ also }, { respond: state => ({ phone: state.phone }) });
    expect(given).toMatchObject({ state: { phone: secret, also }, response: { phone: secret } });
    expect(given.events).toMatchObject([{ phone: secret, also, effectiveOn }]);
    expect((await store.load('contact-1'))?.state).toMatchObject({ phone: secret, also });
    const other = database.open({ sealing });
    const [event] = await other.readStream('contact-1');
    expect(event?.event).toMatchObject({ person: 'person:7', phone: secret, also });
    expect(event?.meta.sealedFields).toEqual({
      '/phone': 'person:7',
      '/also/0/address': 'person:8',
      '/also/1/address': 'person:9',
    });
    expect(event?.data.phone).toMatch(/^sealed:1:/);
    expect(event).not.toHaveProperty('erased');
    await other.handle(contact, 'contact-1', { expectedPhone: secret }, null, at);
    expect(await dump()).not.toMatch(/13800138000|雨湖路|nested/);
    expect(await verified()).toEqual([]);
  });

  it('leaves null, what is missing, and what is not declared', async () => {
    await give({ phone: null });
    const [event] = await store.readStream('contact-1');
    expect(event).toMatchObject({ data: { phone: null }, event: { phone: null } });
    expect(event?.meta).toEqual(at.meta);
    await store.append(
      [{ stream: 'note-1', expected: 'none', events: [{ type: 'Noted', phone: '1' } as never] }],
      at,
    );
    expect((await store.readStream('note-1'))[0]?.data).toEqual({ phone: '1' });
  });

  it('may hold a text that looks like a sealed one', async () => {
    await give();
    const [sealed] = await store.readStream('contact-1');
    const stolen = String(sealed?.data.phone);
    await give({ phone: stolen, person: 'person:8' }, {}, { on: 'contact-2' });
    await give({ person: stolen, phone: null }, {}, { on: 'contact-3' });
    expect((await store.load('contact-2'))?.state).toMatchObject({ phone: stolen });
    expect((await store.load('contact-3'))?.state).toMatchObject({ by: [stolen] });
    expect((await store.readStream('contact-3'))[0]?.event.person).toBe(stolen);
  });

  it('may be large', async () => {
    await give({ phone: secret.repeat(100_000) });
    const [event] = await store.readStream('contact-1');
    expect(event?.event.phone).toHaveLength(1_100_000);
  });

  it('is refused by who would write its list', async () => {
    await expect(give({}, { meta: { sealedFields: {} } })).rejects.toThrow('meta.sealedFields');
  });

  it('keeps its answer under a key sealed, and gives it again', async () => {
    const key = { actor: 'office', key: 'k1', bodyHash: 'digest of a body' };
    const respond = (state: Contact) => ({ phone: state.phone });
    await give({}, { idempotency: key, respond });
    const again = await give({}, { idempotency: key, respond });
    expect(again).toMatchObject({ replayed: true, response: { phone: secret }, state: { phone: secret } });
    expect(await store.recall(key)).toMatchObject({ response: { phone: secret }, bodyHash: key.bodyHash });
    await expect(give({}, { idempotency: { ...key, bodyHash: 'another' } })).rejects.toThrow(
      'idempotency_mismatch',
    );
    expect(await dump()).not.toMatch(/13800138000|digest of a body/);
    await store.erase('person:7', erasure);
    expect(await give({}, { idempotency: key, respond })).toMatchObject({ replayed: true, response: null });
    expect(await store.recall(key)).toMatchObject({ response: null });
  });
});

describe('erasing somebody', () => {
  it('leaves nothing clear, the chains whole, and the others as they were', async () => {
    await give({ also: [{ person: 'person:8', address }] });
    await give({ person: 'person:8', phone: 'of another' });
    const runner = store.subscribe(phones).start();
    await store.waitFor('phones', 2, 20_000);
    expect(await projected()).toEqual([secret, 'of another']);

    expect(await store.erase('person:7', erasure)).toEqual({ destroyed: true, position: 3 });
    await store.waitFor('phones', 3, 20_000);
    await runner.stop();
    await store.rebuild(phones);
    expect(await projected()).toEqual([null, 'of another', null]);

    const [first, second] = await store.readStream('contact-1');
    expect(first).toMatchObject({ event: { phone: null, also: [{ address }] }, erased: ['/phone'] });
    expect(second).toMatchObject({ event: { phone: 'of another' } });
    expect((await store.load('contact-1'))?.state).toMatchObject({
      phone: 'of another',
      also: [{ address }],
    });
    expect(await dump()).not.toContain(secret);
    expect(await verified()).toEqual([]);
    const [erased] = await store.readStream('subject-person:7');
    expect(erased?.event).toMatchObject({
      type: 'SubjectErased',
      reason: 'asked for',
      by: 'office',
      on: effectiveOn,
    });
  });

  it('holds as of moments before it, and in states that are folded anew', async () => {
    await give({ also: [{ person: 'person:8', address }] });
    expect((await store.loadAt(contact, 'contact-1', { position: 1 }))?.state).toMatchObject({
      phone: secret,
    });
    await store.erase('person:7', erasure);
    const known = { phone: null, also: [{ address }] };
    expect((await store.loadAt(contact, 'contact-1', { position: 1 }))?.state).toMatchObject(known);
    await database.owner.query(`UPDATE streams SET state = '{}' WHERE id = 'contact-1'`);
    await store.rebuildStates({ contact });
    expect((await store.load('contact-1'))?.state).toMatchObject(known);
    expect(await verified()).toEqual([]);
    expect(await dump()).not.toMatch(/13800138000|雨湖路/);
  });

  it('happens once, however often it is asked', async () => {
    await give();
    const erased = await Promise.all([1, 2, 3].map(() => store.erase('person:7', erasure)));
    expect(erased.filter(({ destroyed }) => destroyed)).toHaveLength(1);
    expect(erased.filter(({ position }) => position !== null)).toHaveLength(1);
    expect(await store.readStream('subject-person:7')).toHaveLength(1);
  });

  it('finishes what a crash left half done', async () => {
    await give();
    await database.owner.query(`SELECT destroy_subject_key('person:7', now())`);
    expect(await store.erase('person:7', erasure)).toEqual({ destroyed: false, position: 2 });
  });

  it('refuses their fields from then on, in this process and in others', async () => {
    const other = database.open({ sealing });
    await give({}, {}, { by: other });
    await store.erase('person:7', erasure);
    await expect(give()).rejects.toMatchObject({ code: 'subject_erased', params: { subject: 'person:7' } });
    await give({ phone: null });
    await give({ person: 'person:8' });
    await expect(give({}, {}, { by: other })).rejects.toMatchObject({ code: 'subject_erased' });
    const [first] = await other.readStream('contact-1');
    expect(first).toMatchObject({ event: { phone: null }, erased: ['/phone'] });
  });

  it('holds for somebody who has no key yet', async () => {
    await store.erase('person:10', erasure);
    await expect(give({ person: 'person:10' })).rejects.toMatchObject({ code: 'subject_erased' });
  });

  it('comes before or after each append of a race, and no clear text is left', async () => {
    const others = [store, database.open({ sealing }), database.open({ sealing })];
    const racing = others.flatMap((by, index) =>
      Array.from({ length: 10 }, () =>
        give({}, { commutes: true, retries: 50 }, { by, on: `contact-${index}` }),
      ),
    );
    const [settled] = await Promise.all([Promise.allSettled(racing), store.erase('person:7', erasure)]);
    const refused = settled.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'subject_erased' });
    for await (const page of store.pages(0))
      for (const { event } of page) if (event.type === 'ContactGiven') expect(event.phone).toBeNull();
    expect(await dump()).not.toContain(secret);
    expect(await verified()).toEqual([]);
  });

  it.each(['', 'x'.repeat(401), 'a\0b'])('refuses the name %j', async subject => {
    await expect(store.erase(subject, erasure)).rejects.toMatchObject({ name: 'Rejection' });
    await expect(give({ person: subject })).rejects.toMatchObject({ name: 'Rejection' });
  });
});

describe('somebody who may write to every table', () => {
  beforeEach(async () => {
    await give();
    await give({ phone: '13900139000' });
    await give({ phone: 'of another', person: 'person:8' }, {}, { on: 'contact-2' });
  });

  const swap = (one: number, other: number) =>
    database.owner.query(
      `UPDATE events e SET data = jsonb_set(e.data, '{phone}', o.data -> 'phone') FROM events o
       WHERE e.position + o.position = ${one + other} AND e.position IN (${one}, ${other})
         AND o.position IN (${one}, ${other})`,
    );

  it.each([
    ['of one stream', 1, 2],
    ['of two streams', 1, 3],
  ])(
    'cannot swap the sealed fields of two events %s: neither opens, and verify names both',
    async (_, one, other) => {
      await swap(one, other);
      const log = await store.readLog(0, 10);
      for (const position of [one, other]) {
        expect(log[position - 1]?.unreadable).toBeInstanceOf(SealBroken);
        expect(() => log[position - 1]?.event).toThrow(
          `event ${position}: the field /phone cannot be opened`,
        );
      }
      const named = (await verified()).map(({ position, kind }) => [position, kind]);
      expect(named).toEqual(
        expect.arrayContaining([
          [one, 'edited'],
          [other, 'edited'],
        ]),
      );
      store.subscribe(phones).start();
      await expect(store.waitFor('phones', 3, 20_000)).rejects.toThrow(`stopped at ${one}`);
    },
  );

  it('cannot have a clear text taken for a sealed one, nor a field passed over', async () => {
    await database.owner.query(`UPDATE events SET data = data || '{"phone": "1"}' WHERE position = 1`);
    await database.owner.query(`UPDATE events SET data = data - 'phone' WHERE position = 2`);
    const log = await store.readLog(0, 2);
    expect(log.map(({ unreadable }) => unreadable?.message)).toEqual([
      'event 1: the field /phone cannot be opened: it is not sealed',
      'event 2: the field /phone cannot be opened: it is not sealed',
    ]);
  });

  it('cannot give somebody the key of another', async () => {
    await database.owner.query(
      `UPDATE subject_keys k SET wrapped_key = o.wrapped_key FROM subject_keys o WHERE o.subject <> k.subject`,
    );
    await expect(database.open({ sealing }).readLog(0, 1)).rejects.toThrow(
      'the key of person:7 is not what was wrapped',
    );
  });

  it('is told of a key that was removed', async () => {
    await database.owner.query('DELETE FROM subject_keys');
    const [event] = await database.open({ sealing }).readLog(0, 1);
    expect(event?.unreadable?.message).toContain('there is no key of person:7');
    await store.erase('person:7', erasure);
    expect((await store.readLog(0, 1))[0]).toMatchObject({ event: { phone: null }, erased: ['/phone'] });
  });
});

it('lets the application destroy keys, and change nothing else about them', async () => {
  await give();
  const client = await database.owner.connect();
  await client.query('SET ROLE duban_app');
  for (const statement of [
    `UPDATE subject_keys SET wrapped_key = NULL`,
    `DELETE FROM subject_keys`,
    `INSERT INTO subject_keys VALUES ('x', NULL, NULL, now(), now())`,
    `UPDATE master_key SET fingerprint = 'x'`,
    `TRUNCATE subject_keys`,
  ])
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
  await client.query('RESET ROLE');
  client.release();
});
