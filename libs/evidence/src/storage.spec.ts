import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { s3Access, S3Server } from '../../../test/support/s3-server.js';
import { type EvidenceStorage, verified } from './evidence-storage.js';
import { LocalStorage } from './local-storage.js';
import { clearAbandoned, receiveFile } from './receive-file.js';
import { S3Storage } from './s3-storage.js';
import { verifyFile } from './verify-evidence.js';

let folder: string;
let incoming: string;
let s3: S3Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-files-'));
  incoming = join(folder, 'incoming');
  s3 = await S3Server.open();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await s3.close();
});

const limits = { bytes: 1_000_000, reserve: 0 };
const receive = (content: Buffer, more = {}) =>
  receiveFile(Readable.from([content.subarray(0, 10), content.subarray(10)]), incoming, {
    ...limits,
    ...more,
  });
const sha256Of = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const content = randomBytes(200_000);
const sha256 = sha256Of(content);

async function read(storage: EvidenceStorage): Promise<Buffer> {
  const chunks = [];
  for await (const chunk of verified(await storage.open(sha256), sha256)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('receiving a file', () => {
  it('hashes and counts it on its way to the disk', async () => {
    const file = await receive(content);
    expect(file).toMatchObject({ sha256, size: 200_000 });
    expect(readFileSync(file.path).equals(content)).toBe(true);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['that is too large', { bytes: 199_999 }, 'evidence_too_large'],
    ['for which the disk has no room', { reserve: Number.MAX_SAFE_INTEGER }, 'evidence_storage_full'],
  ])('%s leaves nothing behind', async (_, more, code) => {
    await expect(receive(content, more)).rejects.toMatchObject({ code });
    expect(readdirSync(incoming)).toEqual([]);
  });

  it('that is empty is refused', async () => {
    await expect(receive(Buffer.alloc(0))).rejects.toMatchObject({ code: 'evidence_empty' });
    expect(readdirSync(incoming)).toEqual([]);
  });

  it('that does not come to its end leaves nothing behind', async () => {
    async function* broken() {
      yield content;
      await Promise.resolve();
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    }
    await expect(receiveFile(Readable.from(broken()), incoming, limits)).rejects.toMatchObject({
      code: 'evidence_interrupted',
    });
    expect(readdirSync(incoming)).toEqual([]);
  });

  it('into a folder that cannot be made says that the store is away', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(
      receiveFile(Readable.from([content]), join(folder, 'file', 'incoming'), limits),
    ).rejects.toMatchObject({ code: 'evidence_storage_unavailable', params: { reason: 'ENOTDIR' } });
  });

  it('that a killed process left is cleared after a day', async () => {
    const [old, fresh] = [await receive(content), await receive(content)];
    utimesSync(old.path, 0, 0);
    expect(await clearAbandoned(incoming)).toBe(1);
    expect([existsSync(old.path), existsSync(fresh.path)]).toEqual([false, true]);
    expect(await clearAbandoned(join(folder, 'nothing'))).toBe(0);
  });
});

describe.each<[string, () => EvidenceStorage]>([
  ['a folder', () => new LocalStorage(folder)],
  ['a bucket', () => new S3Storage(`${s3.url}/duban/files/`, s3Access)],
])('%s', (_, open) => {
  it('keeps a file under its hash, once, and takes it from where it came in', async () => {
    const storage = open();
    for (let n = 0; n < 2; n++) {
      await storage.put(await receive(content));
      expect(readdirSync(incoming)).toEqual([]);
      expect((await read(storage)).equals(content)).toBe(true);
    }
  });

  it('says what is not there, and removes what is', async () => {
    const storage = open();
    await expect(storage.open(sha256)).rejects.toMatchObject({ code: 'evidence_missing' });
    await storage.put(await receive(content));
    await storage.remove(sha256);
    await storage.remove(sha256);
    await expect(storage.open(sha256)).rejects.toMatchObject({ code: 'evidence_missing' });
  });

  it('can be tried, and keeps nothing of that', async () => {
    await open().probe();
    expect(readdirSync(folder)).toEqual([]);
    expect([...s3.objects]).toEqual([]);
  });

  it('is verified file by file', async () => {
    const storage = open();
    const file = {
      sha256,
      size: 1,
      mediaType: 'application/pdf',
      uploads: [],
      attachedTo: [],
      withdrawn: null,
    };
    const removed = { ...file, withdrawn: { on: '2023-07-04', by: 'o', reason: 'x', bytesRemoved: true } };
    expect(await verifyFile(storage, file)).toEqual({ sha256, kind: 'missing' });
    expect(await verifyFile(storage, removed)).toBeNull();
    await storage.put(await receive(content));
    expect(await verifyFile(storage, file)).toBeNull();
    expect(await verifyFile(storage, removed)).toEqual({ sha256, kind: 'not_removed' });
    damage();
    expect(await verifyFile(storage, file)).toEqual({ sha256, kind: 'damaged' });
  });

  it('never gives a damaged file whole', async () => {
    const storage = open();
    await storage.put(await receive(content));
    damage();
    let given = 0;
    const reading = async () => {
      for await (const chunk of verified(await storage.open(sha256), sha256)) given += chunk.length;
    };
    await expect(reading()).rejects.toMatchObject({ code: 'evidence_damaged' });
    expect(given).toBeLessThan(content.length);
  });

  function damage(): void {
    const changed = Buffer.from(content);
    changed[0] = changed[0]! ^ 1;
    const path = join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    if (existsSync(path)) writeFileSync(path, changed);
    for (const key of s3.objects.keys()) s3.objects.set(key, changed);
  }
});

describe('a folder', () => {
  it('lays files out by their hash, for its own account alone', async () => {
    await new LocalStorage(folder).put(await receive(content));
    const path = join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, sha256.slice(0, 2))).mode & 0o777).toBe(0o700);
  });

  it('is put right by the same file again', async () => {
    const storage = new LocalStorage(folder);
    await storage.put(await receive(content));
    writeFileSync(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'half');
    await storage.put(await receive(content));
    expect((await read(storage)).equals(content)).toBe(true);
  });

  it('that is none says so', async () => {
    writeFileSync(join(folder, 'file'), '');
    chmodSync(join(folder, 'file'), 0o600);
    await expect(new LocalStorage(join(folder, 'file')).probe()).rejects.toMatchObject({
      code: 'evidence_storage_unavailable',
    });
  });
});

