import { uuidFrom } from '@duban/platform';
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Act, type Who } from './script/act.js';

/** What the API answered. */
export type Answer = { status: number; body: Record<string, unknown>; text: string };

/** A command that was answered: nothing of it may ever be lost. */
export type Acknowledged = { key: string; stream: string; version: number };

export type ClientParts = {
  url: string;
  seed: number;
  tokenOf: (who: Who) => string;
  onAcknowledged: (acknowledged: Acknowledged) => void;
};

/** The API refused what the script is sure of, or took what it should have refused. */
export class ScriptBroken extends Error {
  override readonly name = 'ScriptBroken';
}

type Ask = {
  who: Who;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: object;
  key?: string;
  accept?: string;
};

const patienceMs = 120_000;
const answerMs = 20_000;
const pauseMs = { first: 30, most: 500 };
// The API or its database is away or under pressure: the same request, under the same key, may succeed later.
const passing = new Set([429, 502, 503, 504]);
const mostFaults = 20;

/**
 * Speaks to the API as the units and offices do. A request whose answer was lost is sent again under the same
 * Idempotency-Key, so that killing any process at any moment changes nothing.
 */
export class ApiClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  constructor(private readonly parts: ClientParts) {}

  /** Does what the script says. @throws ScriptBroken when it ends otherwise than the script says */
  async act(act: Act): Promise<Answer> {
    let answer = await this.command(act, act.body, '');
    // As people do: the figure is meant so, and is sent again with that word.
    if (answer.body['code'] === 'implausible_value')
      answer = await this.command(act, { ...act.body, confirmed: true }, '/confirmed');
    const refused = answer.status >= 400 ? String(answer.body['code']) : undefined;
    if (refused === act.refused) return answer;
    throw new ScriptBroken(`${act.name} by ${act.who}: ${answer.status} ${answer.text.slice(0, 600)}`);
  }

  /** Sends a command and gives whatever was answered. */
  async command(act: Act, body: object = act.body, suffix = ''): Promise<Answer> {
    const { seed, onAcknowledged } = this.parts;
    const key = `${seed}/${uuidFrom(act.name + suffix)}`;
    const answer = await this.ask({ who: act.who, method: 'POST', path: act.path, body, key });
    if (answer.status < 300) recordedIn(answer, key).forEach(onAcknowledged);
    return answer;
  }

  /** Asks a question. @throws ScriptBroken when it is not answered with 200 */
  async get(who: Who, path: string, accept = 'application/json'): Promise<Answer> {
    const answer = await this.ask({ who, method: 'GET', path, accept });
    if (answer.status !== 200)
      throw new ScriptBroken(`GET ${path}: ${answer.status} ${answer.text.slice(0, 600)}`);
    return answer;
  }

  close(): void {
    this.agent.destroy();
  }

  private async ask(ask: Ask): Promise<Answer> {
    const deadline = performance.now() + patienceMs;
    let faults = 0;
    for (let pause = pauseMs.first; ; pause = Math.min(pause * 2, pauseMs.most)) {
      const answer = await this.once(ask).catch((error: Error) => error);
      if (!(answer instanceof Error) && !this.isPassing(answer)) {
        if (answer.status !== 500 || (faults += 1) > mostFaults) return answer;
      }
      if (performance.now() > deadline)
        throw new ScriptBroken(`${ask.method} ${ask.path}: no answer, ${String(answer)}`);
      await delay(pause);
    }
  }

  private isPassing({ status, body }: Answer): boolean {
    // A lost race: somebody else wrote to the same stream a moment before.
    return passing.has(status) || (status === 409 && body['code'] === 'version_conflict');
  }

  private once({ who, method, path, body, key, accept = 'application/json' }: Ask): Promise<Answer> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.parts.tokenOf(who)}`,
      accept,
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    return new Promise((resolve, reject) => {
      const url = new URL(path, this.parts.url);
      const sent = httpRequest(url, { method, headers, agent: this.agent, timeout: answerMs }, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => resolve(answerOf(response.statusCode ?? 0, Buffer.concat(chunks))));
      });
      sent.once('timeout', () => sent.destroy(new Error(`no answer within ${answerMs / 1000} s`)));
      sent.once('error', reject);
      sent.end(text);
    });
  }
}

type Told = { id: string; stream: string; version: number; events: readonly string[] };

/** What was recorded according to the answer; each task of a bulk receipt under a key of its own. */
function recordedIn({ body }: Answer, key: string): Acknowledged[] {
  const isBulk = Array.isArray(body['outcomes']);
  const outcomes = (isBulk ? body['outcomes'] : 'events' in body ? [body] : []) as Told[];
  return outcomes
    .filter(({ events }) => events.length > 0)
    .map(({ id, stream, version }) => ({ key: isBulk ? `${key}/${id}` : key, stream, version }));
}

function answerOf(status: number, bytes: Buffer): Answer {
  const text = bytes.toString('utf8');
  const isJson = text.startsWith('{');
  return { status, text, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
}
