import { type DemoOptions } from '../command-options.js';
import { type Terminal } from '../terminal/terminal.js';

/** The demonstration is loaded when it is asked for: nothing of it is part of a production start. */
export async function demo(terminal: Terminal, options: DemoOptions): Promise<number> {
  const { exit = false, plans, until, seed } = options;
  const { runDemo } = await import('../demo/demo.js');
  return runDemo({ exit, plans, until, seed, json: terminal.isJson });
}
