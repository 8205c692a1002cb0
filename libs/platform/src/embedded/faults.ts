/** Why the embedded database cannot run, in one sentence that an operator can act on. */
export class EmbeddedServerError extends Error {
  override name = 'EmbeddedServerError';
}

const sentences: readonly [RegExp, (folder: string) => string][] = [
  [/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/, fullDisk],
  [
    /EROFS|Read-only file system/,
    folder => `The disk that holds ${folder} is read-only: choose a writable DUBAN_HOME.`,
  ],
  [
    /EACCES|EPERM|Permission denied|Operation not permitted|wrong ownership/,
    folder =>
      `This account may not write in ${folder}: choose another DUBAN_HOME, or start as the account that owns it.`,
  ],
  [
    /database files are incompatible|initialized by PostgreSQL version/,
    folder =>
      `The data in ${folder} was written by another major version of PostgreSQL: dump it there and load it here.`,
  ],
  [
    /could not (resize|open) shared memory segment|could not create shared memory segment/,
    () => 'The system gives PostgreSQL too little shared memory (/dev/shm): enlarge it and start again.',
  ],
];

function fullDisk(folder: string): string {
  return `The disk that holds ${folder} is full: free some space (100 MB are enough to start) and start again.`;
}

/** The fault for a disk without room; where the server could not even write its log. */
export const diskFull = (folder: string) => new EmbeddedServerError(fullDisk(folder));

/**
 * Turns what the system or PostgreSQL said into one sentence.
 *
 * @param said an error of Node, or the text that `initdb` or `postgres` wrote
 * @param folder the folder that the sentence names
 */
export function faultOf(said: unknown, folder: string): EmbeddedServerError {
  if (said instanceof EmbeddedServerError) return said;
  const text = said instanceof Error ? said.message : String(said);
  const known = sentences.find(([pattern]) => pattern.test(text));
  if (known) return new EmbeddedServerError(known[1](folder), { cause: said });
  return new EmbeddedServerError(`The embedded database in ${folder} did not start: ${lastComplaint(text)}`, {
    cause: said,
  });
}

function lastComplaint(text: string): string {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const complaint =
    lines.findLast(line => /FATAL|PANIC|ERROR|error:/.test(line)) ?? lines.at(-1) ?? 'it gave no reason';
  return complaint.replace(/^.*?(?:FATAL|PANIC|ERROR|error):\s*/, '');
}
