import { type EventStore } from '@duban/event-store';
import { metrics } from '@duban/platform';
import { type FastifyInstance } from 'fastify';
import { Gauge, Histogram, Registry } from 'prom-client';

const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]; // seconds

/** How long requests take, how far the log is, and how far the subscriptions are behind it. */
export class HttpMetrics {
  private readonly registry = new Registry();

  constructor(
    private readonly events: EventStore,
    fastify: FastifyInstance,
  ) {
    const durations = new Histogram({
      name: 'duban_http_request_seconds',
      help: 'How long requests took, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers: [this.registry],
    });
    fastify.addHook('onResponse', (request, reply, done) => {
      // The pattern, never the address: keys of tasks are no labels.
      const route = request.routeOptions.url ?? 'unknown';
      const labels = { method: request.method, route, status: reply.statusCode };
      durations.observe(labels, reply.elapsedTime / 1000);
      done();
    });
    this.followLog();
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return Registry.merge([metrics, this.registry]).metrics();
  }

  private followLog(): void {
    const { events, registry } = this;
    new Gauge({
      name: 'duban_events_head',
      help: 'The last position of the log.',
      registers: [registry],
      async collect() {
        this.set((await events.head()).position);
      },
    });
    new Gauge({
      name: 'duban_subscription_lag',
      help: 'Positions that a subscription is behind the log.',
      labelNames: ['subscription', 'version'],
      registers: [registry],
      async collect() {
        this.reset();
        for (const { name, version, lag } of await events.subscriptionStatus())
          this.set({ subscription: name, version }, lag);
      },
    });
  }
}
