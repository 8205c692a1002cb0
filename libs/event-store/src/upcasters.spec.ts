import { Upcasters, UpcastersInvalid, type UpcasterFault } from './upcasters.js';

const step = (name: string) => (data: object) => ({ ...data, [name]: true });

type Steps = [from: number, to?: number][];

function faultsOf(...steps: Steps): readonly UpcasterFault[] {
  const upcasters = new Upcasters();
  for (const [from, to] of steps) upcasters.register('Weighed', from, step(`from ${from}`), to);
  try {
    upcasters.check();
    return [];
  } catch (error) {
    if (error instanceof UpcastersInvalid) return error.faults;
    throw error;
  }
}
const fault = (schema: number, kind: UpcasterFault['kind']) => ({ type: 'Weighed', schema, kind });

describe('the ladder of an event type', () => {
  it('is built of steps in any order, each to any later schema', () => {
    const upcasters = new Upcasters();
    upcasters.register('Weighed', 3, step('c'));
    upcasters.register('Weighed', 1, step('a'), 3);
    upcasters.register('Weighed', 2, step('b'), 4);
    upcasters.check();
    expect(upcasters.current('Weighed')).toBe(4);
    expect(upcasters.apply('Weighed', 1, {})).toEqual({ a: true, c: true });
    expect(upcasters.apply('Weighed', 2, {})).toEqual({ b: true });
    expect(upcasters.apply('Weighed', 4, { d: 1 })).toEqual({ d: 1 });
  });

  it('has one rung where nothing is registered', () => {
    const upcasters = new Upcasters();
    expect(upcasters.current('Weighed')).toBe(1);
    expect(upcasters.apply('Weighed', 1, { a: 1 })).toEqual({ a: 1 });
  });

  it('tells a schema of a newer version, with and without steps', () => {
    const upcasters = new Upcasters();
    upcasters.register('Weighed', 1, step('a'));
    expect([1, 2, 3].map(schema => upcasters.isNewer('Weighed', schema))).toEqual([false, false, true]);
    expect([1, 2].map(schema => upcasters.isNewer('Other', schema))).toEqual([false, true]);
  });

  it.each<[string, Steps, UpcasterFault[]]>([
    ['a gap at the start', [[2]], [fault(1, 'gap')]],
    ['a gap in the middle', [[1], [3]], [fault(2, 'gap')]],
    ['a schema that is leapt over and leads nowhere', [[1, 4], [3]], [fault(2, 'gap')]],
    ['two steps from one schema', [[1], [1, 2]], [fault(1, 'duplicate')]],
    ['a step to itself', [[1], [2, 2]], [fault(2, 'cycle')]],
    ['a step back', [[1], [2, 1]], [fault(2, 'cycle')]],
    ['a step to no schema', [[1, Number.NaN]], [fault(Number.NaN, 'invalid')]],
    ['a schema below the first', [[0], [1]], [fault(0, 'invalid')]],
    ['a schema that no column can hold', [[1, 40_000]], [fault(40_000, 'invalid')]],
    ['several faults at once', [[2, 1], [4]], [fault(1, 'gap'), fault(3, 'gap'), fault(2, 'cycle')]],
  ])('refuses %s', (_, steps, faults) => expect(faultsOf(...steps)).toEqual(faults));

  it('names type and schema', () => {
    const upcasters = new Upcasters();
    upcasters.register('Weighed', 2, step('b'));
    expect(() => upcasters.check()).toThrow('Weighed schema 1: no upcaster leads on from it');
    expect(() => upcasters.current('Other')).toThrow(UpcastersInvalid);
  });

  it('grows no more once it is in use', () => {
    const checked = new Upcasters();
    checked.check();
    expect(() => checked.register('Weighed', 1, step('a'))).toThrow('before the first read or append');
    const read = new Upcasters();
    read.apply('Other', 1, {});
    expect(() => read.register('Weighed', 1, step('a'))).toThrow('Weighed schema 1');
  });
});
