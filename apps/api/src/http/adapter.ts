import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type Configuration, languageOf, Problem, problemOf } from '@duban/platform';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { limitBodyTime } from './json-body.js';

// A natural key is up to 200 characters of up to nine characters each when percent-encoded.
const longestParam = 2000;
const fileSeconds = 600; // the largest file at a slow office's pace
const bodyMillis = 30_000;

/** Fastify with our limits, and problem+json also for what never reaches a handler. */
export function makeAdapter({ bodyLimitBytes }: Configuration): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    requestTimeout: fileSeconds * 1000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: longestParam },
    genReqId: requestIdOf,
    frameworkErrors: (
      error: Error & { statusCode?: number },
      request: FastifyRequest,
      reply: FastifyReply,
    ) => {
      const body = problemOf(error, languageOf(request.headers['accept-language']), request.id);
      void reply
        .header('x-request-id', request.id)
        .type('application/problem+json; charset=utf-8')
        .code(body.status)
        .send(JSON.stringify(body));
    },
    clientErrorHandler: answerGarbage,
  });
  limitBodyTime(adapter.getInstance(), bodyMillis, answerTooSlow);
  return adapter;
}

/** The caller's own id for this request, if it is a short word; else a new one. Stands in the log and on every event. */
function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

/** Of a body that does not come to its end. */
export function answerTooSlow(socket: Socket): void {
  answerGarbage(
    Object.assign(new Error('the body takes too long'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
    socket,
  );
}

/** What is not HTTP, or has too large a head, gets a last word before the connection ends. */
function answerGarbage(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const body = JSON.stringify({ ...problemOf(new Problem('malformed_request'), 'en'), status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
