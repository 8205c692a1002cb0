import assert from 'node:assert/strict';
import { type Decider, fold, Rejection } from '@duban/event-store';

export type Step<Command, Context> = { command: Command; context: Context };

/**
 * Holds a decider to what every aggregate promises, over any sequence of commands: a refusal is a `Rejection` and
 * nothing else; the same command twice in a row adds nothing or is refused; the state kept while deciding equals
 * the state replayed from what was stored as JSON; neither states nor events are changed after the fact.
 * @example fc.assert(fc.property(fc.array(step), steps => assertLaws(taskDecider, steps)));
 */
export function assertLaws<State, Command, Event extends { type: string }, Context>(
  decider: Decider<State, Command, Event, Context>,
  steps: readonly Step<Command, Context>[],
): void {
  const history: Event[] = [];
  let live = decider.initial;
  for (const { command, context } of steps) {
    const events = decideOrRefuse(decider, live, command, context);
    live = fold(decider, frozen(events), live);
    history.push(...events);
    if (events.length === 0) continue;
    const again = decideOrRefuse(decider, frozen(live), command, context);
    assert.deepEqual(again, [], `${JSON.stringify(command)} counted twice`);
  }
  assert.deepEqual(stored(fold(decider, stored(history))), stored(live));
}

/** Whatever the order, and whatever a newer version wrote: the events fold without an error, twice to the same state. */
export function assertFolds<State, Event extends { type: string }>(
  decider: Pick<Decider<State, never, Event, never>, 'initial' | 'evolve'>,
  history: readonly Event[],
): void {
  const unknown = { type: 'WrittenByANewerVersion' } as unknown as Event;
  const state = fold(decider, frozen(history));
  assert.deepEqual(fold(decider, history), state);
  assert.deepEqual(decider.evolve(state, unknown), state);
}

function decideOrRefuse<State, Command, Event extends { type: string }, Context>(
  decider: Decider<State, Command, Event, Context>,
  state: State,
  command: Command,
  context: Context,
): readonly Event[] {
  try {
    return decider.decide(state, command, context);
  } catch (error) {
    if (error instanceof Rejection) return [];
    throw error;
  }
}

const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
