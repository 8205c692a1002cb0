import { defineJob, type Tick } from '@duban/queue';
import { type DeliveryResult } from './deliverer.js';
import { type SweepResult } from './sweeper.js';

/** Look for what is due. A hint: it may come any number of times. */
export const sweepJob = defineJob<'sweep', Tick, SweepResult>('reminders', 'sweep');

/** Send one digest. On a queue of its own, so that a slow receiver never delays a sweep. */
export const deliverJob = defineJob<'deliver', { delivery: string }, DeliveryResult>('deliveries', 'deliver');
