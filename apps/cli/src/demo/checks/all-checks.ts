import { type Day } from '@duban/calendar';
import { type Check, type Evidence, Record } from './check.js';
import { decisionChecks } from './decision-checks.js';
import { dutyChecks } from './duty-checks.js';
import { recordChecks } from './record-checks.js';

/** What came of one check. */
export type Checked = { name: string; faults: readonly string[] };

/** Every promise that this part of the year can keep, in order. */
export function checksFor(plans: readonly string[], until: Day): Check[] {
  return [...dutyChecks, ...decisionChecks, ...recordChecks].filter(
    ({ plan, from }) => from <= until && (plan === null || plans.includes(plan)),
  );
}

/** Looks at all of them, whatever the first ones find. */
export async function checkAll(checks: readonly Check[], evidence: Evidence): Promise<Checked[]> {
  const record = new Record(evidence);
  const results: Checked[] = [];
  for (const { name, faults } of checks) {
    results.push({ name, faults: await faults(record).catch((error: Error) => [error.message]) });
  }
  return results;
}
