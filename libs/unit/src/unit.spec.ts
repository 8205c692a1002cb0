import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import type { Context } from '@duban/platform';
import fc from 'fast-check';
import { assertFolds, assertLaws } from '../../../test/support/decider-laws.js';
import { unitDecider } from './unit.js';
import type { UnitCommand, UnitEvent } from './unit-model.js';

const on = '2023-07-14';
const context: Context = {
  now: '2023-07-14T02:00:00.000Z',
  today: on,
  calendar: createCalendar(),
  actor: { id: 'officer-1', kind: 'person', role: 'office' },
};
const given = specFor(unitDecider, context);

const science = 'xiangtan:市科技局';
const industry = 'xiangtan:市工信局';
const innovation = 'xiangtan:市科创局';
const data = {
  jurisdiction: 'xiangtan',
  name: '市科技局',
  kind: 'bureau',
  parent: null,
  aliases: ['科技局'],
} as const;
const register = { type: 'RegisterUnit', ...data } as const;
const registered = { type: 'UnitRegistered', ...data, on: '2023-04-20' } as const;
const rename = { type: 'RenameUnit', name: '市科学技术局', paper: null } as const;
const renamed = { type: 'UnitRenamed', name: '市科学技术局', paper: null, on } as const;
const move = { type: 'MoveUnit', parent: industry, paper: null, ancestors: [industry] } as const;
const moved = { type: 'UnitMoved', parent: industry, paper: null, on } as const;
const merge = { type: 'MergeUnit', into: innovation, from: on, paper: null, successors: [] } as const;
const merged = { type: 'UnitMerged', into: innovation, paper: null, on, effectiveOn: on } as const;
const parts = [innovation, industry];
const split = { type: 'SplitUnit', into: parts, from: on, paper: null } as const;
const closed = { type: 'UnitClosed', reason: 'task done', on } as const;
const close = { type: 'CloseUnit', reason: 'task done' } as const;

describe('registering a unit', () => {
  it('is recorded', () =>
    given()
      .when(register)
      .then({ ...registered, on }));
  it('gives the unit its name', () =>
    given(registered).thenState({ names: [{ name: '市科技局', from: '2023-04-20' }], ended: null }));
  it('is recorded once', () => given(registered).when(register).thenNothing());
  it('is recorded once although the unit was renamed, moved and got names', () =>
    given(
      registered,
      renamed,
      moved,
      { ...moved, parent: innovation },
      { type: 'UnitAliasAdded', alias: '科局', on },
    )
      .when(register)
      .thenNothing());
  it.each<[string, Partial<typeof register> | object]>([
    ['kind', { kind: 'office' }],
    ['parent', { parent: industry }],
    ['alias', { aliases: ['科局'] }],
  ])('is refused with another %s', (_, other) =>
    given(registered)
      .when({ ...register, ...other })
      .thenRejected('unit_already_registered', { unit: science }),
  );
  it('cannot put a unit under itself', () =>
    given()
      .when({ ...register, parent: science })
      .thenRejected('unit_circle'));
  it('cannot put a unit under one of another jurisdiction', () =>
    given()
      .when({ ...register, parent: 'changsha:市科技局' })
      .thenRejected('other_jurisdiction'));
  it('comes before everything else', () => given().when(rename).thenRejected('unit_not_found'));
});

describe('renaming a unit', () => {
  it('is recorded', () => given(registered).when(rename).then(renamed));
  it('keeps the former name', () =>
    given(registered, renamed).thenState({
      names: [
        { name: '市科技局', from: '2023-04-20' },
        { name: '市科学技术局', from: on },
      ],
    }));
  it('is recorded once', () => given(registered, renamed).when(rename).thenNothing());
  it('is too late for a unit that ended', () =>
    given(registered, merged).when(rename).thenRejected('unit_ended', { unit: science, on }));
  it('is possible until a merger takes effect', () =>
    given(registered, { ...merged, effectiveOn: '2023-08-01' })
      .when(rename)
      .then(renamed));
});

describe('adding an alias', () => {
  const add = { type: 'AddAlias', alias: '市科局' } as const;
  const added = { type: 'UnitAliasAdded', alias: '市科局', on } as const;

  it('is recorded', () => given(registered).when(add).then(added));
  it('adds to the others', () => given(registered, added).thenState({ aliases: ['科技局', '市科局'] }));
  it('is recorded once', () => given(registered, added).when(add).thenNothing());
  it('says nothing new of a name it has', () =>
    given(registered)
      .when({ ...add, alias: '市科技局' })
      .thenNothing());
  it('is possible after the end: old documents go on naming the unit', () =>
    given(registered, merged).when(add).then(added));
});

