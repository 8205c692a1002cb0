/** The same work for every implementation: one plan, its tasks spread over units, a key for each unit. */
export const units = 100;
export const tasks = 10_000;
export const unitName = (unit: number): string => `第${unit + 1}局`;
export const unitOf = (unit: number): string => `bench:${unitName(unit)}`;
export const leadOf = (task: number): string => unitOf(task % units);
export const taskCode = (task: number): string => `${Math.floor(task / 100) + 1}.${(task % 100) + 1}`;
export const taskOf = (task: number): string => `900:${taskCode(task)}`;
export const titleOf = (task: number): string => `新建省级以上创新平台，第${task + 1}项`;

const months = 240;

/**
 * The bytes of the nth request, as a latin1 string: a report on task `n % tasks` under the key of its unit, each time on a
 * month further back. All is spelled out before, so that sending costs as little as it can.
 * @param tokens one key for each unit
 * @param today the day that the reports speak of
 * @param keyed whether each comes with an `Idempotency-Key`
 */
export function requestsFor(tokens: readonly string[], today: string, keyed: boolean): (n: number) => string {
  const heads = Array.from({ length: tasks }, (_, task) => headOf(task, tokens[task % units] ?? ''));
  const tails = monthsBack(today).map(month => tailOf(JSON.stringify(reportOn(month, today))));
  return n => {
    const tail = tails[Math.floor(n / tasks)];
    if (tail === undefined) throw new Error('more reports on a task than there are months');
    const key = keyed ? `idempotency-key: 018f7c1e-5f0a-7c3b-9a41-${String(n).padStart(12, '0')}\r\n` : '';
    return `${heads[n % tasks]}${key}${tail}`;
  };
}

const headOf = (task: number, token: string) =>
  [
    `POST /v1/tasks/${encodeURIComponent(taskOf(task))}/reports HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    '',
  ].join('\r\n');

function tailOf(body: string): string {
  const bytes = Buffer.from(body);
  return `content-length: ${bytes.length}\r\n\r\n${bytes.toString('latin1')}`;
}

const reportOn = (period: string, today: string) => ({
  period,
  aboutOn: today,
  percent: 60,
  summary: '已完成选址和可行性研究，正在招标，预计下月开工；资金已到位三百万元，尚缺设备清单。',
  evidence: [{ title: '中标通知书', url: 'https://example.org/evidence/2023/17' }],
});

function monthsBack(today: string): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const newest = year * 12 + month - 1;
  return Array.from({ length: months }, (_, back) => {
    const at = newest - back;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}
