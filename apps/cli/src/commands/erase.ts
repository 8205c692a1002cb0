import { fingerprintOf, MasterKeyFile } from '@duban/event-store';
import { operator, withLedger } from '../database/open-ledger.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';

/** Destroys the key of a person: what was sealed with it reads as null from now on. */
export async function erase(
  terminal: Terminal,
  subject: string,
  { reason }: { reason: string },
): Promise<void> {
  const { actor, channel } = operator();
  const erased = await withLedger(terminal, async ({ events, runner }) => {
    const { now, today } = await runner.context(operator());
    return events.erase(subject, { reason, actor: actor.id, now, effectiveOn: today, meta: { channel } });
  });
  terminal.data({ subject, ...erased }, () =>
    erased.position === null
      ? `${subject} was erased before.`
      : `${subject} is erased, on record at position ${erased.position}. Read models that keep such text: duban rebuild --all.`,
  );
}

/** Wraps the keys of all persons in a new master key, while others work. */
export async function rotateMaster(terminal: Terminal): Promise<void> {
  const rotated = await withLedger(terminal, async ({ events, configuration: { masterKeyFile } }) => {
    if (!masterKeyFile) throw new CliFault('no_master_key');
    const file = new MasterKeyFile(masterKeyFile);
    await file.ensure();
    const next = await file.prepareNext();
    const keys = await events.rewrapKeys(next);
    const old = await file.adoptNext();
    return { keys, masterKeyFile, old, fingerprint: (await file.read()).map(fingerprintOf)[0] };
  });
  terminal.data(
    rotated,
    () =>
      `${rotated.keys} keys are wrapped anew; the master key is ${rotated.masterKeyFile}. ` +
      `The old one is ${rotated.old}: keep it for as long as you keep backups made before, then destroy it.`,
  );
}
