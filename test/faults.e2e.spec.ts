import { setTimeout as delay } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { type DemoOutcome, type RunningDemo, startDemo } from './support/demo.js';

/** How many demos are disturbed; many on a machine with time, a few in CI. */
const rounds = Number(process.env['DUBAN_FAULT_ROUNDS'] ?? 3);
const patienceMs = 300_000;
const victims = ['worker', 'api', 'postgres'] as const;

let undisturbed: DemoOutcome;

beforeAll(async () => {
  undisturbed = await outcomeOf(startDemo());
}, patienceMs);

describe.each(Array.from({ length: rounds }, (_, round) => round))('round %i', round => {
  it(
    'of killing by force at any moment changes nothing',
    async () => {
      const demo = startDemo();
      const stopped = new AbortController();
      const killing = killNowAndThen(demo, round, stopped.signal);
      const outcome = await outcomeOf(demo).finally(() => stopped.abort());
      expect((await killing).length).toBeGreaterThan(0);
      expect(outcome.checks.filter(({ faults }) => faults.length > 0)).toEqual([]);
      expect(outcome.digests).toEqual(undisturbed.digests);
      const { reminders, editions, tasks, byType } = outcome.counts;
      expect({ reminders, editions, tasks, byType }).toEqual({
        reminders: undisturbed.counts.reminders,
        editions: undisturbed.counts.editions,
        tasks: undisturbed.counts.tasks,
        byType: undisturbed.counts.byType,
      });
    },
    patienceMs,
  );
});

async function outcomeOf(demo: RunningDemo): Promise<DemoOutcome> {
  const { code, outcome, told } = await demo.ended;
  demo.clean();
  if (!outcome) throw new Error(`The demo ended with ${code ?? 'a signal'}:\n${told.slice(-2000)}`);
  return outcome;
}

/** Three kills a round, each of somebody and at a moment drawn from the round's number, so that a failure can be repeated. */
async function killNowAndThen(demo: RunningDemo, round: number, signal: AbortSignal): Promise<string[]> {
  const killed: string[] = [];
  while (Object.values(demo.pids()).some(pid => pid === null)) {
    if (signal.aborted) return killed;
    await delay(50);
  }
  for (let kill = 0; kill < 3; kill += 1) {
    await delay(500 + Math.floor(draw(`${round}/${kill}/when`) * 7000));
    const victim = kill === 0 ? victims[round % 3]! : victims[Math.floor(draw(`${round}/${kill}`) * 3)]!;
    const pid = demo.pids()[victim];
    if (signal.aborted || pid === null) continue;
    process.kill(pid, 'SIGKILL');
    killed.push(victim);
  }
  return killed;
}

function draw(name: string): number {
  return createHash('sha256').update(name).digest().readUIntBE(0, 6) / 2 ** 48;
}
