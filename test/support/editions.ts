import { Publisher, rollupsSubscription } from '@duban/rollup';
import { type Core } from '@duban/supervision';

/** What the worker does for editions: follows the log to its end, publishes what is closed, notes what came after. */
export async function workOnEditions(core: Core, publisher = new Publisher(core)): Promise<Publisher> {
  const runner = core.events.subscribe(rollupsSubscription(() => undefined)).start();
  const { position } = await core.events.head();
  await core.events.waitFor('rollups', position, 20_000);
  await runner.stop();
  const unpublished = await publisher.table.unpublished();
  await publisher.publishAll(unpublished.map(cut => ({ ...cut, isFinal: true })));
  return publisher;
}
