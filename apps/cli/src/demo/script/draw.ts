import { createHash } from 'node:crypto';

/** A number from 0 up to 1 that belongs to a name: the same seed number gives the same number, in any order of asking. */
export type Draw = (name: string) => number;

/** Chance without chance: what seems random in the demo is a hash of the seed number and of what it is drawn for. */
export function drawFrom(seed: number): Draw {
  return name => createHash('sha256').update(`${seed}/${name}`).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** A whole number from `from` to `to`, both possible. */
export function wholeFrom(share: number, from: number, to: number): number {
  return from + Math.floor(share * (to - from + 1));
}

/** The entry of a list that a share falls on. */
export function oneOf<T>(share: number, list: readonly [T, ...T[]]): T {
  return list[Math.min(Math.floor(share * list.length), list.length - 1)] ?? list[0];
}
