/** A kind of file that is taken: its media type, the extensions that fit, and what else senders call it. */
export type FileKind = { mediaType: string; extensions: readonly string[]; alsoCalled?: readonly string[] };

type Signed = FileKind & { isAt: (head: Buffer) => boolean };

const begins =
  (...bytes: (number | string)[]) =>
  (head: Buffer) =>
    head.subarray(0, 32).indexOf(Buffer.concat(bytes.map(toBytes))) === 0;
const toBytes = (each: number | string) =>
  typeof each === 'number' ? Buffer.from([each]) : Buffer.from(each, 'latin1');
const textAt = (head: Buffer, from: number, to: number) => head.toString('latin1', from, to);
const isRiff = (form: string) => (head: Buffer) =>
  textAt(head, 0, 4) === 'RIFF' && textAt(head, 8, 12) === form;
const isBrand =
  (...brands: string[]) =>
  (head: Buffer) =>
    textAt(head, 4, 8) === 'ftyp' && brands.some(brand => textAt(head, 8, 12).startsWith(brand));
const isFrame = (head: Buffer) => head[0] === 0xff && [0xfb, 0xf3, 0xf2, 0xfa].includes(head[1] ?? 0);

/** What is known by its first bytes. */
const signed: readonly Signed[] = [
  { mediaType: 'application/pdf', extensions: ['pdf'], isAt: begins('%PDF-') },
  { mediaType: 'image/png', extensions: ['png'], isAt: begins(0x89, 'PNG\r\n', 0x1a, '\n') },
  {
    ...{
      mediaType: 'image/jpeg',
      extensions: ['jpg', 'jpeg', 'jpe'],
      alsoCalled: ['image/jpg', 'image/pjpeg'],
    },
    isAt: begins(0xff, 0xd8, 0xff),
  },
  { mediaType: 'image/gif', extensions: ['gif'], isAt: head => /^GIF8[79]a/.test(textAt(head, 0, 6)) },
  { mediaType: 'image/webp', extensions: ['webp'], isAt: isRiff('WEBP') },
  {
    ...{ mediaType: 'image/tiff', extensions: ['tif', 'tiff'] },
    isAt: head => begins('II*', 0)(head) || begins('MM', 0, '*')(head),
  },
  {
    ...{ mediaType: 'image/bmp', extensions: ['bmp'], alsoCalled: ['image/x-ms-bmp'] },
    isAt: head => textAt(head, 0, 2) === 'BM' && head.length > 26 && head.readUInt32LE(6) === 0,
  },
  {
    ...{ mediaType: 'image/heic', extensions: ['heic', 'heif'], alsoCalled: ['image/heif'] },
    isAt: isBrand('hei', 'hev', 'mif1', 'msf1'),
  },
  { mediaType: 'image/avif', extensions: ['avif'], isAt: isBrand('avi') },
  { mediaType: 'video/quicktime', extensions: ['mov'], isAt: isBrand('qt') },
  {
    ...{ mediaType: 'audio/mp4', extensions: ['m4a'], alsoCalled: ['audio/x-m4a'] },
    isAt: isBrand('M4A'),
  },
  {
    ...{ mediaType: 'video/mp4', extensions: ['mp4', 'm4v'] },
    isAt: isBrand('iso', 'mp4', 'avc1', 'M4V', 'dash', '3gp'),
  },
  {
    ...{ mediaType: 'audio/mpeg', extensions: ['mp3'], alsoCalled: ['audio/mp3'] },
    isAt: head => begins('ID3')(head) || isFrame(head),
  },
  {
    ...{ mediaType: 'audio/wav', extensions: ['wav'], alsoCalled: ['audio/x-wav', 'audio/wave'] },
    isAt: isRiff('WAVE'),
  },
  {
    ...{ mediaType: 'application/rtf', extensions: ['rtf'], alsoCalled: ['text/rtf', 'application/msword'] },
    isAt: begins('{\\rtf'),
  },
  {
    ...{ mediaType: 'application/x-7z-compressed', extensions: ['7z'] },
    isAt: begins('7z', 0xbc, 0xaf, 0x27, 0x1c),
  },
  {
    ...{ mediaType: 'application/vnd.rar', extensions: ['rar'] },
    ...{ alsoCalled: ['application/x-rar-compressed', 'application/x-rar'] },
    isAt: begins('Rar!', 0x1a, 0x07),
  },
];

