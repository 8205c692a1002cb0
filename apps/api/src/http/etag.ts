import { type FastifyInstance } from 'fastify';

/**
 * An answer with a `version` is one thing at one version: its ETag, to be sent back in If-Match. A hook of the server, as
 * an interceptor of the framework would cost every request an observable.
 */
export function tagVersions(fastify: FastifyInstance): void {
  fastify.addHook('preSerialization', (_, reply, body: unknown, done) => {
    const version = body !== null && typeof body === 'object' && 'version' in body ? body.version : null;
    if (typeof version === 'number') void reply.header('etag', `"${version}"`);
    done(null, body);
  });
}
