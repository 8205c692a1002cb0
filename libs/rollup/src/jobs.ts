import { defineJob, type Tick } from '@duban/queue';
import { type Cut } from './edition-computer.js';

/** `isFinal`: the round is closed and its edition is to be published; else a provisional one is wanted. */
export type WantedCut = Cut & { isFinal: boolean };

/** Publishes what its children have computed: the whole of one quarter. */
export const rollupPeriodJob = defineJob<'rollup-period', { period: string; cuts: WantedCut[] }, string[]>(
  'rollups',
  'rollup-period',
);

/** Computes one plan's edition of the quarter. */
export const rollupPlanJob = defineJob<'rollup-plan', WantedCut, string>('rollups', 'rollup-plan');

/** Notes corrections of periods whose edition is out. A hint: it may come any number of times. */
export const noteCorrectionsJob = defineJob<'note-corrections', Tick, number>('rollups', 'note-corrections');
