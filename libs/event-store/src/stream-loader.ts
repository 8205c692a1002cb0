import { type Pool } from 'pg';
import { loadConnections } from './connections.js';
import { type Answer, checkKey, type IdempotencyKey } from './idempotency.js';
import { type Json } from './json.js';
import { checkStream, type LoadedStream } from './stream.js';
import { type StreamCache } from './stream-cache.js';

/** Streams that exist, and the answer kept under a key, as they stood at one moment. */
export interface Known {
  readonly streams: ReadonlyMap<string, LoadedStream>;
  readonly answer: Answer | null;
  /** How often states had been folded anew by then. */
  readonly folds: number;
}

interface Request {
  readonly streams: readonly string[];
  readonly key: IdempotencyKey | undefined;
  resolve(known: Known): void;
  reject(error: unknown): void;
}

type Row = {
  /** Which of the streams asked for, from 1; null in the row of an answer. */
  stream: number | null;
  version: number;
  hash: Buffer;
  state: string | null;
  actor: string | null;
  key: string | null;
  body_hash: string | null;
  response: Json;
  position: string | null;
};

/** Reads streams and kept answers: what is asked for while a read is under way travels together in the next one. */
export class StreamLoader {
  private waiting: Request[] = [];
  private reading = 0;

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly cache: StreamCache,
  ) {}

  /** @throws Rejection for a name or a key that cannot be stored */
  async read(streams: readonly string[], key?: IdempotencyKey): Promise<Known> {
    streams.forEach(checkStream);
    if (key) checkKey(key);
    return new Promise((resolve, reject) => {
      this.waiting.push({ streams, key, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => this.next());
    });
  }

  private next(): void {
    if (this.waiting.length === 0 || this.reading >= loadConnections) return;
    const requests = this.waiting;
    this.waiting = [];
    this.reading += 1;
    void this.answer(requests).finally(() => {
      this.reading -= 1;
      this.next();
    });
  }

  private async answer(requests: readonly Request[]): Promise<void> {
    try {
      const streams = [...new Set(requests.flatMap(request => request.streams))];
      // Held while the answer is on its way, for the cache may forget them meanwhile.
      const held = streams.map(stream => this.cache.get(stream));
      const keys = requests.flatMap(({ key }) => key ?? []);
      const { rows } = await this.pool.query<Row>({
        name: 'recall',
        text: recallText,
        values: [
          streams,
          held.map(loaded => (loaded ? Buffer.from(loaded.hash, 'latin1') : null)),
          keys.map(({ actor }) => actor),
          keys.map(({ key }) => key),
          this.cache.folds,
        ],
      });
      const head = rows.find(({ stream, actor }) => stream === null && actor === null);
      const folds = Number(head?.position);
      this.cache.isOutdated(folds);
      const found = new Map(rows.flatMap(row => this.loadedOf(row, streams, held)));
      const answers = new Map(rows.flatMap(row => answerOf(row)));
      for (const { streams: wanted, key, resolve } of requests)
        resolve({ streams: pick(found, wanted), answer: (key && answers.get(nameOf(key))) ?? null, folds });
    } catch (error) {
      for (const { reject } of requests) reject(error);
    }
  }

  private loadedOf(
    { stream, version, hash, state }: Row,
    streams: readonly string[],
    held: readonly (LoadedStream | undefined)[],
  ): [string, LoadedStream][] {
    const name = stream === null ? undefined : streams[stream - 1];
    if (stream === null || name === undefined) return [];
    const same = held[stream - 1];
    if (state === null && same) return [[name, same]];
    const loaded = { state: JSON.parse(state ?? 'null') as Json, version, hash: hash.toString('latin1') };
    this.cache.put(name, loaded, state?.length ?? 0);
    return [[name, loaded]];
  }
}

function pick(found: ReadonlyMap<string, LoadedStream>, wanted: readonly string[]) {
  return new Map(
    wanted.flatMap(stream => {
      const loaded = found.get(stream);
      return loaded ? [[stream, loaded] as const] : [];
    }),
  );
}

const nameOf = ({ actor, key }: Pick<IdempotencyKey, 'actor' | 'key'>) => JSON.stringify([actor, key]);

const answerOf = ({ actor, key, body_hash: bodyHash, response, position }: Row): [string, Answer][] =>
  actor === null || key === null || bodyHash === null
    ? []
    : [[nameOf({ actor, key }), { bodyHash, response, position: Number(position) }]];

// One statement sees one moment. A state whose hash is known already is not sent again.
const recallText = `
SELECT w.nr::integer AS stream, s.version, s.hash, CASE WHEN s.hash = w.hash AND h.folds = $5 THEN NULL ELSE s.state::text END AS state,
  NULL AS actor, NULL AS key, NULL AS body_hash, NULL::json AS response, NULL::bigint AS position
FROM unnest($1::text[], $2::bytea[]) WITH ORDINALITY AS w (id, hash, nr) JOIN public.streams s ON s.id = w.id
CROSS JOIN public.log_head h
UNION ALL
SELECT NULL, NULL, NULL, NULL, i.actor, i.key, i.body_hash, i.response, i.position
FROM unnest($3::text[], $4::text[]) AS k (actor, key)
JOIN public.idempotency i ON i.actor = k.actor AND i.key = k.key
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, folds FROM public.log_head`;
