import assert from 'node:assert/strict';
import { type Decider, fold, Rejection, type RejectionParams } from './decider.js';

/** What one command did to one history: events or a refusal, to be compared. */
export interface SpecResult<State, Event> {
  /** Exactly these events, in this order. */
  then(...expected: readonly Event[]): void;
  /** Accepted, and nothing changed. */
  thenNothing(): void;
  /** Refused with this code and, where given, at least these params. */
  thenRejected(code: string, params?: RejectionParams): void;
  /** The state after the command's events: a check to run on it, or the part of it to compare. */
  thenState(expected: Partial<NonNullable<State>> | ((state: State) => unknown)): void;
}

export interface SpecHistory<State, Command, Event, Context> {
  when(command: Command, contextOverride?: Partial<Context>): SpecResult<State, Event>;
  /** The state of the history itself, without a command. */
  thenState(expected: Partial<NonNullable<State>> | ((state: State) => unknown)): void;
}

/**
 * Tests a decider by example: given events, when a command, then events. Compares with `node:assert`, so it runs
 * under any test runner.
 * @example
 * const given = specFor(taskDecider, { today: '2023-07-14' });
 * given(issued).when(report).then(reported);
 * given().when(report).thenRejected('task_not_found');
 */
export function specFor<State, Command, Event extends { type: string }, Context>(
  decider: Decider<State, Command, Event, Context>,
  context: Context,
): (...events: readonly Event[]) => SpecHistory<State, Command, Event, Context> {
  return (...events) => {
    const state = fold(decider, events);
    return {
      when: (command, override) => resultOf(decider, state, command, { ...context, ...override }),
      thenState: expected => compareState(state, expected),
    };
  };
}

type Outcome<Event> = { events: readonly Event[] } | { rejection: Rejection };

function resultOf<State, Command, Event extends { type: string }, Context>(
  decider: Decider<State, Command, Event, Context>,
  state: State,
  command: Command,
  context: Context,
): SpecResult<State, Event> {
  const outcome = run(() => decider.decide(state, command, context));
  return {
    then: (...expected) => compare(eventsOf(outcome), expected),
    thenNothing: () => compare(eventsOf(outcome), []),
    thenRejected: (code, params) => compareRejection(outcome, code, params),
    thenState: expected => compareState(fold(decider, eventsOf(outcome), state), expected),
  };
}

function run<Event>(decide: () => readonly Event[]): Outcome<Event> {
  try {
    return { events: decide() };
  } catch (error) {
    if (error instanceof Rejection) return { rejection: error };
    throw error;
  }
}

function eventsOf<Event>(outcome: Outcome<Event>): readonly Event[] {
  if ('events' in outcome) return outcome.events;
  const { code, params, errors } = outcome.rejection;
  assert.fail(`rejected with ${code} ${JSON.stringify({ params, errors })}`);
}

function compareRejection(outcome: Outcome<unknown>, code: string, params?: RejectionParams): void {
  if ('events' in outcome) {
    assert.fail(`expected the refusal ${code}, but these events came: ${JSON.stringify(outcome.events)}`);
  }
  assert.equal(outcome.rejection.code, code);
  if (params) compare(pick(outcome.rejection.params, Object.keys(params)), params);
}

function compareState<State>(
  state: State,
  expected: Partial<NonNullable<State>> | ((state: State) => unknown),
): void {
  if (typeof expected === 'function') {
    assert.notEqual(expected(state), false, `the check refused ${JSON.stringify(state)}`);
    return;
  }
  assert.ok(state !== null && typeof state === 'object', `there is no state: ${JSON.stringify(state)}`);
  compare(pick(state as Record<string, unknown>, Object.keys(expected)), expected);
}

// What is undefined is not stored: { note: undefined } and {} are the same event.
const compare = (actual: unknown, expected: unknown) => assert.deepEqual(defined(actual), defined(expected));

function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(defined);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, defined(item)]));
}

const pick = (from: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
  Object.fromEntries(keys.filter(key => key in from).map(key => [key, from[key]]));
