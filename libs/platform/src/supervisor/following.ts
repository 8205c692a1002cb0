import { readyMessage } from './supervised-child.js';

const patienceMs = 9000;

/**
 * For a program under a supervisor: ends it when it is told to (SIGTERM, SIGINT) and when the supervisor is gone,
 * even by force. Call it first: what comes after may take long.
 *
 * @param close finishes what is under way; the process ends when it is done, or after 9 s
 * @example followSupervisor(() => app.close());
 */
export function followSupervisor(close: () => Promise<void>): void {
  let closing = false;
  const end = () => {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), patienceMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  if (process.send && !process.connected) end();
}

/** Tells the supervisor, if there is one, that this program does its work now. */
export function announceReady(): void {
  if (process.connected) process.send?.(readyMessage);
}
