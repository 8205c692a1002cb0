import { type HandleManyOptions } from './handling.js';
import { type SubjectCommand } from './subject.js';
import { type SubjectKeys } from './subject-keys.js';

/** Who asks for an erasure, why, and when. */
export interface EraseOptions extends Pick<HandleManyOptions, 'now' | 'effectiveOn' | 'meta'> {
  /** Recorded for ever, so without what is to be forgotten. */
  readonly reason: string;
  readonly actor: string;
}

export interface Erased {
  /** Of `SubjectErased`; null when it was recorded before. */
  readonly position: number | null;
  /** False when the key had been destroyed before. */
  readonly destroyed: boolean;
}

/**
 * Destroys the key, then has it recorded: what is recorded has happened. So whoever reads `SubjectErased` finds the key
 * gone, and nothing that follows in the log can be opened.
 */
export async function erase(
  keys: SubjectKeys,
  subject: string,
  { reason, actor, now }: EraseOptions,
  record: (command: SubjectCommand) => Promise<{ position: number | null }>,
): Promise<Erased> {
  const destroyed = await keys.destroy(subject, now);
  const { position } = await record({ type: 'EraseSubject', subject, reason, by: actor });
  return { position, destroyed };
}
