import { Problem } from '@duban/platform';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type EvidenceStorage, type ReceivedFile } from './evidence-storage.js';
import { emptySha256, type S3Credentials, s3Headers } from './s3-signature.js';

const silenceMillis = 30_000;

/**
 * Files in a bucket of any S3-compatible store, addressed by path: `<url>/abcd…`, where the URL names server, bucket and,
 * if wanted, a prefix. The store itself checks what it receives against the signed hash.
 */
export class S3Storage implements EvidenceStorage {
  readonly kind = 'bucket';
  readonly place: string;

  constructor(
    url: string,
    private readonly credentials: S3Credentials,
  ) {
    this.place = url.replace(/\/+$/, '');
  }

  async put({ path, sha256, size }: ReceivedFile): Promise<void> {
    if (!(await this.has(sha256, size))) {
      const content = createReadStream(path);
      const answer = await this.send('PUT', sha256, { content, size, sha256 });
      await this.mustBe(answer, 200);
    }
    await rm(path, { force: true });
  }

  async open(sha256: string): Promise<Readable> {
    const answer = await this.send('GET', sha256);
    if (answer.statusCode === 200) return answer;
    answer.resume();
    if (answer.statusCode === 404) throw new Problem('evidence_missing', { sha256 });
    throw failed(answer);
  }

  async remove(sha256: string): Promise<void> {
    await this.mustBe(await this.send('DELETE', sha256), 200, 204, 404);
  }

  async probe(): Promise<void> {
    await this.mustBe(await this.send('PUT', 'probe'), 200);
    await this.mustBe(await this.send('DELETE', 'probe'), 200, 204);
  }

  private async has(sha256: string, size: number): Promise<boolean> {
    const answer = await this.send('HEAD', sha256);
    answer.resume();
    if (answer.statusCode === 200) return Number(answer.headers['content-length']) === size;
    // A store that does not let us list answers 403 for what is not there.
    if (answer.statusCode === 404 || answer.statusCode === 403) return false;
    throw failed(answer);
  }

  private async mustBe(answer: IncomingMessage, ...statuses: number[]): Promise<void> {
    answer.resume();
    if (!statuses.includes(answer.statusCode ?? 0)) throw failed(answer);
  }

  private async send(method: string, name: string, body?: Body): Promise<IncomingMessage> {
    const url = new URL(`${this.place}/${name}`);
    const payloadSha256 = body?.sha256 ?? emptySha256;
    const headers = {
      ...s3Headers({ method, url, payloadSha256, at: new Date() }, this.credentials),
      ...(method === 'PUT' && { 'content-length': String(body?.size ?? 0) }),
    };
    try {
      return await exchange(url, { method, headers }, body?.content);
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      throw new Problem('evidence_storage_unavailable', { reason });
    }
  }
}

type Body = { content: Readable; size: number; sha256: string };

async function exchange(
  url: URL,
  options: { method: string; headers: Record<string, string> },
  content?: Readable,
): Promise<IncomingMessage> {
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
  request.setTimeout(silenceMillis, () => request.destroy(new Error('the store does not answer')));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  // A store that answers before it has read all has refused: its answer says why.
  if (content) pipeline(content, request).catch(error => request.destroy(error as Error));
  else request.end();
  return answered;
}

function failed({ statusCode = 0 }: IncomingMessage): Problem {
  if (statusCode === 507) return new Problem('evidence_storage_full');
  return new Problem('evidence_storage_unavailable', { reason: `HTTP ${statusCode}` });
}
