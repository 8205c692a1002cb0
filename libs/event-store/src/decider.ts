/**
 * The rules of one aggregate: `decide` answers a command with the events it causes (none when it changes nothing) or
 * refuses by throwing a `Rejection`; `evolve` folds one event into the state and never throws. Both are pure.
 */
export interface Decider<State, Command, Event extends { type: string }, Context = unknown> {
  readonly initial: State;
  decide(state: State, command: Command, context: Context): readonly Event[];
  evolve(state: State, event: Event): State;
}

/** A value of one of the field errors or parameters of a refusal. */
export type RejectionParam = string | number | boolean | null | readonly string[];
export type RejectionParams = Readonly<Record<string, RejectionParam>>;

/** One fault in the command's body: where (JSON pointer), which rule (stable code), and what its sentence needs. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly params?: RejectionParams;
}

/**
 * A command refused by a rule. `code` is stable and has its sentences in a catalogue elsewhere; `params` fill
 * those sentences; `errors` names every faulty field at once.
 * @example throw new Rejection('task_not_found', { task: '004:3.1' });
 */
export class Rejection extends Error {
  override readonly name = 'Rejection';

  constructor(
    readonly code: string,
    readonly params: RejectionParams = {},
    readonly errors?: readonly FieldError[],
  ) {
    super(code);
  }
}

/** Somebody else changed the stream first: the caller's knowledge of it is older than what is stored. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';

  constructor(
    readonly stream: string,
    readonly expected: number | 'none' | 'exists' | 'any',
    readonly actual: number | null = null,
  ) {
    super(`${stream} is at version ${actual ?? 'unknown'}, expected ${expected}`);
  }
}

/** The state after `events`, starting from `from` or from the beginning. */
export function fold<State, Event extends { type: string }>(
  decider: Pick<Decider<State, never, Event, never>, 'initial' | 'evolve'>,
  events: Iterable<Event>,
  from: State = decider.initial,
): State {
  let state = from;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
