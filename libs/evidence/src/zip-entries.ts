import { type FileHandle } from 'node:fs/promises';

const endLength = 22;
const longestComment = 65_535;
const mostBytes = 4 * 1024 * 1024;
const entryLength = 46;

/** The names in an archive, as its directory at the end lists them; null when it has none that can be read. */
export async function zipEntries(file: FileHandle, size: number): Promise<string[] | null> {
  const tail = await bytesAt(
    file,
    Math.max(size - endLength - longestComment, 0),
    endLength + longestComment,
  );
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + endLength > tail.length) return null;
  const [length, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length > mostBytes || at + length > size) return null;
  return namesIn(await bytesAt(file, at, length));
}

function namesIn(directory: Buffer): string[] | null {
  const names: string[] = [];
  let at = 0;
  while (at + entryLength <= directory.length) {
    if (directory.toString('latin1', at, at + 4) !== 'PK\x01\x02') return null;
    const [name, extra, comment] = [28, 30, 32].map(offset => directory.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    // Whatever it is encoded in: what matters here is ASCII.
    names.push(directory.toString('latin1', at + entryLength, at + entryLength + name).replaceAll('\\', '/'));
    at += entryLength + name + extra + comment;
  }
  return names.length > 0 ? names : null;
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
