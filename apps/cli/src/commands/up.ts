import { type Terminal } from '../terminal/terminal.js';

/** Starts everything and stays until Ctrl-C. The first line comes before what takes its time to load. */
export async function up(terminal: Terminal, { port }: { port?: number }): Promise<void> {
  terminal.say('Duban is starting. Ctrl-C stops it in order.');
  if (port !== undefined) process.env['PORT'] = String(port);
  const { runServers } = await import('../servers/run-servers.js');
  await runServers(terminal);
}
