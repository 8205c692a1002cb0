import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MasterKeyFile } from './master-key-file.js';
import { fingerprintOf, MasterKeyMissing, MasterKeyWrong } from './master-keys.js';

let folder: string;
let file: MasterKeyFile;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'master-key-'));
  file = new MasterKeyFile(join(folder, 'master-key'));
});
afterEach(() => rm(folder, { recursive: true }));

it('is made once, for its owner alone', async () => {
  const made = await Promise.all([file.ensure(), file.ensure(), file.ensure()]);
  expect(made.filter(Boolean)).toHaveLength(1);
  expect((await stat(file.path)).mode & 0o777).toBe(0o600);
  const [key] = await file.read();
  expect(key).toHaveLength(32);
  expect(await file.ensure()).toBe(false);
  expect(await file.read()).toEqual([key]);
  expect(await readdir(folder)).toEqual(['master-key']);
});

it('is exchanged by way of a next one, and the old one is kept', async () => {
  await file.ensure();
  const [old] = await file.read();
  const next = await file.prepareNext();
  expect(await file.prepareNext()).toBe(next); // an exchange that was broken off goes on
  expect((await file.read()).map(fingerprintOf)).toEqual([fingerprintOf(old!), next]);
  const kept = await file.adoptNext();
  expect((await file.read()).map(fingerprintOf)).toEqual([next]);
  expect(Buffer.from((await readFile(kept, 'utf8')).trim(), 'hex')).toEqual(old);
});

it('says what is wrong with it', async () => {
  await expect(file.read()).rejects.toThrow(MasterKeyMissing);
  await writeFile(file.path, 'secret');
  await expect(file.read()).rejects.toThrow(MasterKeyWrong);
  await expect(file.read()).rejects.not.toThrow('secret');
  await expect(new MasterKeyFile(join(file.path, 'x')).read()).rejects.toThrow('ENOTDIR');
});
