import { Problem } from '@duban/platform';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Socket } from 'node:net';

/** Where a file may be the body: it may take its time, and is not held in memory. */
export const fileRoute = '/v1/evidence';

const takesFile = ({ method, routeOptions }: FastifyRequest) =>
  method === 'POST' && routeOptions.url === fileRoute;

/**
 * Understands JSON in UTF-8 and no other kind of body, but for the address that takes files: there the body is left
 * unread. No body at all is fine: many commands need none.
 */
export function acceptBodies(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isPacked(request)) return done(new Problem('unsupported_media_type'));
    if (body.length === 0) return done(null, undefined);
    const text = textOf(body);
    if (text === null) return done(new Problem('malformed_json'));
    return parse(request, text, (error, value) => done(error ? new Problem('malformed_json') : null, value));
  });
  fastify.addContentTypeParser('*', (request, payload, done) => {
    if (request.is404) return done(null, undefined); // that there is nothing is told first
    const isFile = takesFile(request) && !isPacked(request);
    return isFile ? done(null, payload) : done(new Problem('unsupported_media_type'));
  });
}

// Nothing is unpacked here, so nothing small can become huge.
const isPacked = ({ headers }: FastifyRequest) =>
  (headers['content-encoding'] ?? 'identity').trim().toLowerCase() !== 'identity';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(body: Buffer): string | null {
  try {
    return utf8.decode(body);
  } catch {
    return null; // not UTF-8, so not JSON
  }
}

/**
 * Gives up a body that comes drop by drop. The server's own limit holds for files, too, which take longer.
 * @param giveUp ends the connection, with a last word
 */
export function limitBodyTime(
  fastify: FastifyInstance,
  millis: number,
  giveUp: (socket: Socket) => void,
): void {
  fastify.addHook('preParsing', (request, _, payload, done) => {
    const { headers } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
    if (hasBody && !takesFile(request)) {
      const timer = setTimeout(() => giveUp(request.raw.socket), millis);
      const stop = () => clearTimeout(timer);
      payload.once('end', stop).once('close', stop);
    }
    done(null, payload);
  });
}