/** What computers run: refused by its first bytes, whatever it is called. */
const executable: readonly ((head: Buffer) => boolean)[] = [
  begins('MZ'),
  begins(0x7f, 'ELF'),
  begins(0xfe, 0xed, 0xfa, 0xce),
  begins(0xfe, 0xed, 0xfa, 0xcf),
  begins(0xce, 0xfa, 0xed, 0xfe),
  begins(0xcf, 0xfa, 0xed, 0xfe),
  begins(0xca, 0xfe, 0xba, 0xbe), // also classes of Java
  begins(0, 'asm'),
  begins('dex\n'),
  begins('ITSF'), // compiled help
  begins(0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0), // a shortcut
  begins('#!'),
];

/** Old office documents share one container; which it is, the extension says. */
const compound: readonly FileKind[] = [
  { mediaType: 'application/msword', extensions: ['doc', 'wps'], alsoCalled: ['application/wps-office.wps'] },
  {
    mediaType: 'application/vnd.ms-excel',
    extensions: ['xls', 'et'],
    alsoCalled: ['application/wps-office.et'],
  },
  {
    ...{ mediaType: 'application/vnd.ms-powerpoint', extensions: ['ppt', 'dps'] },
    alsoCalled: ['application/wps-office.dps'],
  },
];

const zip: FileKind = {
  ...{ mediaType: 'application/zip', extensions: ['zip'] },
  alsoCalled: ['application/x-zip-compressed', 'application/x-zip'],
};
const openXml = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

/** Documents that are archives, by an entry that only they have. */
const packed: readonly (FileKind & { entry: RegExp })[] = [
  { mediaType: `${openXml}.wordprocessingml.document`, extensions: ['docx'], entry: /^word\/document\.xml$/ },
  { mediaType: `${openXml}.spreadsheetml.sheet`, extensions: ['xlsx'], entry: /^xl\/workbook\.xml$/ },
  {
    ...{ mediaType: `${openXml}.presentationml.presentation`, extensions: ['pptx'] },
    entry: /^ppt\/presentation\.xml$/,
  },
  { mediaType: 'application/ofd', extensions: ['ofd'], entry: /^OFD\.xml$/i },
];

/** Archives that are programs, or documents with programs in them. */
const runnable =
  /^(META-INF\/MANIFEST\.MF|AndroidManifest\.xml)$|vbaProject\.bin$|\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|msi|lnk|jar|apk|sh|html?|svg)$/i;

const text: readonly FileKind[] = [
  { mediaType: 'text/csv', extensions: ['csv'], alsoCalled: ['text/plain', 'application/vnd.ms-excel'] },
  { mediaType: 'text/plain', extensions: ['txt', 'md', 'log'], alsoCalled: ['text/markdown'] },
];

/** What the first bytes show: a kind, a container to look into, or nothing that is known. */
export function kindByHead(head: Buffer): FileKind | 'executable' | 'zip' | 'compound' | null {
  if (executable.some(isAt => isAt(head))) return 'executable';
  if (begins('PK', 0x03, 0x04)(head)) return 'zip';
  if (begins(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)(head)) return 'compound';
  return signed.find(({ isAt }) => isAt(head)) ?? null;
}

/** The kind of an archive by the names in it; null when there is something to run in it. */
export function kindByEntries(entries: readonly string[]): FileKind | null {
  if (entries.some(name => runnable.test(name))) return null;
  if (entries[0] === 'mimetype' && entries.includes('content.xml')) return openDocumentOf(entries);
  return packed.find(({ entry }) => entries.some(name => entry.test(name))) ?? zip;
}

// Text, table and slides differ only in the contents of `mimetype`; the extension says which.
function openDocumentOf(entries: readonly string[]): FileKind {
  const isOne = entries.includes('META-INF/manifest.xml');
  return isOne ? { mediaType: `${openDocument}.text`, extensions: ['odt', 'ods', 'odp'] } : zip;
}

/** The kind that an extension chooses among those that share a container or are plain text; null when none fits. */
export function kindByExtension(among: 'compound' | 'text', extension: string | null): FileKind | null {
  const kinds = among === 'compound' ? compound : text;
  if (among === 'text' && extension === null) return text.at(-1) ?? null;
  return kinds.find(({ extensions }) => extension !== null && extensions.includes(extension)) ?? null;
}

const markup = /<(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php|xsl)\b/i;

/** What a text is: fit to be kept, something that a browser would run, or no text at all. */
export function natureOfText(head: Buffer, isWhole: boolean): 'text' | 'markup' | null {
  const decoded = decode(head, isWhole);
  if (decoded === null || /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(decoded)) return null;
  return markup.test(decoded) ? 'markup' : 'text';
}

function decode(head: Buffer, isWhole: boolean): string | null {
  const marked =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : null;
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: !isWhole });
    } catch {
      continue; // another encoding, or no text
    }
  }
  return null;
}
