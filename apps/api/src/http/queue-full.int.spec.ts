import { QueueFull } from '@duban/event-store';
import pg from 'pg';
import { TestApi } from '../../../../test/support/api.js';
import { holdHead } from '../../../../test/support/hold-head.js';

const longestQueue = 4096;

it('answers that too much is waiting, writes nothing, and takes the same request soon after', async () => {
  const api = await TestApi.open();
  const owner = new pg.Pool({ connectionString: api.url, max: 2 });
  try {
    const at = { now: '2023-04-20T01:00:00.000Z', effectiveOn: '2023-04-20' };
    const note = (nth: number) =>
      api.core.events.append([{ stream: `note-${nth}`, expected: 'none', events: [{ type: 'Noted' }] }], at);
    const head = await holdHead({ owner });
    const waiting = Array.from({ length: longestQueue }, (_, nth) => note(nth));
    await expect(note(longestQueue)).rejects.toEqual(new QueueFull(longestQueue));

    const unit = { jurisdiction: 'xiangtan', name: '市科技局', kind: 'bureau' };
    const post = (language: string) =>
      api.post('/v1/units', 'admin', unit, { 'idempotency-key': 'k', 'accept-language': language });
    const [english, chinese, metrics] = await Promise.all([post('en'), post('zh'), api.send('/metrics')]);
    await head.release();

    expect(english).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', 'content-type': expect.stringContaining('problem+json') as string },
      body: { code: 'queue_full', detail: 'Too much is waiting to be done: try again shortly.' },
    });
    expect(chinese).toMatchObject({
      status: 503,
      body: { code: 'queue_full', title: '暂不可用', detail: '待处理任务过多，请稍后再试。' },
    });
    expect(metrics.text).toMatch(/^duban_commands_waiting 4096$/m);
    for (const each of await Promise.all(waiting)) expect(each).toHaveProperty('versions', [1]);
    expect((await post('en')).status).toBe(201);
    expect((await api.get(`/v1/units`, 'admin')).body).toMatchObject({ items: [{ name: '市科技局' }] });
  } finally {
    await owner.end();
    await api.close();
  }
});
