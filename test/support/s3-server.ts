import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

export const s3Access = {
  region: 'cn-test-1',
  keyId: 'duban-test',
  secret: 'b7f1c0d94e2a58d36611f0aa',
};

/**
 * A store that speaks as much S3 as evidence needs, over real HTTP, with objects in memory. It refuses what is not signed
 * with `s3Access`, and a body that is not what was signed.
 */
export class S3Server {
  /** By path, `/bucket/key`. */
  readonly objects = new Map<string, Buffer>();
  /** What was asked, `PUT /bucket/key`. */
  readonly asked: string[] = [];
  /** Answers everything with this status instead. */
  failWith: number | null = null;

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.answer(request, response);
    });
  }

  static async open(): Promise<S3Server> {
    const server = createServer();
    const opened = new S3Server(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return opened;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    if (!this.server.listening) return;
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = request;
    this.asked.push(`${method} ${path}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const status = this.failWith ?? refusalOf(request, body) ?? this.done(method, path, body);
    const found = method === 'GET' || method === 'HEAD' ? this.objects.get(path) : undefined;
    const content = status === 200 ? (found ?? Buffer.alloc(0)) : Buffer.from('<Error/>');
    response.writeHead(status, { 'content-length': content.length });
    response.end(method === 'HEAD' ? undefined : content);
  }

  private done(method: string, path: string, body: Buffer): number {
    if (method === 'PUT') this.objects.set(path, body);
    if (method === 'DELETE') return this.objects.delete(path) ? 204 : 404;
    return this.objects.has(path) ? 200 : 404;
  }
}

/** Written anew from the public description of Signature Version 4, so that a mistake of ours is not made twice. */
function refusalOf({ method, url, headers }: IncomingMessage, body: Buffer): number | null {
  const sha = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
  const mac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const said = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=(\w{64})$/.exec(
    headers.authorization ?? '',
  );
  if (!said) return 403;
  const [, credential = '', names = '', signature] = said;
  const [keyId, day = '', region = '', ...rest] = credential.split('/');
  const at = String(headers['x-amz-date']);
  const seconds = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const isFresh = Math.abs(seconds - Date.now()) < 900_000 && at.startsWith(day);
  if (!isFresh || keyId !== s3Access.keyId || rest.join('/') !== 's3/aws4_request') return 403;
  const lines = names.split(';').map(name => `${name}:${String(headers[name]).trim()}\n`);
  const payload = String(headers['x-amz-content-sha256']);
  const canonical = `${method}\n${url}\n\n${lines.join('')}\n${names}\n${payload}`;
  const text = `AWS4-HMAC-SHA256\n${at}\n${day}/${region}/s3/aws4_request\n${sha(canonical)}`;
  const key = mac(mac(mac(mac(`AWS4${s3Access.secret}`, day), s3Access.region), 's3'), 'aws4_request');
  if (mac(key, text).toString('hex') !== signature) return 403;
  return sha(body) === payload ? null : 400;
}
