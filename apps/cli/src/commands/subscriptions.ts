import { operator, withLedger } from '../database/open-ledger.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';
import { table } from '../terminal/width.js';

/** Where everything stands that follows the log, what was left out, and what operators did. */
export async function listSubscriptions(terminal: Terminal): Promise<void> {
  const known = await withLedger(terminal, async ({ events, clock }) => ({
    subscriptions: await events.subscriptionStatus(undefined, await clock.now()),
    deadLetters: await events.deadLetters(),
    actions: await events.subscriptionActions(),
  }));
  terminal.data(known, () => textOf(known));
}

type Awaited<T> = T extends Promise<infer R> ? R : T;
type Events = Parameters<Parameters<typeof withLedger>[1]>[0]['events'];
type Known = {
  subscriptions: Awaited<ReturnType<Events['subscriptionStatus']>>;
  deadLetters: Awaited<ReturnType<Events['deadLetters']>>;
  actions: Awaited<ReturnType<Events['subscriptionActions']>>;
};

function textOf({ subscriptions, deadLetters, actions }: Known): string {
  if (subscriptions.length === 0) return 'None yet: the worker makes them (duban up).';
  const places = subscriptions.map(({ name, version, position, lag, lagSeconds, running, failure }) => [
    name,
    `v${version}`,
    `at ${position}`,
    lag === 0 ? 'at the head' : `${lag} events, ${Math.round(lagSeconds)} s behind`,
    failure
      ? `stopped at ${failure.position}: ${failure.error}: ${failure.reason}`
      : running
        ? ''
        : 'nobody runs it',
  ]);
  const letters = deadLetters.map(({ name, position, stream, type, reason }) => [
    `left out of ${name}`,
    `${position}`,
    `${type} of ${stream}`,
    reason,
  ]);
  const done = actions.map(({ doneAt, by, action, name, position, reason = '' }) => [
    doneAt,
    by,
    `${action} ${name} at ${position}`,
    reason,
  ]);
  return [places, letters, done]
    .filter(rows => rows.length > 0)
    .map(rows => table(rows))
    .join('\n\n');
}

/** Lets a stopped subscription try its event again. */
export async function resumeSubscription(terminal: Terminal, name: string): Promise<void> {
  const resumed = await withLedger(terminal, ({ events }) =>
    events.resume(name, { by: operator().actor.id }),
  );
  if (!resumed) throw new CliFault('not_stopped', { name });
  terminal.data({ name, resumed }, () => `${name} tries again.`);
}

/** Lets a stopped subscription go on without the event that it stopped on. */
export async function skipEvent(
  terminal: Terminal,
  name: string,
  { position, reason }: { position: number; reason: string },
): Promise<void> {
  const by = operator().actor.id;
  const skipped = await withLedger(terminal, ({ events }) => events.skip(name, position, { by, reason }));
  if (!skipped) throw new CliFault('not_stopped_there', { name, position });
  terminal.data(
    { name, position, skipped },
    () => `${name} goes on after ${position}; it is noted who left it out.`,
  );
}
