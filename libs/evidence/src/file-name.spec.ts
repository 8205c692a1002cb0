import { cleanFileName, extensionOf } from './file-name.js';

describe('the name of a file', () => {
  it.each([
    ['二季度台账.pdf', '二季度台账.pdf'],
    ['C:\\台账\\二季度.pdf', '二季度.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['报告\u202efdp.exe', '报告fdp.exe'],
    ['a\u0000b\r\n.txt', 'ab.txt'],
    ['市科技局\u200b.pdf', '市科技局.pdf'],
    ['what?*<now>|".txt', 'what___now___.txt'],
    ['  .hidden. ', 'hidden'],
    ['con.txt', '_con.txt'],
    ['cafe\u0301.txt', 'caf\u00e9.txt'],
    ['a   b.txt', 'a b.txt'],
  ])('%j is kept as %j', (given, kept) => expect(cleanFileName(given)).toBe(kept));

  it.each(['', ' ', '...', '/', '\u200b', 'folder/'])('%j is none', given =>
    expect(cleanFileName(given)).toBeNull(),
  );

  it('that is long is cut before its extension, so that every file system takes it', () => {
    const kept = cleanFileName(`${'台'.repeat(300)}.docx`)!;
    expect(kept).toMatch(/^台+\.docx$/);
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(206);
    expect(cleanFileName(`${'a'.repeat(300)}.pdf`)).toBe(`${'a'.repeat(120)}.pdf`);
    expect(cleanFileName(`${'𠮷'.repeat(300)}`)).toBe('𠮷'.repeat(50));
  });
});

describe('the extension of a name', () => {
  it.each([
    ['a.PDF', 'pdf'],
    ['a.tar.gz', 'gz'],
    ['附件1.第三季度', null],
    ['v1.2', null],
    ['mp3', null],
    ['a.7z', '7z'],
    ['.bashrc', null],
  ])('%j is %j', (name, extension) => expect(extensionOf(name)).toBe(extension));
});
