import { randomBytes } from 'node:crypto';
import { decrypt, encrypt, openToken, parseToken, sealValue } from './sealed-token.js';

const key = randomBytes(32);
const place = { subject: 'person:7', stream: 'post-1', eventId: 'e-1', pointer: '/contact/phone' };
const opened = (text: string, stream = place.stream, by = key) => openToken(by, stream, parseToken(text)!);

describe('a sealed value', () => {
  it.each([
    ['text'],
    [''],
    [0],
    [false],
    [['a', ['b', { c: null }]]],
    [{ phone: '138', 'a/b': 1 }],
    ['市科技局 😀'],
  ])('opens as it was sealed: %j', value => expect(opened(sealValue(key, place, value))).toEqual({ value }));

  it('may be huge', () => {
    const value = 'x'.repeat(5_000_000);
    expect(opened(sealValue(key, place, value))).toEqual({ value });
  });

  it('says nothing, and never the same twice', () => {
    const [one, other] = [sealValue(key, place, '13800000000'), sealValue(key, place, '13800000000')];
    expect(one).not.toBe(other);
    expect(Buffer.from(one!.split(':').at(-1)!, 'base64url').toString('latin1')).not.toContain('138');
  });

  it('opens with its key alone, and only where it belongs', () => {
    const text = sealValue(key, place, '138');
    expect(opened(text, place.stream, randomBytes(32))).toBeNull();
    expect(opened(text, 'post-2')).toBeNull();
    const token = parseToken(text)!;
    for (const moved of [{ subject: 'person:8' }, { eventId: 'e-2' }, { pointer: '/phone' }])
      expect(openToken(key, place.stream, { ...token, ...moved })).toBeNull();
  });

  it('does not open when any byte of it has changed', () => {
    const token = parseToken(sealValue(key, place, 'ab'))!;
    for (let byte = 0; byte < token.sealed.length; byte++) {
      const sealed = Buffer.from(token.sealed);
      sealed[byte]! ^= 1;
      expect(openToken(key, place.stream, { ...token, sealed })).toBeNull();
    }
    for (const length of [0, 11, 27])
      expect(decrypt(key, ['a'], token.sealed.subarray(0, length))).toBeNull();
  });
});

it.each([
  'sealed:1:',
  'sealed:1::',
  'sealed:1:e30:AAAA',
  'sealed:1:WyJhIiwiYiJd:AAAA',
  'sealed:1:WzEsMiwzXQ:AAAA',
  'sealed:2:WyJhIiwiYiIsImMiXQ:AAAA',
  'plain',
  7,
  null,
])('is not seen in %j', text => expect(parseToken(text)).toBeNull());

it('tells contexts apart that would read the same one after the other', () => {
  expect(decrypt(key, ['a', 'bc'], encrypt(key, ['ab', 'c'], Buffer.from('x')))).toBeNull();
});
