import {
  asAdmin,
  asUnit,
  education,
  issuePlan,
  science,
  type SupervisedLedger,
  supervisedLedger,
  supervisors,
} from '../../../test/support/supervised-ledger.js';
import { type Core } from './core.js';

let ledger: SupervisedLedger;
let other: Core; // another process on the same ledger, as it were
beforeEach(async () => {
  ledger = await supervisedLedger();
  await issuePlan(ledger.core, ['1', '2']);
  other = await ledger.open();
});
afterEach(() => ledger.close());

const report = (period: string) => ({ period, summary: '推进中', aboutOn: '2023-04-20' });
const into = (unit: string) => ({ into: unit, from: '2023-04-20', paper: null });

describe('what one process knows of the units', () => {
  it('is what another has just recorded of a merger, at the next request', async () => {
    await other.tasks.report(asUnit(science), '004:1', report('2023-03'));
    await expect(other.tasks.report(asUnit(education), '004:1', report('2023-04'))).rejects.toThrow(
      'not_found',
    );
    await ledger.core.units.merge(asAdmin, science, into(education));
    await expect(other.tasks.report(asUnit(science), '004:1', report('2023-04'))).rejects.toThrow(
      'unit_ended',
    );
    const { events } = await other.tasks.report(asUnit(education), '004:1', report('2023-04'));
    expect(events).toEqual(['ProgressReported']);
  });

  it('is of one moment for requests that come while units change, and of no earlier one', async () => {
    const asked = Array.from({ length: 20 }, () => other.reader.directory());
    const merged = ledger.core.units.merge(asAdmin, science, into(education));
    const meanwhile = Array.from({ length: 20 }, () => other.reader.directory());
    await merged;
    const after = await Promise.all(Array.from({ length: 20 }, () => other.reader.directory()));
    const holders = after.map(directory => directory.holder(science, '2023-04-20'));
    expect(new Set(holders)).toEqual(new Set([education]));
    for (const directory of await Promise.all([...asked, ...meanwhile]))
      expect([science, education]).toContain(directory.holder(science, '2023-04-20'));
  });

  it('is read again only when a unit or a group has changed', async () => {
    const before = await other.reader.directory();
    await ledger.core.tasks.report(asUnit(science), '004:2', report('2023-03'));
    expect(await other.reader.directory()).toBe(before);
    const counties = { jurisdiction: 'xiangtan', name: '各县市区', aliases: [], open: false, members: [] };
    await ledger.core.units.defineGroup(asAdmin, counties);
    const after = await other.reader.directory();
    expect([before.groups.size, after.groups.size]).toEqual([0, 1]);
  });
});

describe('a request that was answered once', () => {
  it('is answered so again when the unit has ended since', async () => {
    const keyed = { ...asUnit(science), idempotency: { key: 'k', bodyHash: 'b' } };
    const first = await ledger.core.tasks.report(keyed, '004:1', report('2023-03'));
    await ledger.core.units.merge(asAdmin, science, into(education));
    expect(await other.tasks.report(keyed, '004:1', report('2023-03'))).toEqual({ ...first, replayed: true });
    const seen = { ...keyed, ifMatch: 0 };
    expect(await other.tasks.report(seen, '004:1', report('2023-03'))).toEqual({ ...first, replayed: true });
  });
});

describe('the version of a task', () => {
  it('is not told to a unit that may not see the task', async () => {
    const stranger = { ...asUnit(supervisors), ifMatch: 1 };
    await expect(other.tasks.report(stranger, '004:1', report('2023-03'))).rejects.toThrow('not_found');
    const lead = { ...asUnit(science), ifMatch: 1 };
    await expect(other.tasks.report(lead, '004:1', report('2023-03'))).rejects.toMatchObject({
      name: 'VersionConflict',
    });
  });
});
