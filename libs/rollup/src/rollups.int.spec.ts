import { type Bulletin } from '@duban/bulletin';
import { type Core } from '@duban/supervision';
import {
  asAdmin,
  asOffice,
  asUnit,
  education,
  issuePlan,
  science,
  type SupervisedLedger,
  supervisedLedger,
} from '../../../test/support/supervised-ledger.js';
import { closedAt } from './edition-record.js';
import { foldedFrom, ledgerAt } from './ledger-at.js';
import { Publisher } from './publisher.js';
import { Rollups } from './rollups.js';
import { rollupsSubscription } from './rollups-subscription.js';

(import.meta as ImportMeta & { jest: typeof jest }).jest.setTimeout(60_000);
const round = '004:2023Q2';
let ledger: SupervisedLedger;
let core: Core;
let rollups: Rollups;
let publisher: Publisher;

beforeEach(async () => {
  ledger = await supervisedLedger();
  ({ core } = ledger);
  rollups = new Rollups(core);
  publisher = new Publisher(core);
  await issuePlan(core, ['1', '2'], { leadsOf: code => [code === '1' ? science : education] });
  await schedule('2023Q2', '2023-07-07');
});
afterEach(() => ledger.close());

async function schedule(period: string, dueOn: string): Promise<void> {
  const asked = { evidence: false, summary: false, backfill: false, clause: '1' };
  await core.rounds.schedule(asOffice, { plan: '004', period, kind: 'quarter', dueOn, ...asked });
}
async function opened(): Promise<void> {
  await ledger.day('2023-07-03');
  await core.rounds.open(asOffice, round);
  await report('1', science);
}
async function closed(): Promise<{ round: string; cutoff: number }> {
  await opened();
  await ledger.day('2023-07-21');
  await core.rounds.close(asOffice, round, { accepted: ['not_handed_in'], reason: '单位未报' });
  return { round, cutoff: (await closedAt(core.pool, round)) ?? 0 };
}
const report = (code: string, unit: string) =>
  core.tasks.report(asUnit(unit), `004:${code}`, { period: '2023Q2', percent: 40, summary: '推进中' });
const correct = () =>
  core.tasks.correctReport(asUnit(science), '004:1', {
    n: 1,
    percent: 30,
    summary: '推进中',
    reason: '统计有误',
  });
const recorded = async () => (await core.events.load<Bulletin>(`rollup-${round}`))?.state ?? null;

/** Runs the subscription until it has seen everything. */
async function followed(): Promise<void> {
  const runner = core.events.subscribe(rollupsSubscription(() => undefined)).start();
  const { position } = await core.events.head();
  await core.events.waitFor('rollups', position, 20_000);
  await runner.stop();
}

