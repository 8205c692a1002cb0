import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../terminal/exit-codes.js';
import { Terminal } from '../terminal/terminal.js';
import { type Acknowledged, ApiClient } from './api-client.js';
import { checkAll, checksFor } from './checks/all-checks.js';
import { type Counts, countAll } from './counts.js';
import { type Digests, digestsOf } from './digests.js';
import { doorLines, doorsOf, ownLedger } from './doors.js';
import { NotADemo } from './ground.js';
import { KeyRing } from './key-ring.js';
import { LockStep } from './lock-step.js';
import { type DemoOptions, type Part, partOf } from './options.js';
import { Quarters } from './quarters.js';
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
    `Duban demo: the year 2023 of ${part.plans.join(', ')} on a simulated clock (seed ${options.seed}).`,
  );
  try {
    const stage = await setStage(options.seed, sentence => terminal.say(sentence));
    return await onStage(stage, part, options, teller);
  } catch (error) {
    if (!(error instanceof NotADemo)) throw error;
    terminal.say(error.message);
    return exitCodes.refused;
  }
}

async function onStage(stage: Stage, part: Part, options: DemoOptions, teller: Teller): Promise<number> {
  try {
    const performance = new Performance(stage, part, options, teller);
    const exit = await Promise.race([performance.run(), interrupted(stage)]);
    if (exit === exitCodes.ok && !options.exit) await stage.supervisor.stopped;
    return exit;
  } finally {
    teller.end();
    await stage.close();
    await stage.supervisor.stop();
  }
}

async function interrupted({ supervisor }: Stage): Promise<number> {
  await supervisor.stopped;
  return exitCodes.interrupted;
}

/** What the demo came to, as `--json` prints it. */
export type Outcome = {
  seed: number;
  seconds: number;
  counts: Counts;
  digests: Digests;
  checks: readonly { name: string; faults: readonly string[] }[];
  repeatedDigests: number;
};

class Performance {
  private readonly keys: KeyRing;
  private readonly client: ApiClient;
  private readonly acknowledged: Acknowledged[] = [];
  private readonly started = performance.now();

  constructor(
    private readonly stage: Stage,
    private readonly part: Part,
    private readonly options: DemoOptions,
    private readonly teller: Teller,
  ) {
    this.keys = new KeyRing(options.seed);
    const file = join(demoFolder, 'acknowledged.jsonl');
    this.client = new ApiClient({
      ...{ url: stage.apiUrl, seed: options.seed, tokenOf: this.keys.tokenOf },
      onAcknowledged: command => {
        this.acknowledged.push(command);
        appendFileSync(file, `${JSON.stringify(command)}\n`);
      },
    });
  }

  async run(): Promise<number> {
    const { stage, part, teller } = this;
    await Promise.all([stage.startPrograms(), setUp(stage.core, this.keys, part.plans)]);
    teller.line(`${part.plans.length} plans are loaded and ${stage.apiUrl} answers (${this.seconds()} s).`);
    const year = await this.playYear();
    const outcome = await this.lookBack(year);
    this.client.close();
    this.report(outcome);
    const isGood = outcome.checks.every(({ faults }) => faults.length === 0);
    if (isGood && !this.options.exit) this.openDoors();
    return isGood ? exitCodes.ok : exitCodes.refused;
  }

  private async playYear(): Promise<Year> {
    const { client, teller, options, part } = this;
    const { core, clock, queues } = this.stage;
    const step = new LockStep(core, clock, queues, `${process.pid}`);
    const script = new YearScript(options.seed, core.calendar);
    const quarters = new Quarters(client, teller, part.plans[0] ?? '004');
    const onQuarter = (quarter: string) => quarters.show(quarter);
    const year = new Year({ core, client, step, script, teller, onQuarter });
    await year.run(part.plans, firstDay, part.until);
    return year;
  }

  private async lookBack({ races }: Year): Promise<Outcome> {
    const { client, part, options } = this;
    const { core, sink, databaseUrl } = this.stage;
    const { counts, verification } = await countAll(core);
    const { acknowledged } = this;
    const evidence = { core, client, sink, races, acknowledged, verification, databaseUrl };
    const checks = await checkAll(checksFor(part.plans, part.until), evidence);
    const digests = await digestsOf(core, part.plans);
    const repeatedDigests = [...sink.repeated.values()].reduce((a, b) => a + b, 0);
    return { seed: options.seed, seconds: this.seconds(), counts, digests, checks, repeatedDigests };
  }

  private report(outcome: Outcome): void {
    const { teller, options } = this;
    const { tasks, events, reminders, digests, editions, verifiedChains } = outcome.counts;
    teller.line('');
    for (const { name, faults } of outcome.checks)
      teller.line(faults.length === 0 ? `✓ ${name}` : `✗ ${name}: ${faults.join('; ')}`);
    teller.line('');
    teller.line(
      `${tasks} tasks, ${events} events, ${reminders} reminders in ${digests} digests, ${editions} editions, ` +
        `${verifiedChains} chains verified in ${outcome.seconds} s.`,
    );
    if (options.json) process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  }

  private openDoors(): void {
    const [plan = '004'] = this.part.plans;
    const quarter = this.part.isWhole ? '2023Q4' : '2023Q2';
    const doors = doorsOf(this.keys, this.stage.apiUrl, quarter, plan);
    const lines = [
      '',
      'Six doors (Ctrl-C closes them):',
      ...doorLines(doors),
      '',
      'To a ledger of your own:',
      ...ownLedger,
    ];
    lines.forEach(line => this.teller.line(line));
  }

  private seconds(): number {
    return Math.round((performance.now() - this.started) / 100) / 10;
  }
}
