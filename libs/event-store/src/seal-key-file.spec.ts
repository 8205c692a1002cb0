import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOfKey } from './seal.js';
import { SealKeyFile } from './seal-key-file.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'duban-seal-key-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const fileIn = (...path: string[]) => new SealKeyFile(join(folder, ...path));

describe('the file of the key that seals', () => {
  it('is made once, also by several at once, for its owner alone', async () => {
    const keys = await Promise.all([1, 2, 3, 4].map(() => fileIn('home', 'seal.key').ensure()));
    expect(new Set(keys.map(nameOfKey)).size).toBe(1);
    expect(nameOfKey(await fileIn('home', 'seal.key').read())).toBe(nameOfKey(keys[0]!));
    expect(statSync(join(folder, 'home', 'seal.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'home'))).toEqual(['seal.key']);
  });

  it('says what is wrong with it', async () => {
    await expect(fileIn('none').read()).rejects.toThrow(
      /^the key that seals cannot be used: .*none \(ENOENT\)$/,
    );
    writeFileSync(join(folder, 'bad'), 'not a key');
    await expect(fileIn('bad').ensure()).rejects.toMatchObject({ name: 'SealKeyUnusable' });
    await expect(fileIn('bad', 'below').ensure()).rejects.toMatchObject({ name: 'SealKeyUnusable' });
  });
});
