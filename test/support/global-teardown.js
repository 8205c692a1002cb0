import { once } from 'node:events';

/** Stops the servers that the set-up of this run started. */
export default async function globalTeardown() {
  const servers = globalThis.dubanTestServers;
  if (!servers?.connected) return;
  const exited = once(servers, 'exit');
  servers.disconnect();
  await exited;
}
