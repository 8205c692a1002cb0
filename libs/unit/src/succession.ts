import { unitId } from './unit-id.js';
import type { Unit } from './unit-model.js';

/** Gives the unit of an id, or null when nothing is known of it. */
export type ResolveUnit = (id: string) => Unit | null;

/** What the unit was called on the day; before its first day, the name it was registered under. */
export function nameOn(unit: Unit, day: string): string {
  const names = unit.names.filter(({ from }) => from <= day);
  return (names.at(-1) ?? unit.names[0])?.name ?? '';
}

/**
 * The unit that answers on the day for the one that was named: itself, or what it was merged into or split into by then
 * (the first part takes what is open), and so on. A closed unit without a successor answers for itself. Stops on a circle.
 */
export function successorOn(resolve: ResolveUnit, id: string, day: string): string {
  const passed = new Set([id]);
  for (let current = id; ;) {
    const next = takerOn(resolve(current), day);
    if (next === null || passed.has(next)) return current;
    passed.add(next);
    current = next;
  }
}

function takerOn(unit: Unit | null, day: string): string | null {
  const ended = unit?.ended;
  return ended && ended.on <= day ? (ended.into[0] ?? null) : null;
}

/** The units for which this one answers on the day besides itself, in the order given: a merged unit speaks for both names. */
export function predecessorsOf(all: Iterable<Unit>, id: string, day: string): string[] {
  const units = new Map([...all].map(unit => [unitId(unit), unit]));
  const resolve: ResolveUnit = other => units.get(other) ?? null;
  return [...units.keys()].filter(other => other !== id && successorOn(resolve, other, day) === id);
}

/** Every unit that the given ones end in on any day, all parts of a split included, without themselves unless in a circle. */
export function successorsOf(resolve: ResolveUnit, ids: readonly string[]): string[] {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of resolve(id)?.ended?.into ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return [...found];
}

/** The unit and those above it in the tree, itself first. Ends on a circle and at a parent of which nothing is known. */
export function ancestorsOf(resolve: ResolveUnit, id: string): string[] {
  const path = new Set<string>();
  for (let next: string | null = id; next !== null && !path.has(next);) {
    path.add(next);
    next = resolve(next)?.parent ?? null;
  }
  return [...path];
}
