import { Rejection } from './decider.js';
import { type Json, type JsonObject } from './json.js';
import { type NewEvent } from './new-event.js';
import { type PersonalFields, personalPointers, valueAt, withTexts, withValues } from './personal-fields.js';
import { openToken, parseToken, type SealedToken, sealValue } from './sealed-token.js';
import { SealBroken } from './unreadable.js';

/** A subject's key; null when it was destroyed: nothing sealed with it will ever open again. */
export type SubjectKey = Buffer | null;

/** What the sealed texts of one event say: null for what was erased. */
export interface OpenedFields {
  readonly texts: ReadonlyMap<string, Json>;
  /** The pointers whose subject's key was destroyed. */
  readonly erased: readonly string[];
}

/** The columns of a stored event that sealed fields are opened from. */
export interface SealedRow {
  readonly position: string;
  readonly stream: string;
  readonly event_id: string;
  readonly data: JsonObject;
  readonly meta: JsonObject;
}

/** The member of an event's `meta` that names the sealed fields, and whose each is: `{ "/phone": "person:7" }`. */
export const sealedMember = 'sealedFields';

/** These keys must be had before the work can be done. */
export class KeysNeeded extends Error {
  constructor(
    readonly subjects: readonly string[],
    /** Those that never had a key get one. */
    readonly make: boolean,
  ) {
    super('keys are needed');
  }
}

/** The keys at hand: undefined for one that must be got, 'none' for a subject that has none. */
export interface KeysAtHand {
  /** As they are now, so that nothing is sealed for somebody who was erased in another process. */
  toSeal(subject: string): SubjectKey | 'none' | undefined;
  /** As they are or were some seconds ago. */
  toOpen(subject: string): SubjectKey | 'none' | undefined;
}

/** Seals and opens with the keys at hand. */
export class Sealer {
  /** Does any event type have fields to seal? */
  readonly isActive: boolean;

  constructor(
    private readonly fields: Readonly<Record<string, PersonalFields>>,
    private readonly keys: KeysAtHand,
  ) {
    this.isActive = Object.keys(fields).length > 0;
  }

  /**
   * The events as they are stored.
   * @throws KeysNeeded
   * @throws Rejection `subject_erased` when a field is of somebody whose key was destroyed.
   */
  sealEvents(stream: string, events: readonly NewEvent[]): readonly NewEvent[] {
    if (!this.isActive) return events;
    const owners = events.map(event => this.ownersOf(event));
    const keys = this.keysToSeal(new Set(owners.flatMap(of => [...of.values()])));
    return events.map((event, index) => sealEvent(stream, event, owners[index] ?? new Map(), keys));
  }

  /**
   * A state that was folded from sealed events, opened: null for what was erased.
   * @throws KeysNeeded
   */
  openState<State>(stream: string, state: State): State {
    const tokens = this.isActive ? tokensIn(state as Json) : none;
    if (tokens.size === 0) return state;
    const keys = this.keysToOpen(subjectsOf(tokens.values()));
    const opened = withTexts(state as Json, text => {
      const token = tokens.get(text);
      const key = token && keys.get(token.subject);
      if (!token || key === undefined || key === 'none') return text; // it only looks like one
      if (key === null) return null;
      const found = openToken(key, stream, token);
      return found ? found.value : text;
    });
    return opened as State; // of the shape that `evolve` made, but for what was erased
  }

  /**
   * The keys of all whose sealed texts these values hold, without those that were destroyed.
   * @throws KeysNeeded
   */
  keysIn(values: readonly Json[]): ReadonlyMap<string, Buffer> {
    if (!this.isActive) return new Map();
    const keys = this.keysToOpen(subjectsOf(tokensIn(values).values()));
    return new Map([...keys].filter((pair): pair is [string, Buffer] => Buffer.isBuffer(pair[1])));
  }

