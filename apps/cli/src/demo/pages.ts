import { type Quarter } from '@duban/rollup';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient } from './api-client.js';
import { auditorKey } from './key-ring.js';
import { officeOf, type Who } from './script/act.js';
import { outFolder } from './stage.js';

type Wanted = { name: string; who: Who; path: string };

/**
 * Writes what the people of a plan saw when its quarter was closed, each page as the API gives it to that person: the
 * desk of the office, the to-do list and the scorecard of the unit that owed most, the dossier of what stands first on the
 * leader's page.
 * @returns the files
 */
export async function writePages(client: ApiClient, { period, plans }: Quarter): Promise<string[]> {
  const [plan] = plans;
  const item = plan?.items.find(({ kind }) => kind === 'task') ?? null;
  const ranked = plan?.ranking?.tables.flatMap(({ ranked: lines }) => lines) ?? [];
  const unit = ranked.toSorted((a, b) => b.n - a.n)[0]?.unit ?? null;
  const wanted: Wanted[] = [
    ...(plan ? [{ name: 'desk', who: officeOf(plan.plan), path: `/v1/desk?plan=${plan.plan}` }] : []),
    ...(unit
      ? [
          { name: 'me', who: unit, path: '/v1/me' },
          { name: 'scorecard', who: unit, path: `/v1/units/${encodeURIComponent(unit)}/scorecard` },
        ]
      : []),
    ...(item
      ? [
          {
            ...{ name: 'dossier', who: auditorKey },
            path: `/v1/tasks/${encodeURIComponent(item.subject)}/dossier`,
          },
        ]
      : []),
  ];
  mkdirSync(outFolder, { recursive: true });
  return Promise.all(
    wanted.map(async ({ name, who, path }) => {
      const file = join(outFolder, `${name}-${period}.html`);
      writeFileSync(file, (await client.get(who, path, 'text/html')).text);
      return file;
    }),
  );
}
