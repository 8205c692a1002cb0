import { type Identity, type KeyStore } from '@duban/access';
import rateLimit from '@fastify/rate-limit';
import { Problem, textFault } from '@duban/platform';
import { type FastifyInstance, type FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    identity?: Identity;
  }
}

const failuresPerMinute = 60;
const minute = 60_000;

type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

/** Whether a request is for the API, by the route that it leads to: an address can be spelled in many ways. */
export function isOfApi({ url, routeOptions }: FastifyRequest): boolean {
  return url.startsWith('/v1/') || (routeOptions.url ?? '').startsWith('/v1/');
}

/**
 * Lets only known keys in to /v1, and each of them so often. Before the body is read: a stranger's megabyte is not
 * parsed. Counts stand in this process; several processes let through so many times as much.
 */
export function authenticate(fastify: FastifyInstance, keys: KeyStore, perMinute: number): void {
  void fastify.register(rateLimit, { global: false });
  // The plugin that counts is loaded when the first request comes.
  let counters: { ofKey: Limiter; ofStranger: Limiter } | null = null;
  fastify.addHook('onRequest', async request => {
    if (!isOfApi(request)) return;
    counters ??= {
      ofKey: fastify.createRateLimit({ max: perMinute, timeWindow: minute, keyGenerator: keyOf }),
      ofStranger: fastify.createRateLimit({ max: failuresPerMinute, timeWindow: minute }),
    };
    const { ofKey, ofStranger } = counters;
    try {
      request.identity = await identityOf(request, keys);
    } catch (error) {
      if (error instanceof Problem) await count(ofStranger, request);
      throw error;
    }
    await count(ofKey, request);
  });
}

const keyOf = (request: FastifyRequest) => request.identity?.key ?? request.ip;

async function count(limiter: Limiter, request: FastifyRequest): Promise<void> {
  const limit = await limiter(request);
  if (!limit.isAllowed && limit.isExceeded)
    throw new Problem('rate_limited', { seconds: Math.max(1, limit.ttlInSeconds) });
}

function identityOf({ headers }: FastifyRequest, keys: KeyStore): Promise<Identity> {
  const [, token] = /^Bearer +([\x21-\x7e]{1,300})$/i.exec(headers.authorization ?? '') ?? [];
  if (!token) throw new Problem('unauthenticated');
  return keys.identify(token, () => nameIn(headers['duban-acting-for']));
}

/** In whose name somebody wants to act. Headers are ASCII: other letters come percent-encoded. */
function nameIn(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const name = decoded(String(header)).normalize('NFC');
  if (textFault(name, { max: 200 })) throw new Problem('malformed_request');
  return name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Problem('malformed_request');
  }
}
