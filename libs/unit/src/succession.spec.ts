import fc from 'fast-check';
import { ancestorsOf, nameOn, predecessorsOf, successorOn, successorsOf } from './succession.js';
import { idOf, jurisdictionOf, unitId } from './unit-id.js';
import type { Unit } from './unit-model.js';

type End = Pick<NonNullable<Unit['ended']>, 'how' | 'on' | 'into'>;

function unit(name: string, ended: End | null = null, parent: string | null = null): Unit {
  const names = [{ name, from: '2023-01-01' }];
  return { jurisdiction: 'x', names, kind: 'bureau', parent, aliases: [], registeredOn: '2023-01-01', ended };
}
const mergedInto = (on: string, ...into: string[]): End => ({
  how: into.length > 1 ? 'split' : 'merged',
  on,
  into,
});
const resolverOf = (units: readonly Unit[]) => (id: string) =>
  units.find(found => unitId(found) === id) ?? null;

describe('natural keys', () => {
  it('name jurisdiction and unit', () => expect(idOf('xiangtan', '市科技局')).toBe('xiangtan:市科技局'));
  it('give the jurisdiction back', () => expect(jurisdictionOf('xiangtan:市科技局')).toBe('xiangtan'));
  it('have none when they are no keys', () => expect(jurisdictionOf('市科技局')).toBe(''));
  it('stay when the unit is renamed', () => {
    const names = [
      { name: 'a', from: '2023-01-01' },
      { name: 'b', from: '2023-02-01' },
    ];
    expect(unitId({ jurisdiction: 'x', names })).toBe('x:a');
  });
});

describe('nameOn', () => {
  const renamed = {
    ...unit('old'),
    names: [
      { name: 'old', from: '2023-01-01' },
      { name: 'slip', from: '2023-07-01' },
      { name: 'new', from: '2023-07-01' },
    ],
  };
  it.each([
    ['2022-12-31', 'old'],
    ['2023-06-30', 'old'],
    ['2023-07-01', 'new'],
    ['2024-01-01', 'new'],
  ])('on %s is %s', (day, name) => expect(nameOn(renamed, day)).toBe(name));
});

describe('successorOn', () => {
  const units = [
    unit('a', mergedInto('2023-03-01', 'x:b')),
    unit('b', mergedInto('2023-06-01', 'x:c', 'x:d')),
    unit('c'),
    unit('d'),
    unit('shut', { how: 'closed', on: '2023-02-01', into: [] }),
  ];
  const resolve = resolverOf(units);

  it.each([
    ['x:a', '2023-02-28', 'x:a'],
    ['x:a', '2023-03-01', 'x:b'],
    ['x:a', '2023-06-01', 'x:c'], // the first part takes what is open
    ['x:c', '2023-06-01', 'x:c'],
    ['x:shut', '2023-06-01', 'x:shut'],
    ['x:unknown', '2023-06-01', 'x:unknown'],
  ])('of %s on %s is %s', (id, day, successor) => expect(successorOn(resolve, id, day)).toBe(successor));

  it('follows a merger recorded later for an earlier day', () => {
    const late = [unit('a', mergedInto('2023-03-01', 'x:b')), unit('b', mergedInto('2023-02-01', 'x:c'))];
    expect(successorOn(resolverOf(late), 'x:a', '2023-03-15')).toBe('x:c');
  });

  it('stops on any circle, and where it stops is one of the units', () => {
    const ids = ['x:a', 'x:b', 'x:c'];
    const end = fc.option(fc.constantFrom(...ids).map(into => mergedInto('2023-03-01', into)));
    fc.assert(
      fc.property(fc.tuple(end, end, end), ([a, b, c]) => {
        const tangled = resolverOf([unit('a', a), unit('b', b), unit('c', c)]);
        expect(ids).toContain(successorOn(tangled, 'x:a', '2023-12-31'));
      }),
    );
  });
});

describe('predecessorsOf', () => {
  const units = [
    unit('a', mergedInto('2023-03-01', 'x:b')),
    unit('b', mergedInto('2023-06-01', 'x:c', 'x:d')),
    unit('c'),
    unit('d'),
  ];
  it.each([
    ['x:b', '2023-02-28', []],
    ['x:b', '2023-03-01', ['x:a']],
    ['x:b', '2023-06-01', []],
    ['x:c', '2023-06-01', ['x:a', 'x:b']],
    ['x:d', '2023-06-01', []],
  ])('of %s on %s are %j', (id, day, before) => expect(predecessorsOf(units, id, day)).toEqual(before));
});

describe('successorsOf', () => {
  const resolve = resolverOf([
    unit('a', mergedInto('2023-03-01', 'x:b')),
    unit('b', mergedInto('2030-01-01', 'x:c', 'x:d')),
    unit('d', mergedInto('2023-01-01', 'x:a')),
  ]);
  it('are all units it ends in, sooner or later', () =>
    expect(successorsOf(resolve, ['x:b']).sort()).toEqual(['x:a', 'x:b', 'x:c', 'x:d']));
  it('are none for a unit that goes on', () => expect(successorsOf(resolve, ['x:c'])).toEqual([]));
});

describe('ancestorsOf', () => {
  const resolve = resolverOf([
    unit('division', null, 'x:bureau'),
    unit('bureau'),
    unit('circle', null, 'x:circle'),
    unit('orphan', null, 'x:gone'),
  ]);
  it.each([
    ['x:division', ['x:division', 'x:bureau']],
    ['x:circle', ['x:circle']],
    ['x:orphan', ['x:orphan', 'x:gone']],
  ])('of %s are %j', (id, path) => expect(ancestorsOf(resolve, id)).toEqual(path));
});
