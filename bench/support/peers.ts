import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Options } from './options.js';

// Seen from dist/bench/support: a package of its own, so that nobody who uses the product installs them.
const folder = fileURLToPath(new URL('../../../bench/peers/node_modules/', import.meta.url));

/** The folder of an installed peer; null when it is not installed. */
export function peerFolder(name: string): string | null {
  return existsSync(`${folder}${name}`) ? `${folder}${name}` : null;
}

/** A module of an installed peer, typed by who knows what it needs of it. */
export async function loadPeer<Module>(name: string, file: string): Promise<Module> {
  return (await import(`${folder}${name}/${file}`)) as Module;
}

/** May this peer be measured? It was asked for and is installed; a sentence says what to type if not. */
export function hasPeer(name: string, { peers }: Options, notice: (sentence: string) => void): boolean {
  if (!peers) return false;
  if (peerFolder(name)) return true;
  notice(`${name} is not installed and is left out: npm ci --ignore-scripts --prefix bench/peers`);
  return false;
}
