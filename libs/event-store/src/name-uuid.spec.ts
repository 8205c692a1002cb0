import fc from 'fast-check';
import { v5 } from 'uuid';
import { uuidsIn } from './name-uuid.js';

const namespace = '6f1d1f0e-5d0c-5b5f-9a57-3c2b8d1f7a10';

it('gives the UUIDs that others give', () => {
  const idOf = uuidsIn(namespace);
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), name => idOf(name) === v5(name, namespace)));
  for (const name of ['', 'x'.repeat(100_000), '督'.repeat(5000), 'x'])
    expect(idOf(name)).toBe(v5(name, namespace));
});

it('tells namespaces apart', () => {
  expect(uuidsIn('00000000-0000-0000-0000-000000000000')('x')).not.toBe(uuidsIn(namespace)('x'));
});
