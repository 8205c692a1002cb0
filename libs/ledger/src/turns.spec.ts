import { Turns } from './turns.js';

/** Looks that end when they are told to, in the order in which they began. */
function looks() {
  const begun: { end: (found: string) => void; fail: (error: Error) => void }[] = [];
  const look = () => new Promise<string>((resolve, reject) => begun.push({ end: resolve, fail: reject }));
  return { begun, turns: new Turns(look) };
}

const settled = () => new Promise(resolve => setImmediate(resolve));

describe('looking in turns', () => {
  it('looks once for all who ask together', async () => {
    const { begun, turns } = looks();
    const asked = [turns.ask(), turns.ask()];
    await settled();
    begun[0]?.end('first');
    expect(await Promise.all(asked)).toEqual(['first', 'first']);
    expect(begun).toHaveLength(1);
  });

  it('looks again for who asks while a look is under way, and only then', async () => {
    const { begun, turns } = looks();
    const early = turns.ask();
    await settled();
    const late = [turns.ask(), turns.ask()];
    await settled();
    expect(begun).toHaveLength(1);
    begun[0]?.end('before');
    await settled();
    begun[1]?.end('after');
    expect(await Promise.all([early, ...late])).toEqual(['before', 'after', 'after']);
    expect(begun).toHaveLength(2);
  });

  it('tells a failure to those of its own turn alone', async () => {
    const { begun, turns } = looks();
    const early = turns.ask();
    await settled();
    const late = turns.ask();
    begun[0]?.fail(new Error('gone'));
    await expect(early).rejects.toThrow('gone');
    await settled();
    begun[1]?.end('back');
    expect(await late).toBe('back');
  });
});
