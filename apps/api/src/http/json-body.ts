import { Problem } from '@duban/platform';
import { type FastifyInstance, type FastifyRequest } from 'fastify';

/** Understands JSON in UTF-8 and no other kind of body. No body at all is fine: many commands need none. */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isPacked(request)) return done(new Problem('unsupported_media_type'));
    if (body.length === 0) return done(null, undefined);
    const text = textOf(body);
    if (text === null) return done(new Problem('malformed_json'));
    return parse(request, text, (error, value) => done(error ? new Problem('malformed_json') : null, value));
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
