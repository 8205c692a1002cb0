import { Rejection } from '@duban/event-store';
import { type Actor, type Context } from '@duban/platform';
import { type Unit, unitDecider } from '@duban/unit';
import { type Step, step } from './command-runner.js';

/** What a decision rests on beside the streams that it writes: nobody changes it before the decision is recorded. */

/** Streams that were looked at must stand at these versions still. */
export function unmoved(versions: Iterable<readonly [string, number]>): Step[] {
  return [...versions].map(([stream, version]) => step(reading, stream, null, version));
}

/** A unit that speaks for itself has not passed on by then. */
export function standing({ role, unit }: Actor): Step[] {
  if (role !== 'unit' || !unit) return [];
  const decide = (state: Unit | null, _: null, { today }: Context) => {
    const ended = state?.ended;
    if (ended && ended.on <= today && ended.into.length > 0)
      throw new Rejection('unit_ended', { unit, on: ended.on });
    return [];
  };
  return [step({ ...unitDecider, decide }, `unit-${unit}`, null)];
}

const reading = { initial: null, decide: () => [], evolve: (state: unknown) => state };
