import { FixedClock, SystemClock } from './clock.js';

describe('the system clock', () => {
  it('gives an instant in UTC with milliseconds', async () => {
    const before = new Date().toISOString();
    const now = await new SystemClock().now();
    expect(now).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
    expect(now >= before).toBe(true);
  });
});

describe('a fixed clock', () => {
  it('stands still until it is set', async () => {
    const clock = new FixedClock('2023-07-15T00:00:00+08:00');
    expect(await clock.now()).toBe('2023-07-14T16:00:00.000Z');
    clock.set('2023-07-15T16:00:00Z');
    expect(await clock.now()).toBe('2023-07-15T16:00:00.000Z');
  });

  it.each(['2023-07-15', '2023-07-15T00:00:00', 'today', '2023-13-01T00:00:00Z'])('refuses %s', text => {
    expect(() => new FixedClock(text)).toThrow(RangeError);
  });
});
