import { holderWanted, type Plan } from '@duban/plan';
import { type Core } from '@duban/supervision';
import { operator, withLedger } from '../database/open-ledger.js';
import { loadPlan, loadUnits, type SeedCount } from '../seed/load-seed.js';
import { readSeeds } from '../seed/read-seeds.js';
import { type PlanSeed, type UnitSeed } from '../seed/seed-model.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';
import { table } from '../terminal/width.js';

type Options = { issue?: boolean; waive: string };
type PlanReport = SeedCount & {
  plan: string;
  sections: number;
  tasks: number;
  indicators: number;
  rounds: number;
  findings: number;
  issued: boolean;
};
type Report = { units: (SeedCount & { jurisdiction: string })[]; plans: PlanReport[] };

/** Loads plans that come with Duban as commands through the services, and issues them when that is asked for. */
export async function seed(terminal: Terminal, codes: readonly string[], options: Options): Promise<void> {
  const { plans, units } = await readSeeds();
  const known = plans.map(({ code }) => code);
  const unknown = codes.find(code => !known.includes(code));
  if (unknown !== undefined)
    throw new CliFault('unknown_plan_seed', { code: unknown, known }, exitCodes.usage);
  const wanted = plans.filter(({ code }) => codes.length === 0 || codes.includes(code));
  const report = await withLedger(terminal, async core => {
    const done: Report = { units: [], plans: [] };
    for (const unitSeed of placesOf(wanted, units)) {
      const { jurisdiction } = unitSeed;
      const count = await watched(terminal, jurisdiction, tell =>
        loadUnits(core, operator(), unitSeed, firstDay(plans, jurisdiction), tell),
      );
      done.units.push({ jurisdiction, ...count });
    }
    for (const plan of wanted) done.plans.push(await loaded(core, terminal, plan, options));
    return done;
  });
  terminal.data(report, () => textOf(report));
}

/** The units of each plan's jurisdiction, each once. */
function placesOf(plans: readonly PlanSeed[], units: ReadonlyMap<string, UnitSeed>): UnitSeed[] {
  const places = new Set(plans.map(({ jurisdiction }) => jurisdiction));
  return [...units.values()].filter(({ jurisdiction }) => places.has(jurisdiction));
}

// Of all plans of the place, whichever were asked for: loading the others later must find the posts filled alike.
function firstDay(plans: readonly PlanSeed[], place: string): string {
  const days = plans.filter(({ jurisdiction }) => jurisdiction === place).map(({ period }) => period.from);
  return days.sort()[0] ?? '';
}

async function loaded(
  core: Core,
  terminal: Terminal,
  plan: PlanSeed,
  { issue, waive }: Options,
): Promise<PlanReport> {
  const { code, sections, tasks, indicators, rounds, findings } = plan;
  const count = await watched(terminal, code, tell => loadPlan(core, operator(), plan, tell));
  if (issue) await issued(core, terminal, code, waive);
  const current = await core.reader.state<Plan>('plan', code);
  return {
    plan: code,
    sections: sections.length,
    tasks: tasks.length,
    indicators: indicators.length,
    rounds: rounds.length,
    findings: findings.length,
    issued: (current?.state.issuedOn ?? null) !== null,
    ...count,
  };
}

/** What the document leaves open is accepted by name and with a reason, so that the record shows it. */
async function issued(core: Core, terminal: Terminal, code: string, reason: string): Promise<void> {
  const current = await core.reader.state<Plan>('plan', code);
  if (!current || current.state.issuedOn) return;
  for (const { code: finding, subject, blocking, waived } of current.state.findings) {
    if (!blocking || waived) continue;
    const assign = holderWanted.includes(finding);
    await core.plans.waive(operator(), code, { code: finding, subject, reason, assign });
    terminal.say(`${code}: ${finding} of ${subject} waived: ${reason}`);
  }
  await core.plans.issue(operator(), code);
}

async function watched(
  terminal: Terminal,
  what: string,
  load: (tell: (count: SeedCount) => void) => Promise<SeedCount>,
): Promise<SeedCount> {
  const progress = terminal.progress();
  try {
    return await load(({ commands }) => progress.show(`loading ${what}: ${commands} commands`));
  } finally {
    progress.end();
  }
}

function textOf({ units, plans }: Report): string {
  const places = units.map(({ jurisdiction, commands, recorded }) => [
    jurisdiction,
    `${commands} units, groups and posts`,
    changed(recorded),
  ]);
  const rows = plans.map(each => [
    each.plan,
    `${each.sections} sections, ${each.tasks} tasks, ${each.indicators} indicators, ${each.rounds} rounds, ${each.findings} findings`,
    `${changed(each.recorded)}${each.issued ? ', issued' : ''}`,
  ]);
  return table([...places, ...rows]);
}

function changed(recorded: number): string {
  return recorded === 0 ? 'nothing new' : `${recorded} new`;
}
