import { appendFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { loadScenario, scenarioNames } from './scenarios.js';
import { writeFigures } from './support/document.js';
import { type Options, readOptions, usage } from './support/options.js';
import { jsonLine, type Result } from './support/results.js';
import { runScenario } from './support/rounds.js';
import { openServer, type Server, serverFacts } from './support/server.js';
import { judgementRows, resultRows, textTable } from './support/table.js';
import { judge, type Judgement } from './support/judging.js';

const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Measures one scenario or all; the exit code is 1 when a run failed, 2 when the command line is wrong. */
async function main(args: readonly string[]): Promise<number> {
  if (args[0] === 'help' || args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const options = optionsOf(args);
  if (!options) return 2;
  const names = options.scenario === 'all' ? scenarioNames : [options.scenario];
  const server = await openServer(options.url ?? undefined);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void server.close().finally(() => process.exit(130)));
  try {
    return await measure(names, server, options);
  } finally {
    await server.close();
  }
}

function optionsOf(args: readonly string[]): Options | null {
  try {
    const options = readOptions(args);
    if (options.scenario === 'all' || scenarioNames.includes(options.scenario)) return options;
    throw new Error(`There is no scenario ${options.scenario}.`);
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return null;
  }
}

async function measure(names: readonly string[], server: Server, options: Options): Promise<number> {
  await introduce(server);
  const results: Result[] = [];
  const judgements: Judgement[] = [];
  let failures = 0;
  if (options.json) writeFileSync(options.json, '');
  for (const name of names) {
    const scenario = await loadScenario(name);
    const outcome = await runScenario(scenario, server, options, say).catch((error: unknown) => {
      say(`${name} could not be prepared: ${error instanceof Error ? error.message : String(error)}`);
      return { results: [], failures: 1 };
    });
    failures += outcome.failures;
    results.push(...outcome.results);
    judgements.push(...judge(scenario.targets, outcome.results));
    outcome.results.map(jsonLine).forEach(line => {
      process.stdout.write(`${line}\n`);
      if (options.json) appendFileSync(options.json, `${line}\n`);
    });
  }
  say(`\n${textTable(resultRows(results))}`);
  if (judgements.length > 0) say(`\n${textTable(judgementRows(judgements))}`);
  if (options.markdown) writeFigures(options.markdown, judgements, results);
  return failures === 0 ? 0 : 1;
}

/** Says what it was measured on. */
async function introduce(server: Server): Promise<void> {
  const facts = await serverFacts(server);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version.slice(1)}`;
  say(
    `${machine}; ${Object.entries(facts)
      .map(pair => pair.join(' = '))
      .join(', ')}`,
  );
  if (facts['fsync'] !== 'on' || facts['synchronous_commit'] !== 'on') say('This server is not durable.');
}

// `npm run bench … | head` closes the pipe before all is written: then nobody wants to know the rest.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(1));

process.exitCode = await main(process.argv.slice(2));
