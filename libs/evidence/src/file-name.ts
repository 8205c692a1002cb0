const longest = 120; // characters
const longestBytes = 200; // a file system takes 255

// What directs a reader, not the text: zero widths, marks of direction, variants; and control characters.
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{DI}]/gu;
// What a file system or a shell takes for something else.
const special = /[<>:"|?*\\/]/g;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * The name of a file as it may be kept and told: without folders, without what is not seen or means something to a file
 * system, of bearable length. Null when nothing is left of it.
 *
 * @example cleanFileName('C:\\台账\\二季度\u202e.pdf') // '二季度.pdf'
 */
export function cleanFileName(given: string): string | null {
  const last = given.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const seen = last.replace(unseen, '').replace(special, '_').replace(/\s+/g, ' ');
  const trimmed = seen.replace(/^[. ]+|[. ]+$/g, '');
  if (trimmed === '') return null;
  const { stem, extension } = partsOf(trimmed);
  const safe = reserved.test(stem) ? `_${stem}` : stem;
  return shortened(safe, extension === null ? '' : `.${extension}`);
}

/** The extension of a name in lower case: a few ASCII letters and digits, with a letter among them; null when it has none. */
export function extensionOf(name: string): string | null {
  return partsOf(name).extension?.toLowerCase() ?? null;
}

// “附件1.第三季度” and “v1.2” have none.
function partsOf(name: string): { stem: string; extension: string | null } {
  const [, stem, extension] = /^(.+)\.((?=\d*[A-Za-z])[A-Za-z0-9]{1,5})$/s.exec(name) ?? [];
  return stem !== undefined && extension !== undefined
    ? { stem, extension }
    : { stem: name, extension: null };
}

function shortened(stem: string, end: string): string {
  let kept = [...stem].slice(0, longest);
  while (Buffer.byteLength(kept.join('')) > longestBytes) kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}${end}`;
}
