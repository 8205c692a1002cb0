import { ClosedQuarter, round, statistics } from './support/closed-quarter.js';
import { Reminding } from './support/reminding.js';
import { asOffice, asUnit, science } from './support/supervised-ledger.js';

(import.meta as ImportMeta & { jest: typeof jest }).jest.setTimeout(60_000);
let quarter: ClosedQuarter;
let reminding: Reminding;
beforeEach(async () => {
  quarter = await ClosedQuarter.begin();
  reminding = await Reminding.begin(quarter.ledger);
});
afterEach(() => reminding.end());

const leader = 'leader:xiangtan/2';
const paper = { number: '潭督〔2023〕18号', on: '2023-07-24' };

/** What was said about editions, by day and recipient. */
async function told(kind: string): Promise<string[]> {
  const rows = await reminding.rows<{ said: string }>(
    `SELECT issued_on || ' ' || recipient || ' ' || stage || ' ' || text AS said FROM reminder
     WHERE kind = '${kind}' ORDER BY 1`,
  );
  return rows.map(({ said }) => said);
}
async function sweepOn(...days: string[]): Promise<void> {
  for (const day of days) {
    await quarter.day(day);
    await reminding.sweep();
    await reminding.deliverAll();
  }
}
async function circulated(): Promise<void> {
  await quarter.day('2023-07-24');
  const to = [science, statistics, leader];
  await quarter.core.bulletins.circulate(asOffice, round, 1, { to, paper });
}
async function corrected(): Promise<void> {
  await quarter.day('2023-08-10');
  await quarter.correct(980);
  await quarter.day('2023-08-14');
  await quarter.confirm();
  await quarter.work();
}

describe('who got an edition', () => {
  it('is told of it, and once that it changed when it is restated', async () => {
    await circulated();
    await sweepOn('2023-07-24', '2023-07-25', '2023-08-02');
    const first = [
      `2023-07-24 ${leader} opening edition_circulated`,
      `2023-07-24 ${science}/liaison opening edition_circulated`,
      `2023-07-24 ${statistics}/liaison opening edition_circulated`,
    ];
    expect(await told('edition_receipt')).toEqual(first);
    await corrected();
    await quarter.day('2023-08-16');
    await quarter.core.bulletins.restate(asOffice, round, { reason: '004#19 更正' });
    await sweepOn('2023-08-16', '2023-08-16', '2023-08-17', '2023-08-24');
    expect(await told('edition_receipt')).toEqual([
      ...first,
      ...[leader, `${science}/liaison`, `${statistics}/liaison`].map(
        recipient => `2023-08-16 ${recipient} opening edition_changed`,
      ),
    ]);
    const sent = reminding.sink.received.flatMap(({ body }) => body.data.reminders);
    const changed = sent.filter(({ text }) => text === 'edition_changed');
    expect(changed.map(({ sentences }) => sentences.en)).toEqual(
      Array(3).fill('Science plan 2023Q2: your edition changed, please read the one that takes its place'),
    );
  });

  it('is not told of an edition that it has seen before the message went out', async () => {
    await circulated();
    await quarter.core.bulletins.see(asUnit(science), round, 1);
    await sweepOn('2023-07-24');
    expect(await told('edition_receipt')).toEqual([
      `2023-07-24 ${leader} opening edition_circulated`,
      `2023-07-24 ${statistics}/liaison opening edition_circulated`,
    ]);
  });

  it('is told of each restatement once, though it never saw the one before', async () => {
    await circulated();
    await corrected();
    await quarter.core.bulletins.restate(asOffice, round, { reason: '004#19 更正' });
    await sweepOn('2023-08-15');
    await quarter.core.tasks.report(asUnit(science), '004:2', {
      ...{
        period: '2023Q2',
        percent: 30,
        summary: '补报',
        evidence: [{ title: '台账', url: 'https://example.org/1' }],
      },
    });
    await quarter.core.bulletins.restate(asOffice, round, { reason: '补报' });
    await sweepOn('2023-08-16', '2023-08-17');
    const changed = (await told('edition_receipt')).filter(said => said.endsWith('edition_changed'));
    expect(changed.filter(said => said.includes(`${science}/liaison`))).toEqual([
      `2023-08-15 ${science}/liaison opening edition_changed`,
      `2023-08-16 ${science}/liaison opening edition_changed`,
    ]);
  });
});

describe('the office that was told of a weighty correction', () => {
  it('is reminded on the day and escalated after it, up to the leader', async () => {
    await corrected();
    await sweepOn('2023-08-25', '2023-08-28', '2023-08-29', '2023-08-30', '2023-09-04');
    expect(await told('restatement')).toEqual([
      '2023-08-28 office:004 0 due_today',
      '2023-08-29 xiangtan:督查室/head +1 overdue',
      expect.stringMatching(/^2023-09-04 .* \+5 overdue$/),
    ]);
  });

  it('hears no more once it has restated', async () => {
    await corrected();
    await quarter.core.bulletins.restate(asOffice, round, { reason: '004#19 更正' });
    await sweepOn('2023-08-28', '2023-08-29', '2023-09-04');
    expect(await told('restatement')).toEqual([]);
  });
});
