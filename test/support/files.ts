import { existsSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { samples } from '../../libs/evidence/src/evidence-examples.js';
import { type Got, type Holder, type TestApi } from './api.js';

export type Upload = { name?: string; type?: string; query?: string; headers?: Record<string, string> };

export const sha256Of = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

/** A file that is a PDF by its first bytes. */
export const pdf = (text: string) => Buffer.concat([samples.pdf, Buffer.from(text)]);

/** Status and code of an answer. */
export const told = ({ status, body }: Got) => [status, body.code] as unknown;

/** Files on their way to and from an API, and where they lie. */
export class Files {
  constructor(private readonly api: TestApi) {}

  pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  /** What is still coming in. */
  incoming(): string[] {
    const path = join(this.folder, 'incoming');
    return existsSync(path) ? readdirSync(path) : [];
  }

  /** Hands in a file as the body. */
  upload(
    as: Holder,
    content: Buffer | string,
    { name = '台账.pdf', type = 'application/pdf', query = '', headers = {} }: Upload = {},
  ): Promise<Got> {
    const search = `?name=${encodeURIComponent(name)}${query}`;
    return this.post(`/v1/evidence${search}`, as, Buffer.from(content), { 'content-type': type, ...headers });
  }

  /** Hands in a form of fields and files. */
  form(as: Holder, parts: [string, string | Blob, string?][]): Promise<Got> {
    const data = new FormData();
    for (const [name, value, file] of parts)
      if (value instanceof Blob) data.append(name, value, file);
      else data.append(name, value);
    return this.post('/v1/evidence', as, data, {});
  }

  async post(
    path: string,
    as: Holder,
    body: NonNullable<RequestInit['body']>,
    headers: object,
  ): Promise<Got> {
    const response = await fetch(`${this.api.base}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.api.token(as)}`, ...headers },
      body,
    });
    const text = await response.text();
    return {
      ...{ status: response.status, text, headers: Object.fromEntries(response.headers) },
      body: JSON.parse(text) as unknown,
    };
  }

  read(sha256: string, as: Holder): Promise<Got> {
    return this.api.get(`/v1/evidence/${sha256}`, as);
  }

  async bytesOf(sha256: string, as: Holder): Promise<Buffer> {
    const response = await fetch(`${this.api.base}/v1/evidence/${sha256}`, {
      headers: { authorization: `Bearer ${this.api.token(as)}` },
    });
    return Buffer.from(await response.arrayBuffer());
  }

  private get folder(): string {
    return this.api.core.configuration.evidenceFolder!;
  }
}
