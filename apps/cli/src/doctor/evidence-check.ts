import { evidenceFolder, openStorage } from '@duban/evidence';
import { type Configuration, Problem } from '@duban/platform';
import { statfs } from 'node:fs/promises';
import { exitCodes } from '../terminal/exit-codes.js';
import { type Finding, fault, ok, warning } from './check.js';

/** Whether files can be stored: tried by storing and removing one, in the folder and, if there is one, in the bucket. */
export async function checkEvidence(configuration: Configuration): Promise<Finding> {
  const storage = openStorage(configuration);
  try {
    await storage.probe();
    return await roomIn(configuration, storage.place);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const reason = String(error.params.reason ?? error.code);
    const advice =
      storage.kind === 'folder'
        ? 'Let this account write there, or set EVIDENCE_FOLDER.'
        : 'Check EVIDENCE_S3_URL, its key and its region.';
    return fault('evidence', `${storage.place}: ${reason}`, advice, exitCodes.unreachable);
  }
}

/** Files come in to the folder even on their way to a bucket. */
async function roomIn(configuration: Configuration, place: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(evidenceFolder(configuration)).catch(() => ({
    bavail: NaN,
    bsize: 1,
  }));
  const free = bavail * bsize;
  const room = Number.isNaN(free) ? '' : `, ${(free / 1e9).toFixed(1)} GB free`;
  if (free < configuration.evidenceReserveBytes)
    return warning(
      'evidence',
      `${place}${room}: files are refused`,
      'Make room, or lower EVIDENCE_RESERVE_BYTES.',
    );
  return ok('evidence', `${place}${room}`);
}
