// The process in which one case runs: its memory and its compiled code are its own.
import { loadScenario } from '../scenarios.js';
import { ownRssMb } from './measure.js';
import { nameOf, type Work } from './scenario.js';

process.once('disconnect', () => process.exit(1)); // who started this is gone
process.once('message', (order: Work & { scenario: string; name: string }) => {
  void perform(order).then(
    run => end({ run }, 0),
    (error: unknown) => end({ fault: error instanceof Error ? error.message : String(error) }, 1),
  );
});

async function perform({ scenario, name, ...work }: Work & { scenario: string; name: string }) {
  const { cases } = await loadScenario(scenario);
  const chosen = cases(work.options, () => undefined).find(each => nameOf(each) === name);
  if (!chosen) throw new Error(`${scenario} has no case ${name}`);
  const run = await chosen.run(work);
  if (!(run.rate > 0)) throw new Error('nothing was answered in the time that is measured');
  return { ...run, rssMb: run.rssMb === undefined ? ownRssMb() : run.rssMb };
}

function end(answer: object, code: number): void {
  process.send?.(answer, () => process.exit(code));
}
