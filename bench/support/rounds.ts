import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Run } from './measure.js';
import { type Options } from './options.js';
import { type Result, summarise } from './results.js';
import { type BenchCase, nameOf, type Scenario } from './scenario.js';
import { type Server } from './server.js';

export interface Outcome {
  readonly results: readonly Result[];
  /** Runs that failed; their cases stand on the other rounds, or are missing. */
  readonly failures: number;
}

/**
 * Measures every case once in each round, one after the other, so that a busy minute of the machine meets all of them;
 * then takes the medians. Each run has a process of its own, and nothing of ours runs beside it: that process and
 * Postgres share the cores.
 */
export async function runScenario(
  scenario: Scenario,
  server: Server,
  options: Options,
  say: (line: string) => void,
): Promise<Outcome> {
  const cases = scenario
    .cases(options, say)
    .filter(each => options.only === null || nameOf(each).includes(options.only));
  await scenario.prepare?.(server, options);
  const runs = new Map<BenchCase, Run[]>(cases.map(each => [each, []]));
  let failures = 0;
  for (let round = 1; round <= options.rounds; round++) {
    for (const each of cases) {
      const label = `${scenario.name} ${round}/${options.rounds}  ${nameOf(each).padEnd(24)}`;
      try {
        await each.before?.(server);
        const run = await inOwnProcess(scenario.name, nameOf(each), server, options);
        runs.get(each)?.push(run);
        say(`${label} ${lineOf(run)}`);
      } catch (error) {
        failures += 1;
        say(
          `${label} failed: ${(error instanceof Error ? error.message : String(error)).slice(0, mostWords)}`,
        );
      }
    }
  }
  const results = cases.flatMap(each => summarise(scenario.name, each, runs.get(each) ?? []) ?? []);
  return { results, failures };
}

// Of a program that failed, the first lines tell enough.
const mostWords = 600;

async function inOwnProcess(scenario: string, name: string, server: Server, options: Options): Promise<Run> {
  const profile = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];
  const child = fork(new URL('./case-process.js', import.meta.url), [], { execArgv: profile });
  const exited = once(child, 'exit');
  let answer: { run?: Run; fault?: string } = {};
  child.on('message', message => (answer = message as typeof answer));
  child.send({ scenario, name, serverUrl: server.url, options });
  const [code] = (await exited) as [number | null];
  if (answer.run) return answer.run;
  throw new Error(answer.fault ?? `the process ended with ${code ?? 'a signal'}`);
}

function lineOf({ rate, p50, p99 }: Run): string {
  const times = p50 === null || p99 === null ? '' : `  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`;
  return `${Math.round(rate).toLocaleString('en-US').padStart(9)}/s${times}`;
}
