import { type Scenario } from './support/scenario.js';

// Loaded when asked for: a case's process holds nothing of the other scenarios.
const loaders: Readonly<Record<string, () => Promise<{ scenario: Scenario }>>> = {
  append: () => import('./append/append.js'),
  project: () => import('./project/project.js'),
  lag: () => import('./lag/lag.js'),
  rebuild: () => import('./rebuild/rebuild.js'),
  verify: () => import('./verify/verify.js'),
  report: () => import('./report/report.js'),
};

export const scenarioNames: readonly string[] = Object.keys(loaders);

export async function loadScenario(name: string): Promise<Scenario> {
  const load = loaders[name];
  if (!load)
    throw new Error(`There is no scenario ${name}: name one of ${scenarioNames.join(', ')}, or all.`);
  return (await load()).scenario;
}