describe('an edition', () => {
  it('is published once, by an event and a row, however many publish it', async () => {
    const cut = await closed();
    expect(await rollups.request({ period: '2023Q2' })).toMatchObject([
      { id: round, state: 'publishing', n: null },
    ]);
    const others = await Promise.all(Array.from({ length: 4 }, () => ledger.open()));
    const publishers = others.map(other => new Publisher(other));
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, index) => publishers[index % 4]!.publish(cut)),
    );
    expect(new Set(ids)).toEqual(new Set([`${round}/1`]));
    expect((await recorded())?.editions).toMatchObject([
      { n: 1, cutoffPosition: cut.cutoff, cutoffOn: '2023-07-21' },
    ]);
    const { rows } = await ledger.owner.query('SELECT id, kind FROM edition');
    expect(rows).toEqual([{ id: `${round}/1`, kind: 'published' }]);
    expect(await rollups.request({ period: '2023Q2' })).toMatchObject([{ state: 'published', n: 1 }]);
    expect(await rollups.table.open()).toBe(0);
  });

  it('is finished by whoever comes after a crash between event and row', async () => {
    const cut = await closed();
    await publisher.publish(cut);
    const first = await rollups.table.find(`${round}/1`);
    await ledger.owner.query('DELETE FROM edition');
    expect(await rollups.table.unpublished()).toEqual([cut]);
    await publisher.publish(cut);
    const again = await rollups.table.find(`${round}/1`);
    expect({ ...again, computedAt: null }).toEqual({ ...first, computedAt: null });
    expect((await recorded())?.editions).toHaveLength(1);
  });

  it('takes nothing in that came after the cutoff', async () => {
    const cut = await closed();
    await ledger.day('2023-07-24');
    await core.tasks.report(asUnit(education), '004:2', {
      ...{ period: '2023Q2', aboutOn: '2023-07-24', percent: 40, summary: '推进中' },
    });
    await core.units.addAlias(asAdmin, education, { alias: '教育局' });
    const [near, far] = [
      await ledgerAt(core, '004', { position: cut.cutoff }),
      await foldedFrom(core, '004', { position: cut.cutoff }),
    ];
    expect(near).toEqual(far);
    expect(near?.tasks.get('004:2')?.reports).toEqual([]);
    await publisher.publish(cut);
    const body = (await rollups.table.find(`${round}/1`))?.body;
    expect(body?.units.find(({ unit }) => unit === education)?.reporting).toMatchObject({
      late: 2,
      openOverdue: 2,
    });
  });

  it('is provisional and without a number while the round is open', async () => {
    await opened();
    expect(await rollups.request({ period: '2023Q2' })).toMatchObject([{ state: 'computing', n: null }]);
    const [cut] = await rollups.table.requested();
    await publisher.compute({ ...cut!, isFinal: false });
    expect(await rollups.list({ period: '2023Q2' })).toMatchObject([{ state: 'provisional', n: null }]);
    expect((await rollups.table.current(round))?.body.watermarks).toEqual(['provisional']);
    expect([await rollups.table.open(), await recorded()]).toEqual([0, null]);
  });

  it('replaces the provisional one', async () => {
    await opened();
    await rollups.request({ period: '2023Q2' });
    const [cut] = await rollups.table.requested();
    await publisher.compute({ ...cut!, isFinal: false });
    const closedCut = await closed();
    await publisher.publish(closedCut);
    expect((await rollups.table.current(round))?.id).toBe(`${round}/1`);
  });

  it('is refused for what is no quarter, no plan, or no open round', async () => {
    await expect(rollups.request({ period: '2023H1' })).rejects.toMatchObject({
      errors: [{ code: 'not_a_quarter' }],
    });
    await expect(rollups.request({ period: '2023Q3' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(rollups.request({ period: '2023Q2', plans: ['007'] })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(rollups.request({ period: '2023Q2' })).rejects.toMatchObject({ code: 'round_not_open' });
  });
});

describe('verifying', () => {
  it('reaches the same digests from the events alone', async () => {
    await publisher.publish(await closed());
    await ledger.day('2023-08-10');
    await correct();
    expect(await rollups.verify(`${round}/1`)).toMatchObject({ ok: true });
  });

  it('finds a figure that was changed in the table', async () => {
    await publisher.publish(await closed());
    await ledger.owner.query(`UPDATE edition SET body = jsonb_set(body, '{counts,tasks}', '9')`);
    const { ok, body, content } = await rollups.verify(`${round}/1`);
    expect([ok, body.stored === body.recomputed, content.recorded === content.recomputed]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('finds an event that was changed below it', async () => {
    await publisher.publish(await closed());
    await ledger.owner.query(
      `UPDATE events SET data = jsonb_set(data, '{percent}', '99') WHERE type = 'ProgressReported'`,
    );
    const { ok, content } = await rollups.verify(`${round}/1`);
    expect([ok, content.recorded === content.recomputed]).toEqual([false, false]);
  });

  it('knows no edition that was never published', () =>
    expect(rollups.verify(`${round}/7`)).rejects.toMatchObject({ code: 'not_found' }));
});

describe('a correction after the cutoff', () => {
  it('is noted beside the edition, once, and the edition stays as it was', async () => {
    const cut = await closed();
    await publisher.publish(cut);
    const before = await rollups.table.find(`${round}/1`);
    await ledger.day('2023-08-10');
    await correct();
    await followed();
    expect(await rollups.table.open()).toBe(1);
    await Promise.all([publisher.noteCorrections(), publisher.noteCorrections()]);
    expect(await rollups.corrections(round)).toMatchObject([
      {
        n: 1,
        subject: '004:1',
        how: 'corrected',
        from: 40,
        to: 30,
        reason: '统计有误',
        correctedOn: '2023-08-10',
      },
    ]);
    expect(await rollups.table.find(`${round}/1`)).toEqual(before);
    expect(await rollups.table.open()).toBe(0);
  });

  it('waits for its edition, and is found again when the subscription is replayed', async () => {
    const cut = await closed();
    await correct();
    await followed();
    expect(await rollups.table.unnoted()).toEqual([]);
    await publisher.publishAll([{ ...cut, isFinal: true }]);
    expect(await rollups.corrections(round)).toHaveLength(1);
    const rebuilt = await core.events.rebuild(
      rollupsSubscription(() => undefined),
      { compare: true },
    );
    expect(rebuilt.digests?.after).toBe(rebuilt.digests?.before);
    expect(await rollups.table.unnoted()).toEqual([]);
    await publisher.noteCorrections();
    expect(await rollups.corrections(round)).toHaveLength(1);
  });

  it('is none when the round was still open', async () => {
    await opened();
    await correct();
    await followed();
    const { rows } = await ledger.owner.query('SELECT 1 FROM edition_correction');
    expect(rows).toEqual([]);
  });
});
