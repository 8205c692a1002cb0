import { once } from 'node:events';
import { createServer } from 'node:net';
import { CliFault } from '../terminal/failure.js';

/**
 * Asks before anything is forked: a server that cannot listen would be started again and again.
 * @throws CliFault `port_taken`
 */
export async function assertFree(port: number, host: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new CliFault('port_taken', { port, host });
  }
  probe.close();
  await once(probe, 'close');
}
