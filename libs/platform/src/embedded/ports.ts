import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { EmbeddedServerError } from './faults.js';

/**
 * Below the ports that systems hand to outgoing connections (32768 and up on Linux): a client that keeps knocking on
 * a dead server's port from inside that range can be connected to itself, and then holds the port.
 */
const lowest = 15000;
const beyond = 32000;

/** Whether a server could listen on this port of 127.0.0.1 now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * A port of 127.0.0.1 that nobody listens on.
 *
 * @throws EmbeddedServerError when 100 tries found none
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(lowest, beyond);
    if (await isFree(port)) return port;
  }
  throw new EmbeddedServerError('No free port was found on 127.0.0.1.');
}