describe('moving a unit', () => {
  it('is recorded', () => given(registered).when(move).then(moved));
  it('changes the parent', () => given(registered, moved).thenState({ parent: industry }));
  it('is recorded once', () => given(registered, moved).when(move).thenNothing());
  it('to the top is possible', () =>
    given(registered, moved)
      .when({ ...move, parent: null, ancestors: [] })
      .then({ ...moved, parent: null }));
  it.each([
    ['itself', { parent: science, ancestors: [science] }],
    ['a unit below it', { parent: industry, ancestors: [industry, science] }],
  ])('under %s is refused', (_, under) =>
    given(registered)
      .when({ ...move, ...under })
      .thenRejected('unit_circle'),
  );
  it('into another jurisdiction is refused', () =>
    given(registered)
      .when({ ...move, parent: 'changsha:市科技局', ancestors: [] })
      .thenRejected('other_jurisdiction'));
  it('is too late for a unit that ended', () =>
    given(registered, closed).when(move).thenRejected('unit_ended'));
});

describe('merging a unit', () => {
  it('is recorded on the unit that ends', () => given(registered).when(merge).then(merged));
  it('ends it', () =>
    given(registered, merged).thenState({ ended: { how: 'merged', on, into: [innovation] } }));
  it.each(['2023-05-01', '2023-09-01'])('may take effect on %s, before or after today', from =>
    given(registered)
      .when({ ...merge, from })
      .then({ ...merged, effectiveOn: from }),
  );
  it('is recorded once', () => given(registered, merged).when(merge).thenNothing());
  it('happens once', () =>
    given(registered, { ...merged, effectiveOn: '2023-09-01' })
      .when({ ...merge, into: industry })
      .thenRejected('unit_ended', { on: '2023-09-01' }));
  it('into itself is refused', () =>
    given(registered)
      .when({ ...merge, into: science })
      .thenRejected('unit_own_successor'));
  it('into a unit that ends in it is refused', () =>
    given(registered)
      .when({ ...merge, successors: [industry, science] })
      .thenRejected('unit_succession_circle'));
  it('into another jurisdiction is refused', () =>
    given(registered)
      .when({ ...merge, into: 'changsha:市科技局' })
      .thenRejected('other_jurisdiction', { unit: 'changsha:市科技局', jurisdiction: 'xiangtan' }));
});

describe('splitting a unit', () => {
  const splitUp = { type: 'UnitSplit', into: parts, paper: null, on, effectiveOn: on } as const;

  it('is recorded', () => given(registered).when(split).then(splitUp));
  it('ends it', () => given(registered, splitUp).thenState({ ended: { how: 'split', on, into: parts } }));
  it('is recorded once', () => given(registered, splitUp).when(split).thenNothing());
  it.each([[[innovation]], [[innovation, innovation]], [[]]])('into %j is refused', into =>
    given(registered)
      .when({ ...split, into })
      .thenRejected('split_needs_units'),
  );
  it('into itself is refused', () =>
    given(registered)
      .when({ ...split, into: [science, industry] })
      .thenRejected('unit_own_successor'));
  it('into a unit that ends in it is refused', () =>
    given(registered)
      .when({ ...split, successors: [science] })
      .thenRejected('unit_succession_circle'));
  it('is too late for a unit that ended', () =>
    given(registered, merged).when(split).thenRejected('unit_ended'));
});

describe('closing a unit', () => {
  it('is recorded', () => given(registered).when(close).then(closed));
  it('ends it without a successor', () =>
    given(registered, closed).thenState({ ended: { how: 'closed', on, into: [], reason: 'task done' } }));
  it('is recorded once', () => given(registered, closed).when(close).thenNothing());
  it('happens once', () =>
    given(registered, closed)
      .when({ ...close, reason: 'another' })
      .thenRejected('unit_ended'));
  it('needs a reason', () =>
    given(registered)
      .when({ ...close, reason: ' ' })
      .thenRejected('reason_needed'));
});

describe('any history of a unit', () => {
  const command = fc.constantFrom<UnitCommand>(
    register,
    { ...register, kind: 'office' },
    rename,
    { ...rename, name: '市科技局' },
    { type: 'AddAlias', alias: '科局' },
    move,
    { ...move, parent: null, ancestors: [] },
    merge,
    { ...merge, from: '2023-09-01' },
    split,
    close,
    { ...close, reason: '' },
  );
  const step = fc.record({ command, context: fc.constantFrom(context, { ...context, today: '2023-09-02' }) });
  const event = fc.constantFrom<UnitEvent>(registered, renamed, moved, merged, closed);

  it('keeps the laws of an aggregate', () =>
    fc.assert(fc.property(fc.array(step, { maxLength: 20 }), steps => assertLaws(unitDecider, steps))));
  it('folds', () => fc.assert(fc.property(fc.array(event), history => assertFolds(unitDecider, history))));
});
