import { type Subscription } from '@duban/event-store';
import { type Logger } from '@duban/platform';
import { type Queues } from '@duban/queue';
import { deliveriesSubscription, type ObligationTable, obligationsSubscription } from '@duban/reminder';
import { rollupsSubscription } from '@duban/rollup';
import { type Core } from '@duban/supervision';

/** What subscriptions need beside the core; `onPending` is told when there may be digests to send or editions to compute. */
export type SubscriptionParts = {
  table: ObligationTable;
  queues: Queues;
  onPending: () => void;
  log: Pick<Logger, 'error'>;
};

/** Everything that follows the log. Failures are told in the log; one that stopped is seen by `duban doctor`. */
export function subscriptionsOf(core: Core, { table, onPending, log }: SubscriptionParts): Subscription[] {
  const all = [
    obligationsSubscription(core, table),
    deliveriesSubscription(onPending),
    rollupsSubscription(onPending),
  ];
  const onError = (name: string) => (error: unknown, position: number | null) =>
    log.error(
      `${name} at ${position ?? 'no position'}: ${error instanceof Error ? error.message : String(error)}`,
    );
  return all.map(each => ({ ...each, onError: onError(each.name) }));
}
