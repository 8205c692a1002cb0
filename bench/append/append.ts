import { emmett, prepareEmmett } from '../support/emmett.js';
import { hasPeer } from '../support/peers.js';
import { type BenchCase, type Scenario } from '../support/scenario.js';
import { type Target } from '../support/targets.js';
import { appendCase, handleCase, prepareStore } from './duban.js';
import { emmettCase } from './emmett.js';
import { canInstallMessageDb, messageDb, messageDbCase, prepareMessageDb } from './message-db.js';
import { insertCase } from './pg.js';
import { pgbenchCase } from './pgbench.js';

const against = (what: string, of: string, baseline: string, least: number, moon: number): Target => ({
  ...{ what, of, against: baseline, least, moon },
});

const targets: readonly Target[] = [
  against('append, 32 callers, against `pg` on 32 connections', 'duban 32x1', 'pg 32x1', 1.5, 2.5),
  against('append, 128 callers, against `pg` on 32 connections', 'duban 128x1', 'pg 32x1', 1.6, 2.5),
  against('append, 32 callers, against pgbench with 32 clients', 'duban 32x1', 'pgbench 32x1', 0.9, 1.5),
  against('append, 32 callers, against Emmett', 'duban 32x1', 'emmett 32x1', 5, 8),
  against('append, 32 callers, against message-db', 'duban 32x1', 'message-db 32x1', 2.5, 4),
  against('append, 8 callers, against `pg` on 8 connections', 'duban 8x1', 'pg 8x1', 1, 1.3),
  against('append, one caller, against `pg` on one connection', 'duban 1x1', 'pg 1x1', 0.75, 0.9),
  {
    ...against('append, p99 at 32 callers, against `pg`', 'duban 32x1', 'pg 32x1', 1, 0.5),
    measure: 'p99',
  },
  against('batches of 100, one caller, against INSERT of 100 rows', 'duban 1x100', 'pg 1x100', 0.65, 0.85),
  against('batches of 100, 8 callers, against INSERT of 100 rows', 'duban 8x100', 'pg 8x100', 0.65, 0.85),
];

/** The driver gets a connection for each caller up to here; more would only make it slower. */
const mostConnections = 32;

/** Durable appends through each store's own calls, from objects in memory to the answer after the commit. */
export const scenario: Scenario = {
  name: 'append',
  prepare: async (server, options) => {
    const silently = () => undefined;
    await prepareStore(server);
    if (hasPeer(emmett, options, silently)) await prepareEmmett(server);
    if (hasPeer(messageDb, options, silently) && canInstallMessageDb(silently))
      await prepareMessageDb(server);
  },
  cases: (options, notice) => {
    const callers = options.callers ?? [1, 8, 32, 128];
    const { streams } = options;
    const single = callers.flatMap((count): BenchCase[] => [
      appendCase(count, 1),
      ...(streams === null ? [] : [handleCase(count, streams)]),
      ...(count <= mostConnections ? [insertCase(count, 1)] : []),
    ]);
    const others = [
      pgbenchCase(32, notice),
      hasPeer(emmett, options, notice) ? emmettCase(32) : null,
      hasPeer(messageDb, options, notice) && canInstallMessageDb(notice) ? messageDbCase(32) : null,
    ].filter(each => each !== null);
    return [
      ...single,
      ...others,
      ...[1, 8].flatMap(count => [appendCase(count, 100), insertCase(count, 100)]),
    ];
  },
  targets,
};
