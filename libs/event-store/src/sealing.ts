import { type Pool } from 'pg';
import { type Answer, type IdempotencyKey } from './idempotency.js';
import { MasterKeyMissing, type MasterKeySource } from './master-keys.js';
import { type PersonalFields } from './personal-fields.js';
import { openAnswer, subjectsOfAnswer } from './sealed-answer.js';
import {
  KeysNeeded,
  type OpenedFields,
  openRow,
  Sealer,
  sealedFieldsOf,
  sealedMember,
  type SealedRow,
  type SubjectKey,
} from './sealer.js';
import { SubjectKeys } from './subject-keys.js';
import { type SealBroken } from './unreadable.js';

export interface SealingOptions {
  /** By event type. A declaration stays for as long as there are events that it sealed. */
  readonly fields: Readonly<Record<string, PersonalFields>>;
  readonly masterKeys: MasterKeySource;
}

/** Work that lacks keys throws KeysNeeded, gets them from `provide`, and is done again. */
export interface SealingSession {
  readonly sealer: Sealer;
  provide(needed: KeysNeeded): Promise<void>;
}

const nothingToSeal: SealingSession = {
  sealer: new Sealer({}, { toSeal: () => undefined, toOpen: () => undefined }),
  provide: () => Promise.reject(new Error('nothing is sealed here')),
};

const mostTurns = 100;

/**
 * Seals personal fields before an event is hashed, and opens them when it is read. What is stored, folded into
 * `streams.state` and walked by `verify` is the sealed text; who decides, reads or projects sees the value.
 */
export class Sealing {
  readonly keys: SubjectKeys;
  private readonly fields: SealingOptions['fields'];
  private readonly hasFields: boolean;

  constructor(
    private readonly db: Pick<Pool, 'query'>,
    private readonly options?: SealingOptions,
  ) {
    this.fields = options?.fields ?? {};
    this.hasFields = Object.keys(this.fields).length > 0;
    const named = Object.values(this.fields).flatMap(({ fields }) => fields);
    const wrong = named.filter(field => !field.startsWith('/'));
    if (wrong.length > 0)
      throw new RangeError(`a sealed field is named by a JSON pointer, not ${wrong.join(', ')}`);
    this.keys = new SubjectKeys(db, options?.masterKeys ?? (() => Promise.reject(noMasterKey())));
  }

  /** Does any event type have fields to seal? */
  get isActive(): boolean {
    return this.hasFields;
  }

  /**
   * Can everything that was sealed be opened? To be asked at start.
   * @throws MasterKeyMissing; MasterKeyWrong
   */
  async check(): Promise<void> {
    if (this.options) return this.keys.check();
    const { rowCount } = await this.db.query(
      'SELECT 1 FROM public.subject_keys WHERE wrapped_key IS NOT NULL LIMIT 1',
    );
    if (rowCount) throw noMasterKey();
  }

  /** Keys as they are from now on, for one piece of work. `now` is needed to make those that never were. */
  begin(now: string | null): SealingSession {
    if (!this.isActive) return nothingToSeal;
    const loaded = new Map<string, SubjectKey | 'none'>();
    const sealer = new Sealer(this.fields, {
      toSeal: subject => loaded.get(subject),
      toOpen: subject => (loaded.has(subject) ? loaded.get(subject) : this.keys.known(subject)),
    });
    let turns = 0;
    const provide = async ({ subjects, make }: KeysNeeded): Promise<void> => {
      turns += 1;
      if (turns > mostTurns) throw new Error('keys were asked for again and again');
      const keys =
        make && now !== null ? await this.keys.make(subjects, now) : await this.keys.load(subjects);
      for (const subject of subjects)
        loaded.set(subject, keys.has(subject) ? (keys.get(subject) ?? null) : 'none');
    };
    return { sealer, provide };
  }

  /** Runs work that seals or opens, and again after each time that it lacked keys; so it must change nothing itself. */
  async withKeys<T>(now: string | null, work: (sealer: Sealer) => T): Promise<T> {
    const { sealer, provide } = this.begin(now);
    for (;;) {
      try {
        return work(sealer);
      } catch (error) {
        if (!(error instanceof KeysNeeded)) throw error;
        await provide(error);
      }
    }
  }

  /** A state as its decider knows it. */
  async openState<State>(stream: string, state: State): Promise<State> {
    return this.isActive ? this.withKeys(null, sealer => sealer.openState(stream, state)) : state;
  }

  /** An answer as it was given; null in it when somebody of whom it spoke was erased. */
  async openAnswer(answer: Answer, asked: IdempotencyKey): Promise<Answer> {
    const subjects = subjectsOfAnswer(answer);
    return subjects.length === 0 ? answer : openAnswer(answer, asked, await this.keys.load(subjects));
  }

  /** What the sealed fields of rows say, or why they cannot be opened; nothing for rows without any. */
  async openRows<Row extends SealedRow>(
    rows: readonly Row[],
  ): Promise<ReadonlyMap<Row, OpenedFields | SealBroken>> {
    const sealed = rows.filter(({ meta }) => meta[sealedMember] !== undefined);
    if (sealed.length === 0) return new Map();
    const keys = await this.keys.load(new Set(sealed.flatMap(row => Object.values(sealedFieldsOf(row)))));
    return new Map(sealed.map(row => [row, openRow(row, keys)]));
  }
}

const noMasterKey = () =>
  new MasterKeyMissing('personal fields are sealed here, and no master key was given');
