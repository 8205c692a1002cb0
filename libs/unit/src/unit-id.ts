import type { Unit } from './unit-model.js';

/** The natural key of a unit or group: `xiangtan:市科技局`. The same name in another jurisdiction is another unit. */
export function idOf(jurisdiction: string, name: string): string {
  return `${jurisdiction}:${name}`;
}

/** The jurisdiction in a natural key; empty when the text is none. */
export function jurisdictionOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf(':')));
}

/** A unit keeps the key of its first name for ever, whatever it is called later. */
export function unitId(unit: Pick<Unit, 'jurisdiction' | 'names'>): string {
  return idOf(unit.jurisdiction, unit.names[0]?.name ?? '');
}
