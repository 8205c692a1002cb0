import { obligationsSubscription, ObligationTable, Sweeper, type SweepResult } from '@duban/reminder';
import { type Core } from '@duban/supervision';
import { withLedger } from '../database/open-ledger.js';
import { type Terminal } from '../terminal/terminal.js';

const patienceMs = 120_000;

/** Brings what is owed in step with the record, then records each reminder that is due, once. The worker delivers. */
export async function sweep(terminal: Terminal): Promise<void> {
  const { result, isWorking } = await withLedger(terminal, swept);
  terminal.data(
    result,
    () => `${result.day}: ${result.issued} reminders recorded, ${result.looked} obligations looked at.`,
  );
  if (!isWorking && result.issued > 0) terminal.say('No worker runs: they are sent once `duban up` does.');
}

async function swept(core: Core): Promise<{ result: SweepResult; isWorking: boolean }> {
  const table = new ObligationTable(core);
  const subscription = obligationsSubscription(core, table);
  const [status] = await core.events.subscriptionStatus(subscription.name);
  // A worker that runs holds the lease: ours then waits, and the rows are kept in step all the same.
  core.events.subscribe(subscription).start();
  const { position } = await core.events.head();
  await core.events.waitFor(subscription.name, position, patienceMs);
  return { result: await new Sweeper(core, table).sweep(), isWorking: status?.running ?? false };
}
