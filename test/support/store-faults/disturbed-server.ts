import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { eventStoreMigrations } from '@duban/event-store';
import pg from 'pg';
import { type KeeperWord, type Restart } from './keeper.js';

const template = 'duban_store_faults_template';
/** So many callers find nobody at home while the server is away; later ones wait in front of the door. */
const mostTurnedAway = 6;

/** A Postgres of its own, which can be restarted in three ways without disturbing anybody else's tests. */
export class DisturbedServer {
  private up: Promise<URL>;
  private isUp = true;
  private turnedAway = 0;
  private restarts = 0;

  private constructor(
    private readonly keeper: ChildProcess,
    url: URL,
  ) {
    this.up = Promise.resolve(url);
  }

  /** `keeper` is the compiled program that owns the server. */
  static async start(keeper: string): Promise<DisturbedServer> {
    const child = fork(keeper, [], { execArgv: [], detached: true });
    const server = new DisturbedServer(child, await told(child));
    await server.query('postgres', `CREATE DATABASE ${template}`);
    for (const { up } of eventStoreMigrations) await server.query(template, up);
    await server.query(
      template,
      `CREATE TABLE effects (nth bigint GENERATED ALWAYS AS IDENTITY, position bigint, id uuid);
       CREATE TABLE counted (stream text PRIMARY KEY, events bigint NOT NULL);
       GRANT ALL ON effects, counted TO duban_app`,
    );
    return server;
  }

  /** Where a caller finds the server, once it is there; null for one who comes while it is away. */
  async port(): Promise<number | null> {
    if (!this.isUp && this.turnedAway < mostTurnedAway) {
      this.turnedAway += 1;
      return null;
    }
    return Number((await this.up).port);
  }

  /** The owner's way into a database, past the proxies or through one. */
  async url(database: string, port?: number): Promise<string> {
    const url = new URL(await this.up);
    url.pathname = `/${database}`;
    if (port !== undefined) url.port = String(port);
    return url.href;
  }

  async createDatabase(name: string): Promise<void> {
    await this.query('postgres', `CREATE DATABASE ${name} TEMPLATE ${template}`);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.query('postgres', `DROP DATABASE ${name} WITH (FORCE)`);
  }

  async query<Row extends object>(database: string, text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: await this.url(database), application_name: 'owner' });
    client.on('error', () => undefined); // the statement under way, or the next one, fails with it
    try {
      await client.connect();
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** The same while the server may be away: then it has nothing to do. */
  async tryQuery(database: string, text: string, values: unknown[] = []): Promise<void> {
    const { restarts } = this;
    try {
      await this.query(database, text, values);
    } catch (error) {
      if (this.isUp && this.restarts === restarts) throw error;
    }
  }

  /** Restarts it, once at a time; resolves when it is back. */
  async restart(how: Restart): Promise<void> {
    if (this.isUp) {
      this.isUp = false;
      this.turnedAway = 0;
      this.restarts += 1;
      this.up = told(this.keeper).finally(() => (this.isUp = true));
      this.keeper.send(how);
    }
    await this.up;
  }

  async stop(): Promise<void> {
    const ended = once(this.keeper, 'exit');
    this.keeper.disconnect();
    await ended;
  }
}

async function told(keeper: ChildProcess): Promise<URL> {
  const ended = new AbortController();
  const word = once(keeper, 'message', { signal: ended.signal }) as Promise<[KeeperWord]>;
  const end = once(keeper, 'exit', { signal: ended.signal }).then(
    () => [{ fault: 'its keeper ended' }] as const,
  );
  try {
    const [answer] = await Promise.race([word, end]);
    if ('fault' in answer) throw new Error(`The server for the rounds did not start: ${answer.fault}`);
    return new URL(answer.url);
  } finally {
    word.catch(() => undefined);
    end.catch(() => undefined);
    ended.abort();
  }
}
