import { type Core, type Request } from '@duban/supervision';
import {
  type IndicatorSeed,
  type PlanSeed,
  type RoleSeed,
  type RoundSeed,
  type TaskSeed,
  type UnitSeed,
} from './seed-model.js';

/** What loading did: how many commands recorded something; loading twice changes nothing. */
export type SeedCount = { commands: number; recorded: number };

/** Hears how far the loading has come. */
type Tell = (count: SeedCount) => void;
type Send = (act: () => Promise<{ events: readonly string[] }>) => Promise<void>;

/** Registers the units, groups and posts of one jurisdiction. Posts are filled by ids, never by names. */
export async function loadUnits(
  core: Core,
  request: Request,
  seed: UnitSeed,
  from: string,
  tell?: Tell,
): Promise<SeedCount> {
  const { count, send } = counted(tell);
  const { jurisdiction } = seed;
  const key = (name: string) => `${jurisdiction}:${name}`;
  for (const { name, kind, aliases, parent } of parentsFirst(seed.units)) {
    await send(() =>
      core.units.register(request, { jurisdiction, name, kind, aliases, parent: parent && key(parent) }),
    );
  }
  for (const { name, aliases, open, members } of seed.groups) {
    const named = members.map(({ unit, from }) => ({ unit: key(unit), from }));
    await send(() => core.units.defineGroup(request, { jurisdiction, name, aliases, open, members: named }));
  }
  for (const { unit, kind } of seed.posts) {
    const id = `${key(unit)}/${kind}`;
    await send(() =>
      core.units.fillPost(request, id, {
        jurisdiction,
        kind,
        scope: { unit: key(unit) },
        person: `person:${id}`,
        from,
      }),
    );
  }
  return count;
}

/** Drafts one plan with its sections, tasks, indicators and rounds; issuing it is a separate act. */
export async function loadPlan(
  core: Core,
  request: Request,
  seed: PlanSeed,
  tell?: Tell,
): Promise<SeedCount> {
  const { count, send } = counted(tell);
  const key = (name: string) => `${seed.jurisdiction}:${name}`;
  const { code, jurisdiction, title, documentNumber, documentOn, period, zone, office, findings } = seed;
  const draft = {
    code,
    jurisdiction,
    title,
    documentNumber,
    documentOn,
    ...period,
    zone,
    office: key(office),
    findings,
  };
  await send(() => core.plans.draft(request, draft));
  const sections = seed.sections.map(({ code, parent, title, clause }) => ({ code, parent, title, clause }));
  await send(() => core.plans.arrange(request, code, { sections }));
  for (const task of seed.tasks)
    await send(() => core.tasks.register(request, registration(code, task, key)));
  for (const indicator of seed.indicators)
    await send(() => core.indicators.define(request, definition(code, indicator, key)));
  for (const round of seed.rounds) await send(() => core.rounds.schedule(request, schedule(code, round)));
  return count;
}

function counted(tell: Tell = () => undefined): { count: SeedCount; send: Send } {
  const count = { commands: 0, recorded: 0 };
  return {
    count,
    send: async act => {
      const { events } = await act();
      count.commands += 1;
      if (events.length > 0) count.recorded += 1;
      tell(count);
    },
  };
}

/** A division is registered after the bureau it belongs to. */
function parentsFirst(units: UnitSeed['units']): UnitSeed['units'] {
  const depth = (name: string | null): number => {
    const unit = units.find(each => each.name === name);
    return unit ? 1 + depth(unit.parent) : 0;
  };
  return units.toSorted((a, b) => depth(a.name) - depth(b.name));
}

function registration(
  plan: string,
  { code, section, title, clause, commitment, roles, due, milestones }: TaskSeed,
  key: (name: string) => string,
) {
  return {
    plan,
    code,
    section,
    title,
    clause,
    commitment,
    due,
    roles: roles.map(role => assignment(role, key)),
    milestones: milestones.map(({ code, title, on, basis, clause }) => ({
      code,
      title,
      due: on ? { on, basis, clause } : null,
    })),
  };
}

function assignment({ unit, group, role, presumed = false }: RoleSeed, key: (name: string) => string) {
  return { holder: key(unit ?? group ?? ''), isGroup: group !== undefined, role, presumed };
}

function definition(plan: string, seed: IndicatorSeed, key: (name: string) => string) {
  const {
    code,
    title,
    measure,
    source,
    direction,
    kind,
    annualOnly,
    frequency,
    providerMode,
    baselines,
    targets,
    note,
  } = seed;
  return {
    plan,
    code,
    title,
    measure,
    source,
    direction,
    kind,
    annualOnly,
    frequency,
    providerMode,
    baselines,
    definition: note,
    owners: seed.owners.map(key),
    providers: seed.providers.map(key),
    lagDays: seed.publication?.lagDays ?? 0,
    links: citations(plan, seed.links),
    targets: targets.map(({ horizon, bound, floor, stretch, kind, commitment, forecast, words, clause }) => ({
      horizon,
      bound,
      floor,
      stretch,
      kind,
      commitment,
      forecast,
      words,
      clause,
    })),
  };
}

/** Where the plan states the figure. A related task does not: its light must not hang on a figure that it never named. */
function citations(plan: string, links: IndicatorSeed['links']) {
  return links
    .filter(({ related }) => !related)
    .map(({ task, section, clause }) => ({
      plan,
      task: task ? `${plan}:${task}` : null,
      section: section ?? null,
      clause,
    }));
}

function schedule(
  plan: string,
  { period, kind, dueOn, evidence, summary, backfill = false, clause, scope }: RoundSeed,
) {
  const tasks = scope ? scope.tasks.map(task => `${plan}:${task}`) : null;
  return { plan, period, kind, dueOn, evidence, summary, backfill, clause, scope: tasks };
}
