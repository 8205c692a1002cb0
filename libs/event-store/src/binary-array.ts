const daysTo2000 = 10_957;

/**
 * One-dimensional arrays in PostgreSQL's binary format (`array_recv` and the receive functions of the element types).
 * Neither side has to escape or unescape JSON inside an array literal, which costs more than storing it.
 */
export interface ElementType<T> {
  /** What SQL calls it. */
  readonly name: string;
  /** The element's oid, from pg_type. */
  readonly oid: number;
  /** The bytes of one value. */
  size(value: T): number;
  /** Writes those bytes and tells how many. */
  write(into: Buffer, value: T, at: number): number;
}

const fixed = <T>(
  name: string,
  oid: number,
  bytes: number,
  write: (into: Buffer, value: T, at: number) => void,
): ElementType<T> => ({
  name,
  oid,
  size: () => bytes,
  write: (into, value, at) => {
    write(into, value, at);
    return bytes;
  },
});

export const smallint = fixed<number>('smallint', 21, 2, (into, value, at) => into.writeInt16BE(value, at));
export const integer = fixed<number>('integer', 23, 4, (into, value, at) => into.writeInt32BE(value, at));
export const uuid = fixed<string>('uuid', 2950, 16, (into, value, at) => {
  into.write(value.replaceAll('-', ''), at, 16, 'hex');
});
/** A day as days since 1970-01-01. */
export const date = fixed<number>('date', 1082, 4, (into, value, at) =>
  into.writeInt32BE(value - daysTo2000, at),
);
const utf8 = (name: string, oid: number): ElementType<string> => ({
  name,
  oid,
  size: value => Buffer.byteLength(value),
  write: (into, value, at) => into.write(value, at),
});
export const text = utf8('text', 25);
/** JSON text that is kept as it is. */
export const json = utf8('json', 114);
/** Bytes as a string of one character each. */
export const bytea: ElementType<string> = {
  name: 'bytea',
  oid: 17,
  size: value => value.length,
  write: (into, value, at) => into.write(value, at, 'latin1'),
};
/** JSON text that is taken apart. */
export const jsonb: ElementType<string> = {
  name: 'jsonb',
  oid: 3802,
  size: value => Buffer.byteLength(value) + 1,
  write: (into, value, at) => {
    into[at] = 1; // version of the format
    return into.write(value, at + 1) + 1;
  },
};

const headBytes = 20;

/** The array as a value for a parameter of `pg`, which sends a Buffer as binary. */
export const binaryArray = <T>(type: ElementType<T>, values: readonly T[]): Buffer =>
  binaryColumn(type, values, value => value);

/** The same of what rows hold. */
export function binaryColumn<R, T>(type: ElementType<T>, rows: readonly R[], valueOf: (row: R) => T): Buffer {
  const count = rows.length;
  let bytes = headBytes;
  for (let nth = 0; nth < count; nth++) bytes += type.size(valueOf(rows[nth]!)) + 4;
  const into = Buffer.allocUnsafe(bytes);
  into.writeInt32BE(1, 0); // dimensions
  into.writeInt32BE(0, 4); // has no nulls
  into.writeInt32BE(type.oid, 8);
  into.writeInt32BE(count, 12);
  into.writeInt32BE(1, 16); // the first index
  let at = headBytes;
  for (let nth = 0; nth < count; nth++) {
    const size = type.write(into, valueOf(rows[nth]!), at + 4);
    into.writeInt32BE(size, at);
    at += size + 4;
  }
  return into;
}
