import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { adminKey, auditorKey, type KeyRing, leaderOfPlace, schedulerKey } from './key-ring.js';
import { officeOf, type Who } from './script/act.js';
import { demoFolder, outFolder } from './stage.js';

/** One way into the ledger: who one is, with which key, a command that works as it is printed, and a page to open. */
export type Door = { role: string; holder: string; key: string; command: string; url: string };

type Way = { role: string; holder: string; who: Who; path: string; post?: object; url: string };

/** Six roles, six doors. */
export function doorsOf(keys: KeyRing, apiUrl: string, quarter: string, plan: string): Door[] {
  const [unit, place] = plan === '004' ? ['xiangtan:市工信局', 'xiangtan'] : [null, null];
  const ways: Way[] = [
    ...(unit && place
      ? [
          { role: 'unit', holder: '湘潭市工信局', who: unit, path: '/v1/obligations?limit=5', url: '/docs' },
          {
            role: 'leader',
            holder: '湘潭市分管领导',
            who: leaderOfPlace(place),
            path: '/v1/alerts?limit=5',
            // The page as a browser opens it, without a key.
            url: pathToFileURL(resolve(outFolder, `quarter-${quarter}.html`)).href,
          },
        ]
      : []),
    {
      role: 'office',
      holder: `${plan} 督查办公室`,
      who: officeOf(plan),
      path: `/v1/tasks?plan=${plan}&light=red`,
      url: '/docs',
    },
    {
      ...{ role: 'scheduler', holder: 'cron', who: schedulerKey, path: '/v1/rollups' },
      ...{ post: { period: quarter }, url: '/metrics' },
    },
    {
      role: 'auditor',
      holder: '审计',
      who: auditorKey,
      path: `/v1/tasks/${plan}%3A1.1/events`,
      url: '/openapi.json',
    },
    { role: 'admin', holder: '管理员', who: adminKey, path: '/v1/keys?limit=5', url: '/health/ready' },
  ];
  return ways.map(({ role, holder, who, path, post, url }) => {
    const key = keys.tokenOf(who);
    const header = `-H 'Authorization: Bearer ${key}'`;
    const body = post ? ` -H 'Content-Type: application/json' -d '${JSON.stringify(post)}'` : '';
    const command = `curl -sS --fail-with-body ${header}${body} '${apiUrl}${path}'`;
    return { role, holder, key, command, url: new URL(url, apiUrl).href };
  });
}

/** Doors as they are printed: each command on a line of its own, so that it can be copied whole. */
export function doorLines(doors: readonly Door[]): string[] {
  return doors.flatMap(({ role, holder, key, command, url }, index) => [
    `${index + 1}. ${role} · ${holder} · ${key}`,
    `   ${command}`,
    `   ${url}`,
  ]);
}

/** From here to a ledger of one's own. */
export const ownLedger: readonly string[] = [
  `Ctrl-C                                                     ends the demo; its record stays in ${demoFolder}`,
  'npm start                                                  an empty ledger on the real clock',
  'npx duban seed 004 --issue                                 a plan: a file like seeds/plans/004.json',
  'npx duban keys create --role unit --unit xiangtan:市科技局   a key for a unit, shown once',
  'npx duban plan show 004                                    what the ledger knows of it',
];
