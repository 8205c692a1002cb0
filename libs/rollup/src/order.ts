/** Compares by code point, which no locale and no server changes; `<` alone goes by halves of characters. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** A copy sorted by the keys, compared one after the other: numbers by size, texts by code point. */
export function sorted<T>(items: Iterable<T>, keysOf: (item: T) => readonly (string | number)[]): T[] {
  return [...items]
    .map(item => ({ item, keys: keysOf(item) }))
    .sort((a, b) => compare(a.keys, b.keys))
    .map(({ item }) => item);
}

/** The texts, each once, sorted. */
export function distinct(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(byCodePoint);
}

/** How often each name occurs, by name. */
export function countBy(names: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort(byCodePoint)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at];
    if (right === undefined) return 1;
    const difference =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : byCodePoint(String(left), String(right));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
