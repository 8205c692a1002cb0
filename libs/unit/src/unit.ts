import { type Decider, fieldRejection, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { Unit, UnitCommand, UnitEvent } from './unit-model.js';
import { idOf, jurisdictionOf, unitId } from './unit-id.js';

type Of<Type extends UnitCommand['type']> = Extract<UnitCommand, { type: Type }>;

function decide(unit: Unit | null, command: UnitCommand, context: Context): readonly UnitEvent[] {
  if (command.type === 'RegisterUnit') return register(unit, command, context);
  if (!unit) throw new Rejection('unit_not_found');
  switch (command.type) {
    case 'RenameUnit':
      return rename(unit, command, context);
    case 'AddAlias':
      return addAlias(unit, command, context);
    case 'MoveUnit':
      return move(unit, command, context);
    case 'MergeUnit':
      return merge(unit, command, context);
    case 'SplitUnit':
      return split(unit, command, context);
    case 'CloseUnit':
      return close(unit, command, context);
  }
}

function register(
  unit: Unit | null,
  { type: _, ...registered }: Of<'RegisterUnit'>,
  { today }: Context,
): UnitEvent[] {
  const { jurisdiction, name, parent } = registered;
  if (unit) {
    if (wasRegisteredAs(unit, registered)) return [];
    throw new Rejection('unit_already_registered', { unit: unitId(unit) });
  }
  if (parent === idOf(jurisdiction, name)) throw new Rejection('unit_circle', { unit: parent });
  if (parent !== null) refuseOtherJurisdiction(jurisdiction, [parent], '/parent');
  return [{ type: 'UnitRegistered', ...registered, on: today }];
}

/** What happened since (names, aliases, moves) does not make a repeated registration another unit. */
function wasRegisteredAs(unit: Unit, { aliases, ...asked }: Omit<Of<'RegisterUnit'>, 'type'>): boolean {
  const { jurisdiction, kind } = unit;
  const parent = unit.registeredUnder === undefined ? unit.parent : unit.registeredUnder;
  const sameUnit = isSame({ jurisdiction, name: unit.names[0]?.name, kind, parent }, asked);
  return sameUnit && aliases.every(alias => unit.aliases.includes(alias));
}

function rename(unit: Unit, { name, paper }: Of<'RenameUnit'>, { today }: Context): UnitEvent[] {
  if (unit.names.at(-1)?.name === name) return [];
  refuseEnded(unit, today);
  return [{ type: 'UnitRenamed', name, paper, on: today }];
}

// Ended units still get aliases: older documents go on naming them.
function addAlias(unit: Unit, { alias }: Of<'AddAlias'>, { today }: Context): UnitEvent[] {
  const known = unit.aliases.includes(alias) || unit.names.some(({ name }) => name === alias);
  return known ? [] : [{ type: 'UnitAliasAdded', alias, on: today }];
}

function move(unit: Unit, { parent, paper, ancestors }: Of<'MoveUnit'>, { today }: Context): UnitEvent[] {
  if (unit.parent === parent) return [];
  refuseEnded(unit, today);
  const id = unitId(unit);
  if (parent === id || ancestors.includes(id)) throw new Rejection('unit_circle', { unit: id });
  if (parent !== null) refuseOtherJurisdiction(unit.jurisdiction, [parent], '/parent');
  return [{ type: 'UnitMoved', parent, paper, on: today }];
}

function merge(unit: Unit, command: Of<'MergeUnit'>, { today }: Context): UnitEvent[] {
  const { into, from, paper, successors } = command;
  if (isEndedSo(unit, { how: 'merged', on: from, into: [into] })) return [];
  refuseSuccession(unit, [into], successors, '/into');
  return [{ type: 'UnitMerged', into, paper, on: today, effectiveOn: from }];
}

function split(unit: Unit, command: Of<'SplitUnit'>, { today }: Context): UnitEvent[] {
  const { into, from, paper, successors = [] } = command;
  if (isEndedSo(unit, { how: 'split', on: from, into })) return [];
  if (new Set(into).size < 2 || new Set(into).size < into.length) {
    throw fieldRejection('/into', 'split_needs_units');
  }
  refuseSuccession(unit, into, successors, '/into');
  return [{ type: 'UnitSplit', into, paper, on: today, effectiveOn: from }];
}

function close(unit: Unit, { reason }: Of<'CloseUnit'>, { today }: Context): UnitEvent[] {
  if (unit.ended?.how === 'closed' && unit.ended.reason === reason) return [];
  refuseSuccession(unit, [], [], '');
  if (reason.trim() === '') {
    throw fieldRejection('/reason', 'reason_needed');
  }
  return [{ type: 'UnitClosed', reason, on: today }];
}

const isEndedSo = (unit: Unit, end: NonNullable<Unit['ended']>): boolean => isSame(unit.ended, end);

/** A unit ends once, even if the day is still to come, and never into itself by whatever way round. */
function refuseSuccession(
  unit: Unit,
  into: readonly string[],
  successors: readonly string[],
  pointer: string,
): void {
  const id = unitId(unit);
  if (unit.ended) throw new Rejection('unit_ended', { unit: id, on: unit.ended.on });
  if (into.includes(id)) {
    throw fieldRejection(pointer, 'unit_own_successor', { unit: id });
  }
  if (successors.includes(id)) {
    throw fieldRejection(pointer, 'unit_succession_circle', { unit: id, into });
  }
  refuseOtherJurisdiction(unit.jurisdiction, into, pointer);
}

function refuseEnded(unit: Unit, today: string): void {
  const { ended } = unit;
  if (ended && ended.on <= today) throw new Rejection('unit_ended', { unit: unitId(unit), on: ended.on });
}

function refuseOtherJurisdiction(jurisdiction: string, units: readonly string[], pointer: string): void {
  const stranger = units.find(unit => jurisdictionOf(unit) !== jurisdiction);
  if (stranger === undefined) return;
  throw fieldRejection(pointer, 'other_jurisdiction', { unit: stranger, jurisdiction });
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(unit: Unit | null, event: UnitEvent): Unit | null {
  if (event.type === 'UnitRegistered') return registered(event);
  if (!unit) return null;
  switch (event.type) {
    case 'UnitRenamed':
      return { ...unit, names: [...unit.names, { name: event.name, from: event.on }] };
    case 'UnitAliasAdded':
      return { ...unit, aliases: [...unit.aliases, event.alias] };
    case 'UnitMoved': {
      const registeredUnder = unit.registeredUnder === undefined ? unit.parent : unit.registeredUnder;
      return { ...unit, parent: event.parent, registeredUnder };
    }
    case 'UnitMerged':
      return { ...unit, ended: { how: 'merged', on: event.effectiveOn, into: [event.into] } };
    case 'UnitSplit':
      return { ...unit, ended: { how: 'split', on: event.effectiveOn, into: event.into } };
    case 'UnitClosed':
      return { ...unit, ended: { how: 'closed', on: event.on, into: [], reason: event.reason } };
    default:
      return unit; // written by a newer version
  }
}

function registered(event: Extract<UnitEvent, { type: 'UnitRegistered' }>): Unit {
  const { jurisdiction, name, kind, parent, aliases, on } = event;
  return { jurisdiction, names: [{ name, from: on }], kind, parent, aliases, registeredOn: on, ended: null };
}

/** The life of a unit: registered, renamed, moved in the tree, and ended by a merger, a split or a closure. */
export const unitDecider: Decider<Unit | null, UnitCommand, UnitEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
