import { openLoop } from './open-loop.js';

const loop = { ratePerSecond: 2000, seconds: 0.05 };

describe('the open loop', () => {
  it('calls as often as it should, whether answers come or not', async () => {
    const waiting: (() => void)[] = [];
    const called: number[] = [];
    const answered = openLoop({
      ...loop,
      mostWaiting: 1000,
      call: nth => {
        if (called.push(nth) === 100) queueMicrotask(() => waiting.forEach(answer => answer()));
        return new Promise<void>(resolve => waiting.push(resolve));
      },
    });
    await answered;
    expect(called).toEqual(Array.from({ length: 100 }, (_, nth) => nth));
  });

  it('leaves calls out when too many wait', async () => {
    let called = 0;
    let answer = () => {};
    const answers = new Promise<void>(resolve => (answer = resolve));
    const ended = openLoop({
      ...{ ratePerSecond: 1e9, seconds: 1e-7 }, // all hundred are due at once
      mostWaiting: 3,
      call: nth => {
        called += 1;
        if (nth === 2) setImmediate(answer);
        return answers;
      },
    });
    await ended;
    expect(called).toBe(3);
  });

  it('ends with the first error', () =>
    expect(
      openLoop({ ...loop, mostWaiting: 10, call: () => Promise.reject(new Error('away')) }),
    ).rejects.toThrow('away'));
});
