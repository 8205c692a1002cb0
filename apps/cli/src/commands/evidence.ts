import { type EvidenceFault, type StoredEvidence, verifyFile } from '@duban/evidence';
import { Problem } from '@duban/platform';
import { type Core } from '@duban/supervision';
import { withLedger } from '../database/open-ledger.js';
import { type ExitCode, exitCodes } from '../terminal/exit-codes.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';
import { table } from '../terminal/width.js';

type Verified = { files: number; bytes: number; faults: EvidenceFault[] };

/** Reads every stored file and holds it against its hash; ends with 4 when one is missing, damaged or still there. */
export async function verifyEvidence(terminal: Terminal): Promise<ExitCode> {
  const { found, place } = await withLedger(terminal, async core => ({
    found: await walked(core, terminal),
    place: core.evidenceStorage.place,
  }));
  const { faults } = found;
  terminal.data({ ok: faults.length === 0, place, ...found }, () => textOf(found, place));
  return faults.length === 0 ? exitCodes.ok : exitCodes.tampered;
}

async function walked(core: Core, terminal: Terminal): Promise<Verified> {
  const total = await core.evidence.count();
  const found: Verified = { files: 0, bytes: 0, faults: [] };
  const progress = terminal.progress();
  try {
    for await (const file of allOf(core)) {
      progress.show(`reading file ${found.files + 1} of ${total}, ${megabytes(found.bytes)} read`);
      const fault = await looked(core, file);
      if (fault) found.faults.push(fault);
      found.files += 1;
      if (!file.withdrawn?.bytesRemoved) found.bytes += file.size;
    }
    return found;
  } finally {
    progress.end();
  }
}

async function* allOf({ evidence }: Core): AsyncGenerator<StoredEvidence> {
  for (let page = await evidence.all(); page.length > 0; page = await evidence.all(page.at(-1)!.sha256))
    yield* page;
}

async function looked({ evidenceStorage }: Core, file: StoredEvidence): Promise<EvidenceFault | null> {
  try {
    return await verifyFile(evidenceStorage, file);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { place } = evidenceStorage;
    throw new CliFault(
      'evidence_unreachable',
      { place, reason: String(error.params.reason ?? error.code) },
      exitCodes.unreachable,
    );
  }
}

const meanings: Readonly<Record<EvidenceFault['kind'], string>> = {
  missing: 'is not there: restore it from the backup',
  damaged: 'is not what was handed in: restore it from the backup',
  not_removed: 'was withdrawn with its bytes, and is still there: remove it',
};

function textOf({ files, bytes, faults }: Verified, place: string): string {
  if (faults.length === 0) return `${files} files in ${place}, ${megabytes(bytes)}: every one has its hash.`;
  return table(faults.map(({ sha256, kind }) => [sha256, meanings[kind]]));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
