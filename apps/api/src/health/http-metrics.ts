import { type SubscriptionStatus } from '@duban/event-store';
import { metrics } from '@duban/platform';
import { type Core } from '@duban/supervision';
import { type FastifyInstance } from 'fastify';
import { Gauge, Histogram, Registry } from 'prom-client';

const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]; // seconds

/** How long requests take, how far the log is, and how far the subscriptions are behind it. */
export class HttpMetrics {
  private readonly registry = new Registry();

  constructor(
    private readonly core: Pick<Core, 'events' | 'clock'>,
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
    const { events } = this.core;
    new Gauge({
      name: 'duban_events_head',
      help: 'The last position of the log.',
      registers: [this.registry],
      async collect() {
        this.set((await events.head()).position);
      },
    });
    new Gauge({
      name: 'duban_commands_waiting',
      help: 'Commands of this process that have not been answered yet; more than 4096 are refused.',
      registers: [this.registry],
      collect() {
        this.set(events.waitingCommands);
      },
    });
    // Gauges are collected together: one look serves them all.
    let look: Promise<SubscriptionStatus[]> | null = null;
    const statuses = () => (look ??= this.statuses().finally(() => (look = null)));
    this.gauge('duban_subscription_lag', 'Positions that a subscription is behind the log.', statuses, 'lag');
    this.gauge(
      'duban_subscription_lag_seconds',
      'How long ago the oldest event was recorded that a subscription has yet to process.',
      statuses,
      'lagSeconds',
    );
    this.gauge(
      'duban_subscription_stopped',
      'Whether a subscription stopped on an event.',
      statuses,
      'failure',
    );
    this.gauge('duban_dead_letters', 'Events that a subscription left out.', statuses, 'deadLetters');
  }

  private gauge(
    name: string,
    help: string,
    statuses: () => Promise<readonly SubscriptionStatus[]>,
    figure: 'lag' | 'lagSeconds' | 'failure' | 'deadLetters',
  ): void {
    new Gauge({
      name,
      help,
      labelNames: ['subscription', 'version'],
      registers: [this.registry],
      async collect() {
        this.reset();
        for (const { name: subscription, version, ...of } of await statuses())
          this.set(
            { subscription, version },
            Number(figure === 'failure' ? of.failure !== null : of[figure]),
          );
      },
    });
  }

  /** Seconds are those of the ledger's clock: in a simulated ledger they are simulated, too. */
  private async statuses(): Promise<SubscriptionStatus[]> {
    return this.core.events.subscriptionStatus(undefined, await this.core.clock.now());
  }
}
