/** Small files of several kinds: for specs only. */
export const samples = {
  pdf: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n', 'latin1'),
  png: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  jpeg: Buffer.from('ffd8ffe000104a46494600', 'hex'),
};

/** An archive of empty entries. */
export function archiveOf(...names: string[]): Buffer {
  const entries = names.map(name => Buffer.from(name));
  const local = entries.map(name => Buffer.concat([header('PK\x03\x04', 30, [[26, name.length]]), name]));
  const directory = Buffer.concat(
    entries.map(name => Buffer.concat([header('PK\x01\x02', 46, [[28, name.length]]), name])),
  );
  const at = Buffer.concat(local).length;
  const end = header('PK\x05\x06', 22, [
    [8, names.length],
    [10, names.length],
    [12, directory.length],
    [16, at],
  ]);
  return Buffer.concat([...local, directory, end]);
}

function header(sign: string, length: number, numbers: readonly (readonly [number, number])[]): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.write(sign, 'latin1');
  for (const [offset, value] of numbers) bytes.writeUInt16LE(value, offset);
  return bytes;
}
