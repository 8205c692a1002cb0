import { Problem } from '@duban/platform';
import { type EvidenceStorage, verified } from './evidence-storage.js';
import { type StoredEvidence } from './evidence-model.js';

/** What is wrong with one file: not there, other bytes than were handed in, or there although they were to be removed. */
export type EvidenceFault = { sha256: string; kind: 'missing' | 'damaged' | 'not_removed' };

/**
 * Reads a file whole and compares it with its hash.
 * @throws Problem `evidence_storage_unavailable` when the store cannot be asked
 */
export async function verifyFile(
  storage: EvidenceStorage,
  { sha256, withdrawn }: StoredEvidence,
): Promise<EvidenceFault | null> {
  const isRemoved = withdrawn?.bytesRemoved === true;
  try {
    const bytes = await storage.open(sha256);
    if (isRemoved) {
      bytes.destroy();
      return { sha256, kind: 'not_removed' };
    }
    const seen = verified(bytes, sha256);
    while (!(await seen.next()).done);
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'evidence_damaged') return { sha256, kind: 'damaged' };
    if (error.code === 'evidence_missing') return isRemoved ? null : { sha256, kind: 'missing' };
    throw error;
  }
}
