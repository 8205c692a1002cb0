import { obligationsOf } from '@duban/ledger';
import { Reminding } from '../../../test/support/reminding.js';
import { asAdmin, asOffice, asUnit, issuePlan, science } from '../../../test/support/supervised-ledger.js';

let reminding: Reminding;
beforeEach(async () => void (reminding = await Reminding.begin()));
afterEach(() => reminding.end());

// A notice that the build's table does not know: with it 30 December is three workdays before 8 January.
const notice = {
  ...{ year: 2027, holidays: ['2027-01-01', '2027-01-04', '2027-01-05', '2027-01-06'], workdays: [] },
  ...{ reason: null, paper: { number: '国办发明电〔2026〕9号', on: '2026-12-25' } },
};

describe('a day of a year whose holidays are not announced', () => {
  const sweepOn = async (...days: readonly string[]) => {
    for (const day of days) {
      await reminding.ledger.day(day);
      await reminding.sweep();
    }
  };
  const dueDays = async () => {
    const ledger = (await reminding.core.reader.planLedger('004'))!;
    return obligationsOf(ledger, '2026-12-28', reminding.core.calendar).map(
      ({ kind, due: { on, provisional = false } }) => `${kind} ${on} ${provisional}`,
    );
  };
  const told = () =>
    reminding.rows<{ stage: string; on: string }>(
      `SELECT stage, issued_on::text AS on FROM reminder WHERE kind = 'task_due' ORDER BY issued_on`,
    );

  it('is provisional, counted anew when they are, and nothing is said twice', async () => {
    const { core, ledger } = reminding;
    await ledger.day('2026-12-01');
    await issuePlan(core, ['1'], { due: '2027-01-08' });
    await core.tasks.acknowledgeMany(asUnit(science), '004');
    await core.rounds.schedule(asOffice, {
      ...{ plan: '004', period: '2026Q4', kind: 'quarter', dueOn: null, clause: '按系统默认' },
      ...{ evidence: false, summary: false, backfill: false },
    });
    await sweepOn('2026-12-25', '2026-12-28'); // by plain weeks the 25th is ten workdays before
    expect(await dueDays()).toEqual([
      ...['receipt 2026-12-04 false', 'report 2027-01-07 true', 'task_due 2027-01-08 true'],
    ]); // the report is the check of the year 2026
    const { position } = await core.events.head();

    expect((await core.holidays.announce(asAdmin, notice)).events).toEqual([
      'HolidaysAnnounced',
      'RoundDueMoved',
    ]);
    expect(await dueDays()).toEqual([
      ...['receipt 2026-12-04 false', 'task_due 2027-01-08 false', 'report 2027-01-13 false'],
    ]);
    expect((await core.holidays.announce(asAdmin, notice)).events).toEqual([]);
    await sweepOn('2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-05', '2027-01-07');
    await sweepOn('2027-01-08', '2027-01-11');
    expect(await told()).toEqual([
      { stage: '-10', on: '2026-12-25' },
      { stage: '-3', on: '2026-12-30' }, // not on Tuesday the 5th, which is a holiday now
      { stage: '0', on: '2027-01-08' },
      { stage: '+1', on: '2027-01-11' },
    ]);

    const { rounds } = (await core.reader.planLedger('004'))!;
    expect(rounds.get('004:2026Q4')?.dues.map(({ on }) => on)).toEqual(['2027-01-07', '2027-01-13']);
    const before = (await core.reader.ledgersAt(position)).ledger('004')!;
    expect(before.rounds.get('004:2026Q4')?.dues).toHaveLength(1);
    const [owed] = obligationsOf(before, '2026-12-28', core.calendar).filter(
      ({ kind }) => kind === 'task_due',
    );
    expect(owed?.due.provisional).toBe(true); // as it was known then
  });

  it('binds commands in every process at once', async () => {
    const other = await reminding.ledger.open();
    await reminding.ledger.day('2026-12-30');
    await issuePlan(reminding.core, ['1'], { due: '2027-06-30' });
    const scheduled = (core: typeof other, period: string) =>
      core.rounds.schedule(asOffice, {
        ...{ plan: '004', period, kind: 'month', clause: '按系统默认' },
        ...{ evidence: false, summary: false, backfill: false },
      });
    await reminding.core.holidays.announce(asAdmin, { ...notice, holidays: ['2027-02-01', '2027-02-02'] });
    await scheduled(other, '2027-01');
    const { rounds } = (await other.reader.planLedger('004'))!;
    expect(rounds.get('004:2027-01')?.dues[0]?.on).toBe('2027-02-09'); // the 3rd, 4th, 5th, 8th and 9th
    await scheduled(reminding.core, '2027-01'); // the same again
  });
});
