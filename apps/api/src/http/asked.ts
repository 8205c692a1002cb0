import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { canonicalJson, type Json } from '@duban/event-store';
import { type Actor, Problem } from '@duban/platform';
import { type Request } from '@duban/supervision';
import { type FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';
import { Readable } from 'node:stream';

/** Who asks for what, as the services want it: from the key, the headers and the body of the HTTP request. */
export const Asked = createParamDecorator((_: unknown, host: ExecutionContext): Request =>
  requestOf(host.switchToHttp().getRequest<FastifyRequest>()),
);

function requestOf(http: FastifyRequest): Request {
  if (!http.identity) throw new Problem('unauthenticated');
  const ifMatch = versionIn(http.headers['if-match']);
  const idempotency = isFile(http) ? undefined : idempotencyOf(http, http.identity.actor, http.body);
  return {
    actor: http.identity.actor,
    channel: 'http',
    requestId: http.id,
    ...(idempotency && { idempotency }),
    ...(ifMatch !== null && { ifMatch }),
  };
}

// A body that is not read yet says nothing about what was asked: see `withFile`.
const isFile = ({ body }: FastifyRequest) => body instanceof Readable;

/** The request that sent a file, now that it is known which: under the same key only the same file may come again. */
export function withFile(http: FastifyRequest, request: Request, file: Json): Request {
  const idempotency = idempotencyOf(http, request.actor, file);
  return idempotency ? { ...request, idempotency } : request;
}

/**
 * The version in an `If-Match: "5"`; `*` asks for nothing more than that it exists.
 * @throws Problem `precondition_failed` for a tag that is none of ours: it can never match
 */
function versionIn(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null;
  const [, version] = /^\s*"(\d{1,9})"\s*$/.exec(header) ?? [];
  if (version === undefined) throw new Problem('precondition_failed', { expected: header.slice(0, 50) });
  return Number(version);
}

const longestKey = 200;

function idempotencyOf(http: FastifyRequest, actor: Actor, body: unknown): Request['idempotency'] {
  const key = http.headers['idempotency-key'];
  if (key === undefined || http.method === 'GET' || http.method === 'HEAD') return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key)) throw new Problem('idempotency_key_invalid');
  if (key.length > longestKey) throw new Problem('idempotency_key_too_long', { longest: longestKey });
  // The same key may only be used for the same, by the same: method, address, body however spelled, and rights.
  const { role, unit = null, actingFor = null } = actor;
  const asked = canonicalJson([http.method, http.url, (body ?? null) as Json, role, unit, actingFor]);
  return { key, bodyHash: hash('sha256', asked, 'hex') };
}
