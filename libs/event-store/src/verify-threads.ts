import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type ClientConfig, type Pool } from 'pg';
import { LogReader } from './reading.js';
import { Upcasters, type UpcasterStep } from './upcasters.js';
import { type Folding } from './verify-streams.js';
import { type Found, perform, type Work } from './verify-work.js';

/** What a module that folds states exports: deciders cannot be sent to a thread, but each thread can import them. */
export interface FoldModule {
  readonly refold: Readonly<Record<string, Folding>>;
  /** Those that the store knows, too. */
  readonly upcasters?: readonly UpcasterStep[];
}

export interface ThreadData {
  readonly connection: ClientConfig;
  readonly refoldModule: string | undefined;
}

export type ThreadMessage = { readonly events: number } | { readonly found: Found };

export interface ThreadOptions {
  /** 0 for none but the caller's. */
  readonly threads: number;
  readonly refold: Readonly<Record<string, Folding>> | undefined;
  readonly refoldModule: URL | undefined;
  onEvents(events: number): void;
}

/** Does all pieces of work, several at a time where there are threads; what they found, in the order of the work. */
export async function performAll(
  works: readonly Work[],
  pool: Pool,
  reader: LogReader,
  options: ThreadOptions,
): Promise<Found[]> {
  const connection = options.refold ? null : cloneable(pool);
  if (options.threads < 1 || !connection || !existsSync(fileURLToPath(threadFile)))
    return performHere(works, pool, reader, options);
  const { refoldModule, onEvents } = options;
  const data: ThreadData = { connection, refoldModule: refoldModule?.href };
  const found: Found[] = [];
  const queue = [...works.entries()];
  const count = Math.min(options.threads, works.length);
  const threads = Array.from({ length: count }, () => new Worker(threadFile, { workerData: data }));
  try {
    await Promise.all(
      threads.map(thread =>
        drive(thread, onEvents, queue, (index, result) => {
          found[index] = result;
        }),
      ),
    );
  } finally {
    await Promise.all(threads.map(thread => thread.terminate()));
  }
  return found;
}

// Compiled beside this file. Where the sources are run as they are, there is none, and the work is done here.
const threadFile = new URL('./verify-thread.js', import.meta.url);

/** The folds and upcasters of a module; none without one. */
export async function importFolds(
  href: string | undefined,
): Promise<{ refold: Readonly<Record<string, Folding>>; upcasters: Upcasters }> {
  const upcasters = new Upcasters();
  if (href === undefined) return { refold: {}, upcasters };
  const module = (await import(href)) as FoldModule;
  for (const { type, from, to, upcast } of module.upcasters ?? []) upcasters.register(type, from, upcast, to);
  return { refold: module.refold, upcasters };
}

async function performHere(
  works: readonly Work[],
  pool: Pool,
  reader: LogReader,
  { refold, refoldModule, onEvents }: ThreadOptions,
): Promise<Found[]> {
  const imported = await importFolds(refoldModule?.href);
  const folds = refold ?? imported.refold;
  const client = await pool.connect();
  const upcasting = refoldModule ? new LogReader(client, imported.upcasters) : reader;
  const tools = { reader: upcasting, refold: folds, onEvents };
  try {
    const found: Found[] = [];
    for (const work of works) found.push(await perform(work, { ...tools, client }));
    return found;
  } finally {
    client.release();
  }
}

// Gives a thread the next piece whenever it has done one, until there is none left.
function drive(
  thread: Worker,
  onEvents: (events: number) => void,
  queue: [number, Work][],
  onFound: (index: number, found: Found) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: number | null = null;
    const next = () => {
      const entry = queue.shift();
      current = entry?.[0] ?? null;
      thread.postMessage(entry?.[1] ?? null);
    };
    thread.on('message', (message: ThreadMessage) => {
      if ('events' in message) return onEvents(message.events);
      if (current !== null) onFound(current, message.found);
      next();
    });
    thread.once('error', reject);
    thread.once('exit', code =>
      code === 0 ? resolve() : reject(new Error(`a thread of the verification ended with ${code}`)),
    );
    next();
  });
}

// The pool's own settings, if they can be sent: functions and open sockets cannot.
function cloneable(pool: Pool): ClientConfig | null {
  const { connectionString, host, port, user, database, password, ssl, options, application_name } =
    pool.options;
  const given = { connectionString, host, port, user, database, password, ssl, options, application_name };
  const config = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  try {
    return structuredClone(config) as ClientConfig;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
