import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { clearAbandoned, incomingFolder } from '@duban/evidence';
import { type Configuration, type Logger, LoggerFactory } from '@duban/platform';
import { type Core } from '@duban/supervision';
import { type FastifyInstance, type FastifyReply } from 'fastify';
import { AppModule } from './app.module.js';
import { Health, type QueueAge } from './health/health.js';
import { HttpMetrics } from './health/http-metrics.js';
import { makeAdapter } from './http/adapter.js';
import { authenticate, isOfApi } from './http/authentication.js';
import { tagVersions } from './http/etag.js';
import { acceptBodies } from './http/json-body.js';
import { ProblemFilter } from './http/problem.filter.js';
import { Problems } from './http/problems.js';
import { RouteTable } from './http/route-table.js';
import { serveDocument } from './openapi.js';

/** The application before it listens, and what Fastify serves. */
export type Api = { app: NestFastifyApplication; routes: RouteTable };

/**
 * Puts the HTTP server together over an open core, which stays the caller's to close.
 * @example const { app } = await createApi(core); await app.listen(3000, '127.0.0.1');
 */
export async function createApi(core: Core, { queueAge }: { queueAge?: QueueAge } = {}): Promise<Api> {
  const { configuration } = core;
  const logs = new LoggerFactory(
    configuration.logLevel,
    configuration.nodeEnv === 'production' ? 'json' : 'pretty',
  );
  const adapter = makeAdapter(configuration);
  const fastify: FastifyInstance = adapter.getInstance();
  const routes = new RouteTable(fastify);
  const problems = new Problems(logs.named('http'));
  acceptBodies(fastify);
  secure(fastify);
  tagVersions(fastify);
  const figures = new HttpMetrics(core, fastify);
  authenticate(fastify, core.access, configuration.rateLimitPerMinute);
  const edge = { problems, health: new Health(core, queueAge), figures };
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(core, edge), adapter, {
    logger: frameworkLogger(configuration),
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(problems, routes));
  serveDocument(app);
  await app.init();
  await clearAbandoned(incomingFolder(configuration));
  await fastify.ready();
  return { app, routes };
}

/** Nest tells of every route it maps: nobody wants to read that unless looking for something. */
function frameworkLogger({ logLevel, nodeEnv }: Configuration): Logger {
  const threshold = logLevel === 'info' ? 'warn' : logLevel;
  return new LoggerFactory(threshold, nodeEnv === 'production' ? 'json' : 'pretty').named('api');
}

const contentSecurityPolicy = {
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"], // the reading page at /docs carries its styles with it
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    upgradeInsecureRequests: null, // the embedded default speaks plain HTTP on this machine
  },
};

/** The headers that guard every answer. They are always the same, so Helmet is asked for them once, by the first. */
function secure(fastify: FastifyInstance): void {
  void fastify.register(helmet, { global: false, contentSecurityPolicy });
  let guarding: Record<string, string> | null = null;
  fastify.addHook('onRequest', (_, reply, done) => {
    guarding ??= guardingHeaders(reply);
    void reply.headers(guarding);
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    void reply.header('x-request-id', request.id);
    if (isOfApi(request)) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
}

function guardingHeaders(reply: FastifyReply): Record<string, string> {
  reply.helmet();
  const headers = Object.entries(reply.raw.getHeaders()).map(
    ([name, value]) => [name, String(value)] as const,
  );
  headers.forEach(([name]) => reply.raw.removeHeader(name));
  return Object.fromEntries(headers);
}
