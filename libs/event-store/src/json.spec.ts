import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { Rejection } from './decider.js';
import { canonicalJson, type Json, toCanonical, toJson, spell } from './json.js';

const awkward = ['10', '9', '09', '-1', '1e3', '', '__proto__', 'constructor', 'toString', 'length'];
const more = [
  '\u{1f600}',
  '\uffff',
  '\u{10000}',
  'é',
  'e\u0301',
  '"',
  '\\',
  '\u2028',
  '\u0001',
  '~',
  '9~',
  ':',
];
const names = fc.oneof(fc.constantFrom(...awkward, ...more), fc.string({ unit: 'binary' }));
const storable = names.filter(text => !text.includes('\0'));
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(-0, 1e21, 1e-7, 5e-324, 2 ** 53),
);
// As JSON.parse makes them: `__proto__` is a member as any other.
const objectOf = (value: fc.Arbitrary<unknown>, most: number) =>
  fc.array(fc.tuple(storable, value), { maxLength: most, size: 'max' }).map(ofEntries);
const leaf = fc.oneof(fc.constantFrom(null, true, false), numbers, storable);
const { json } = fc.letrec<{ json: unknown }>(tie => ({
  json: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('json'), { maxLength: 3, size: 'max' }),
    objectOf(tie('json'), 4),
    objectOf(leaf, 40),
  ),
}));

function ofEntries(entries: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [name, value] of entries)
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  return made;
}

describe('the spelling', () => {
  it('is that of RFC 8785, whoever spells', () => {
    const property = fc.property(json, value => {
      const expected = canonicalize(value);
      expect(canonicalJson(value as Json)).toBe(expected);
      expect(spell(toJson(value))).toBe(expected);
    });
    fc.assert(property, { numRuns: 2000, seed: 8785 });
  });

  it('goes with a value that says the same, without the members that are left out', () => {
    const objects = objectOf(json, 8);
    const property = fc.property(objects, fc.subarray(awkward), (object, without) => {
      const { value, text } = toCanonical(object, '', without);
      const left = Object.entries(object).filter(([name]) => !without.includes(name));
      expect(text).toBe(canonicalize(ofEntries(left)));
      expect(canonicalJson(value)).toBe(text);
      expect(JSON.parse(text)).toEqual(value);
    });
    fc.assert(property, { numRuns: 1000, seed: 8785 });
  });

  it('orders names by their UTF-16 code units', () => {
    expect(canonicalJson({ '\uffff': 1, '\u{10000}': 2, b: 3, a: 4, '10': 5, '9': 6, '': 7 })).toBe(
      '{"":7,"10":5,"9":6,"a":4,"b":3,"\u{10000}":2,"\uffff":1}',
    );
  });
});

describe('what is stored', () => {
  it('has no -0, nothing that is undefined, and no sign of a prototype', () => {
    const value = toJson({ zero: -0, none: undefined, list: [undefined, -0], ...{ ['__proto__']: 1 } });
    expect(JSON.stringify(value)).toBe('{"__proto__":1,"list":[null,0],"zero":0}');
    expect(Object.is((value as { zero: number }).zero, 0)).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    ['a\0b', ''],
    [{ a: { 'b/c': ['x', 'half \ud800'] } }, '/a/b~1c/1'],
    [{ '~': { '\udfff': 1 } }, '/~0/'],
    [{ list: [{ ok: 1 }, { 'a\0': 1 }] }, '/list/1/a'],
  ])('is no text that Postgres cannot hold: %j', (value, pointer) => {
    const refusal = new Rejection('text_not_storable', { pointer });
    expect(() => toJson(value)).toThrow(refusal);
    expect(refusalOf(() => toJson(value, '/data'))).toEqual({ pointer: `/data${pointer}` });
  });

  function refusalOf(work: () => unknown): unknown {
    try {
      return work();
    } catch (error) {
      return (error as Rejection).params;
    }
  }

  it.each([
    [new Date(0)],
    [Number.NaN],
    [Infinity],
    [() => 1],
    [1n],
    [Symbol('x')],
    [new Map()],
    [{ toJSON: () => 1 }],
  ])('is nothing but JSON: %p', value => {
    expect(() => toJson({ a: [value] })).toThrow(/^not JSON at \/a\/0/);
  });
});