describe('a bucket', () => {
  const bucket = (more = {}) => new S3Storage(`${s3.url}/duban`, { ...s3Access, ...more });

  it('gets a file once, under bucket, prefix and hash', async () => {
    const storage = new S3Storage(`${s3.url}/duban/files`, s3Access);
    await storage.put(await receive(content));
    await storage.put(await receive(content));
    const path = `/duban/files/${sha256}`;
    expect(s3.asked).toEqual([`HEAD ${path}`, `PUT ${path}`, `HEAD ${path}`]);
    expect(s3.objects.get(path)?.equals(content)).toBe(true);
  });

  it.each([{ secret: 'another' }, { keyId: 'another' }, { region: 'another' }])(
    'lets nobody in with %j',
    async wrong => {
      await expect(bucket(wrong).probe()).rejects.toMatchObject({
        code: 'evidence_storage_unavailable',
        params: { reason: 'HTTP 403' },
      });
    },
  );

  it('that received something else than was signed refuses it', async () => {
    const file = await receive(content);
    await expect(bucket().put({ ...file, sha256: sha256Of(Buffer.from('x')) })).rejects.toMatchObject({
      params: { reason: 'HTTP 400' },
    });
    expect(existsSync(file.path)).toBe(true);
  });

  it.each([
    [507, 'evidence_storage_full'],
    [500, 'evidence_storage_unavailable'],
    [503, 'evidence_storage_unavailable'],
  ])('that answers %i is told as %s', async (status, code) => {
    s3.failWith = status;
    await expect(bucket().put(await receive(content))).rejects.toMatchObject({ code });
    await expect(bucket().open(sha256)).rejects.toMatchObject({ code });
    await expect(bucket().remove(sha256)).rejects.toMatchObject({ code });
  });

  it('that is not there is told as such', async () => {
    const storage = bucket();
    await s3.close();
    await expect(storage.open(sha256)).rejects.toMatchObject({
      code: 'evidence_storage_unavailable',
      params: { reason: 'ECONNREFUSED' },
    });
    await expect(storage.put(await receive(content))).rejects.toMatchObject({
      params: { reason: 'ECONNREFUSED' },
    });
  });
});