  private ownersOf({ type, data, meta }: NewEvent): ReadonlyMap<string, string> {
    if (meta[sealedMember] !== undefined)
      throw new TypeError(`meta.${sealedMember} is written by the store alone`);
    const personal = this.fields[type];
    const pointers = personal ? personalPointers(data, personal.fields) : [];
    return new Map(pointers.map(pointer => [pointer, personal?.subject(data, pointer) ?? '']));
  }

  private keysToSeal(subjects: ReadonlySet<string>): ReadonlyMap<string, Buffer> {
    const keys = new Map<string, Buffer>();
    const needed: string[] = [];
    for (const subject of subjects) {
      const key = this.keys.toSeal(subject);
      if (key === null) throw new Rejection('subject_erased', { subject });
      if (key === undefined || key === 'none') needed.push(subject);
      else keys.set(subject, key);
    }
    if (needed.length > 0) throw new KeysNeeded(needed, true);
    return keys;
  }

  private keysToOpen(subjects: ReadonlySet<string>): ReadonlyMap<string, SubjectKey | 'none' | undefined> {
    const keys = new Map([...subjects].map(subject => [subject, this.keys.toOpen(subject)]));
    const needed = [...subjects].filter(subject => keys.get(subject) === undefined);
    if (needed.length > 0) throw new KeysNeeded(needed, false);
    return keys;
  }
}

function sealEvent(
  stream: string,
  event: NewEvent,
  owners: ReadonlyMap<string, string>,
  keys: ReadonlyMap<string, Buffer>,
): NewEvent {
  if (owners.size === 0) return event;
  const sealed = new Map<string, Json>();
  for (const [pointer, subject] of owners) {
    const [key, value] = [keys.get(subject), valueAt(event.data, pointer)];
    if (!key || value === undefined) throw new Error(`nothing to seal at ${pointer}`);
    sealed.set(pointer, sealValue(key, { subject, stream, eventId: event.id, pointer }, value));
  }
  const meta = { ...event.meta, [sealedMember]: Object.fromEntries(owners) };
  return { ...event, data: withValues(event.data, sealed), meta };
}

/** The sealed texts of a row, opened; or what is wrong with one of them. */
export function openRow(row: SealedRow, keys: ReadonlyMap<string, SubjectKey>): OpenedFields | SealBroken {
  const texts = new Map<string, Json>();
  const erased: string[] = [];
  for (const [pointer, subject] of Object.entries(sealedFieldsOf(row))) {
    const broken = (why: string) => new SealBroken(Number(row.position), pointer, why);
    const text = valueAt(row.data, pointer);
    const token = parseToken(text);
    if (!token || typeof text !== 'string') return broken('it is not sealed');
    if (token.subject !== subject || token.eventId !== row.event_id || token.pointer !== pointer)
      return broken('it was sealed for another place');
    const key = keys.get(subject);
    if (key === undefined) return broken(`there is no key of ${subject}, not even a destroyed one`);
    const opened = key === null ? { value: null } : openToken(key, row.stream, token);
    if (!opened) return broken('it is not what was sealed');
    if (key === null) erased.push(pointer);
    texts.set(text, opened.value);
  }
  return { texts, erased };
}

/** Which fields of a stored event are sealed, and whose each is. */
export function sealedFieldsOf({ meta }: Pick<SealedRow, 'meta'>): Readonly<Record<string, string>> {
  return (meta[sealedMember] ?? {}) as Readonly<Record<string, string>>;
}

const none: ReadonlyMap<string, SealedToken> = new Map();

const subjectsOf = (tokens: Iterable<SealedToken>) => new Set([...tokens].map(({ subject }) => subject));

function tokensIn(value: Json, found = new Map<string, SealedToken>()): Map<string, SealedToken> {
  if (typeof value === 'string') {
    const token = parseToken(value);
    if (token) found.set(value, token);
  } else if (value !== null && typeof value === 'object') {
    for (const member of Object.values(value as JsonObject)) tokensIn(member, found);
  }
  return found;
}
