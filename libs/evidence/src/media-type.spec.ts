import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveOf, samples } from './evidence-examples.js';
import { mediaTypeOf } from './media-type.js';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'duban-media-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function typeOf(content: Buffer | string, name: string, declared: string | null = null): Promise<string> {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  return mediaTypeOf(path, Buffer.byteLength(content), { name, declared });
}

const office = 'application/vnd.openxmlformats-officedocument';
const word = archiveOf('[Content_Types].xml', 'word/document.xml');
const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');

describe('a file', () => {
  it.each<[string, Buffer | string, string]>([
    ['a.pdf', samples.pdf, 'application/pdf'],
    ['照片.JPG', samples.jpeg, 'image/jpeg'],
    ['a.png', samples.png, 'image/png'],
    ['a.mp4', Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), 'video/mp4'],
    ['a.mov', Buffer.from('\0\0\0\x14ftypqt  ', 'latin1'), 'video/quicktime'],
    ['a.docx', word, `${office}.wordprocessingml.document`],
    ['a.xlsx', archiveOf('[Content_Types].xml', 'xl/workbook.xml'), `${office}.spreadsheetml.sheet`],
    ['a.ofd', archiveOf('OFD.xml', 'Doc_0/Document.xml'), 'application/ofd'],
    ['a.zip', archiveOf('1.jpg', '2.jpg'), 'application/zip'],
    ['a.doc', old, 'application/msword'],
    ['a.wps', old, 'application/msword'],
    ['a.xls', old, 'application/vnd.ms-excel'],
    ['a.txt', '二季度进展\n', 'text/plain'],
    ['a.csv', '单位,数量\n市科技局,5\n', 'text/csv'],
    ['a.txt', Buffer.from('b6fec1eab6c8', 'hex'), 'text/plain'], // GB 18030
    ['a.txt', Buffer.from('\ufeff二季度', 'utf16le'), 'text/plain'],
    ['无扩展名', samples.pdf, 'application/pdf'],
    ['附件1.第三季度', 'text', 'text/plain'],
  ])('%s is known by its bytes', async (name, content, expected) =>
    expect(await typeOf(content, name)).toBe(expected),
  );

  it.each([
    ['a.pdf', samples.png, null],
    ['a.png', samples.pdf, null],
    ['a.exe', samples.pdf, null],
    ['a.pdf', samples.pdf, 'image/png'],
    ['a.txt', 'text', 'application/pdf'],
    ['a.docx', archiveOf('xl/workbook.xml'), null],
    ['a.js', 'alert(1)', null],
    ['a', old, null],
  ])('%s of other bytes is refused', async (name, content, declared) =>
    expect(typeOf(content, name, declared)).rejects.toMatchObject({ code: 'evidence_type_differs' }),
  );

  it.each<[string, Buffer | string]>([
    ['a program of Windows', 'MZ\u0090\0'],
    ['a program of Linux', '\u007fELF'],
    ['a script', '#!/bin/sh\n'],
    ['a class', Buffer.from('cafebabe', 'hex')],
    ['a page', '<!DOCTYPE html><p>'],
    ['a page after a comment', `<!-- ${'x'.repeat(5000)} --><script>alert(1)</script>`],
    ['a picture that runs', '<?xml version="1.0"?><svg onload="alert(1)"/>'],
    ['a page in UTF-16', Buffer.from('\ufeff<html>', 'utf16le')],
    ['an archive with a program in it', archiveOf('setup.exe')],
    ['a document with macros', archiveOf('word/document.xml', 'word/vbaProject.bin')],
    ['a program of Java', archiveOf('META-INF/MANIFEST.MF', 'a.class')],
    ['an archive without its directory', word.subarray(0, 40)],
    ['bytes that nobody knows', Buffer.from([1, 2, 3, 0])],
    ['half a character', Buffer.from([0xff])],
  ])('that is %s is refused, whatever it is called', async (_, content) => {
    for (const name of ['a.txt', 'a.pdf', 'a'])
      await expect(typeOf(content, name)).rejects.toMatchObject({ code: 'evidence_type_refused' });
  });

  it('may be declared by another of its names, or by one that says nothing', async () => {
    expect(await typeOf(samples.jpeg, 'a.jpg', 'image/jpg')).toBe('image/jpeg');
    expect(await typeOf(samples.pdf, 'a.pdf', 'application/octet-stream')).toBe('application/pdf');
    expect(await typeOf('a,b', 'a.csv', 'text/csv; charset=utf-8')).toBe('text/csv');
    expect(await typeOf('a,b', 'a.csv', 'application/vnd.ms-excel')).toBe('text/csv');
  });

  it('with a character cut at the end of what is looked at is text', async () => {
    expect(await typeOf(`a${'督'.repeat(30_000)}`, 'a.txt')).toBe('text/plain');
  });
});
