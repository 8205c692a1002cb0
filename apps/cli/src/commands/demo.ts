import { type DemoOptions } from '../command-options.js';
import { type Terminal } from '../terminal/terminal.js';

/** What the demonstration is told; `json`: counts and digests as JSON on stdout. It gives back the exit code. */
export type DemoRun = {
  exit: boolean;
  plans: readonly string[] | null;
  until: string | null;
  seed: number;
  json: boolean;
};

type DemoModule = { runDemo(run: DemoRun): Promise<number> };

/** The demonstration is loaded when it is asked for: nothing of it is part of a production start. */
export async function demo(terminal: Terminal, options: DemoOptions): Promise<number> {
  const { exit = false, plans = null, until = null, seed } = options;
  const { runDemo } = (await import(new URL('../demo/demo.js', import.meta.url).href)) as DemoModule;
  return runDemo({ exit, plans, until, seed, json: terminal.isJson });
}
