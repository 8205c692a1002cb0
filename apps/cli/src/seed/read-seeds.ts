import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type PlanSeed, type UnitSeed } from './seed-model.js';

const folder = join(projectFolder(), 'seeds');

/** All plans that come with Duban, by code, and the units of each of their jurisdictions. */
export async function readSeeds(
  from: string = folder,
): Promise<{ plans: PlanSeed[]; units: Map<string, UnitSeed> }> {
  const plans = await readJson<PlanSeed>(join(from, 'plans'));
  const units = await readJson<UnitSeed>(join(from, 'units'));
  return { plans, units: new Map(units.map(seed => [seed.jurisdiction, seed])) };
}

async function readJson<T>(folder: string): Promise<T[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.json')).sort();
  return Promise.all(names.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8')) as T));
}

/** The folder of the project, from the sources as from what was built of them. */
function projectFolder(from: string = import.meta.dirname): string {
  return existsSync(join(from, 'package.json')) ? from : projectFolder(dirname(from));
}
