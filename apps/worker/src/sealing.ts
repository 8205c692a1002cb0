import { SealKeyFile } from '@duban/event-store';
import { type LoggerFactory } from '@duban/platform';
import { defineJob, type JobHandler, type Tick } from '@duban/queue';
import { type Core, LogSealer } from '@duban/supervision';

/** Seal the quarters that have ended. A hint: it may come any number of times. */
export const sealJob = defineJob<'seal', Tick, number>('rollups', 'seal');

/** Does nothing where no key is named; what cannot be sealed is told, and looked at again the next time. */
export function sealing(core: Core, logs: LoggerFactory): JobHandler<'seal', Tick, number> {
  const log = logs.named('seal');
  const { sealKeyFile } = core.configuration;
  const sealer = sealKeyFile ? new LogSealer(core, new SealKeyFile(sealKeyFile)) : null;
  if (!sealer) log.warn('SEAL_KEY_FILE is not set: ended quarters are not sealed');
  return {
    job: sealJob,
    handle: async () => {
      try {
        const seals = (await sealer?.sealEndedQuarters()) ?? [];
        for (const { number, from, to } of seals) log.log(`seal ${number}: ${from} to ${to}`);
        return seals.length;
      } catch (error) {
        log.error(`not sealed: ${error instanceof Error ? error.message : String(error)}`);
        return 0;
      }
    },
  };
}
