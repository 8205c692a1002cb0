import { type LoggerFactory } from '@duban/platform';
import { type JobHandler, type Queues, type Tick } from '@duban/queue';
import {
  type Channel,
  Deliverer,
  deliverJob,
  type DeliveryRelay,
  type DeliveryResult,
  logChannel,
  mostAttempts,
  type ObligationTable,
  Sweeper,
  sweepJob,
  type SweepResult,
  webhookChannel,
} from '@duban/reminder';
import { rollupHandlers, type RollupRelay } from '@duban/rollup';
import { type Core } from '@duban/supervision';
import { sealing } from './sealing.js';

/** What handlers need beside the core. */
export type HandlerParts = {
  table: ObligationTable;
  relay: DeliveryRelay;
  rollups: RollupRelay;
  queues: Queues;
  logs: LoggerFactory;
};

/** One handler for each job of the product; starting refuses to go on when one is missing. */
export function handlersOf(core: Core, parts: HandlerParts): JobHandler[] {
  return [sweeping(core, parts), delivering(core, parts), ...rollupHandlers(core), sealing(core, parts.logs)];
}

/** Looks for what is due, and brings back what a lost queue no longer knows. */
function sweeping(
  core: Core,
  { table, relay, rollups, logs }: HandlerParts,
): JobHandler<'sweep', Tick, SweepResult> {
  const sweeper = new Sweeper(core, table);
  const log = logs.named('sweep');
  return {
    job: sweepJob,
    handle: async () => {
      const result = await sweeper.sweep();
      await relay.enqueue({ all: true });
      await rollups.enqueue({ all: true });
      const { day, looked, issued } = result;
      if (looked > 0) log.log(`${day}: ${issued} reminders for ${looked} obligations`);
      return result;
    },
  };
}

function delivering(
  core: Core,
  { table, logs }: HandlerParts,
): JobHandler<'deliver', { delivery: string }, DeliveryResult> {
  const lines = logs.named('deliver');
  const { webhookUrl: url, webhookSecret: secret } = core.configuration;
  const webhooks: Channel[] = url && secret ? [webhookChannel({ url, secret })] : [];
  // The log comes last: a line there says that everything before it has arrived.
  const channels = [...webhooks, logChannel(lines)];
  const deliverer = new Deliverer(core, table.live, { channels, mostAttempts, lines });
  return { job: deliverJob, handle: ({ delivery }) => deliverer.deliver(delivery) };
}
