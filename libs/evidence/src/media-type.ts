import { Problem } from '@duban/platform';
import { open } from 'node:fs/promises';
import { type FileKind, kindByEntries, kindByExtension, kindByHead, natureOfText } from './file-kinds.js';
import { extensionOf } from './file-name.js';
import { zipEntries } from './zip-entries.js';

const headLength = 65_536;

/** What the sender says about a file. `declared`: its media type; null, or one that says nothing, leaves that to the bytes. */
export type Claim = { name: string; declared: string | null };

/**
 * The media type of a file by its bytes.
 * @throws Problem `evidence_type_refused` for what runs, or is not known; `evidence_type_differs` when name or declared
 * type say something else than the bytes
 */
export async function mediaTypeOf(path: string, size: number, claim: Claim): Promise<string> {
  const kind = await kindOf(path, size, extensionOf(claim.name));
  mustAgree(kind, claim);
  return kind.mediaType;
}

async function kindOf(path: string, size: number, extension: string | null): Promise<FileKind> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0);
    const head = buffer.subarray(0, bytesRead);
    const found = kindByHead(head);
    if (found === 'executable') throw refused('executable');
    if (found === 'compound')
      return kindByExtension('compound', extension) ?? fail(differs('compound', extension));
    if (found !== 'zip') return found ?? textKind(head, bytesRead === size, extension);
    const entries = await zipEntries(file, size);
    return (entries && kindByEntries(entries)) ?? fail(refused('archive'));
  } finally {
    await file.close();
  }
}

function textKind(head: Buffer, isWhole: boolean, extension: string | null): FileKind {
  const nature = natureOfText(head, isWhole);
  if (nature !== 'text') throw refused(nature ?? 'unknown');
  return kindByExtension('text', extension) ?? fail(differs('text/plain', extension));
}

const saysNothing = new Set(['application/octet-stream', 'binary/octet-stream', 'application/x-download']);

function mustAgree({ mediaType, extensions, alsoCalled = [] }: FileKind, { name, declared }: Claim): void {
  const extension = extensionOf(name);
  if (extension !== null && !extensions.includes(extension)) throw differs(mediaType, extension);
  const said = declared?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (said === '' || saysNothing.has(said) || said === mediaType || alsoCalled.includes(said)) return;
  throw differs(mediaType, said);
}

function refused(found: string): Problem {
  return new Problem('evidence_type_refused', { found });
}

function differs(found: string, said: string | null): Problem {
  return new Problem('evidence_type_differs', { found, said: said ?? '' });
}

function fail(problem: Problem): never {
  throw problem;
}
