import { Terminal } from '../terminal/terminal.js';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from './api-client.js';
import { countAll } from './counts.js';
import { KeyRing } from './key-ring.js';
import { LockStep } from './lock-step.js';
import { type DemoOptions, type Part, partOf } from './options.js';
import { Year } from './run-year.js';
import { firstDay } from './script/timetable.js';
import { YearScript } from './script/year.js';
import { setUp } from './set-up.js';
import { demoFolder, setStage, type Stage } from './stage.js';
import { Teller } from './teller.js';

/**
 * Plays the year 2023 of five real plans on a simulated clock: everything embedded, in a folder of its own, every
 * command over HTTP. Stays up until Ctrl-C unless `exit` is asked for.
 * @returns the exit code: 0, or 1 when something did not come out as the story says
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const terminal = new Terminal(options.json, 'en');
  const teller = new Teller(terminal);
  const part = partOf(options);
  teller.line(
    `Duban demo: the year 2023 of plans ${part.plans.join(', ')} on a simulated clock, seed ${options.seed}.`,
  );
  const stage = await setStage(options.seed, sentence => terminal.say(sentence));
  try {
    return await play(stage, part, options, teller, terminal);
  } finally {
    teller.end();
    await stage.close();
    await stage.supervisor.stop();
  }
}

async function play(
  stage: Stage,
  part: Part,
  options: DemoOptions,
  teller: Teller,
  terminal: Terminal,
): Promise<number> {
  const { core, clock, queues, apiUrl } = stage;
  const keys = new KeyRing(options.seed);
  const started = performance.now();
  await Promise.all([stage.startPrograms(), setUp(core, keys, part.plans)]);
  teller.line(`Plans loaded, ${apiUrl} is up (${seconds(started)}).`);
  const client = new ApiClient({
    ...{ url: apiUrl, seed: options.seed, tokenOf: keys.tokenOf },
    onAcknowledged: line =>
      appendFileSync(join(demoFolder, 'acknowledged.jsonl'), `${JSON.stringify(line)}\n`),
  });
  const step = new LockStep(core, clock, queues, `${process.pid}`);
  const script = new YearScript(options.seed, core.calendar);
  const year = new Year({ core, client, step, script, teller, onQuarter: async () => undefined });
  await year.run(part.plans, firstDay, part.until);
  const { counts } = await countAll(core);
  teller.line(JSON.stringify(counts));
  teller.line(`(${seconds(started)})`);
  client.close();
  void terminal;
  return 0;
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
