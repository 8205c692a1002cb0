import { type StreamCommand, Rejection } from '@duban/event-store';
import { evidenceDecider, referenceFault, type StoredEvidence } from '@duban/evidence';
import { type Actor, type Context } from '@duban/platform';

type Step = StreamCommand<Context>;

/** A file that a request names by its hash: where it is named, and which streams will refer to it. */
export type FileReference = { sha256: string; pointers: readonly string[]; streams: readonly string[] };

/** Which files may be named: those of these units. `body`: what names them, where the first command does not hold it yet. */
export type FileUse = { units: readonly string[]; body?: unknown };

const mostFiles = 500;

/** Where a request names stored files. */
const fileFields: ReadonlySet<string> = new Set(['evidence', 'paper']);

/**
 * The stored files that commands name in their `evidence` or `paper`, whatever the command: a report, a figure, a
 * submission, a decision. Each is attached to what names it in the same append, so a file that is withdrawn meanwhile is not referred to.
 * @throws Rejection `evidence_too_many`
 */
export function referencesIn(steps: readonly Step[], { body }: Partial<FileUse> = {}): FileReference[] {
  const found = new Map<string, { pointers: string[]; streams: Set<string> }>();
  steps.forEach(({ stream, command }, index) => {
    for (const [sha256, pointers] of named(index === 0 && body !== undefined ? body : command)) {
      // What follows from a request repeats what its first command names; that is what the sender knows.
      const known = found.get(sha256) ?? { pointers, streams: new Set() };
      found.set(sha256, { ...known, streams: known.streams.add(stream) });
    }
  });
  if (found.size > mostFiles) throw new Rejection('evidence_too_many', { most: mostFiles });
  return [...found].map(([sha256, { pointers, streams }]) => ({ sha256, pointers, streams: [...streams] }));
}

/** The steps that attach the files, after those that name them. */
export function attachmentsOf(references: readonly FileReference[], units: readonly string[]): Step[] {
  return references.map(({ sha256, pointers, streams: to }) => ({
    decider: evidenceDecider as Step['decider'],
    stream: `evidence-${sha256}`,
    command: { type: 'AttachEvidence', sha256, to, units, pointers },
  }));
}

/** A refusal that names every file that cannot be referred to, where the rules stop at the first. */
export async function refusalOfAll(
  references: readonly FileReference[],
  units: readonly string[],
  actor: Actor,
  load: (sha256: string) => Promise<StoredEvidence | null>,
): Promise<Rejection> {
  const errors = [];
  for (const { sha256, pointers } of references) {
    const code = referenceFault(await load(sha256), units, actor);
    if (code) errors.push(...pointers.map(pointer => ({ pointer, code, params: { sha256 } })));
  }
  return new Rejection('evidence_unknown', {}, errors);
}

function named(command: unknown): Map<string, string[]> {
  const found = new Map<string, string[]>();
  addNamed(found, command, '', false);
  return found;
}

function addNamed(found: Map<string, string[]>, value: unknown, pointer: string, isFile: boolean): void {
  if (value === null || typeof value !== 'object') return;
  const { sha256 } = value as { sha256?: unknown };
  if (isFile && typeof sha256 === 'string')
    found.set(sha256, [...(found.get(sha256) ?? []), `${pointer}/sha256`]);
  for (const [key, item] of Object.entries(value))
    addNamed(found, item, `${pointer}/${key}`, fileFields.has(key) || (isFile && Array.isArray(value)));
}
