import { type BenchCase, type Scenario } from '../support/scenario.js';
import { storeDatabase } from '../support/store.js';
import { type Target } from '../support/targets.js';
import { appendCase, template } from './duban.js';
import { insertCase } from './pg.js';

const targets: readonly Target[] = [
  {
    what: '1 event, 32 callers, against INSERT by pg on 32 connections',
    of: 'duban 32x1',
    against: 'pg 32x1',
    least: 1.5,
    moon: 2.5,
  },
  {
    what: '1 event, 128 callers, against the same',
    of: 'duban 128x1',
    against: 'pg 32x1',
    least: 1.6,
    moon: 2.5,
  },
];

/** Callers beyond the driver's 32 connections are held against its 32: more connections only make it slower. */
const mostConnections = 32;

export const scenario: Scenario = {
  name: 'append',
  prepare: server => storeDatabase(server, template),
  cases: ({ callers: chosen }) => {
    const callers = chosen ?? [1, 8, 32, 128];
    const single = callers.flatMap((count): BenchCase[] => [
      appendCase(count, 1),
      ...(count <= mostConnections ? [insertCase(count, 1)] : []),
    ]);
    return [...single, ...[1, 8].flatMap(count => [appendCase(count, 100), insertCase(count, 100)])];
  },
  targets,
};
