import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GoldenUpcast, specForUpcasters, type UpcasterRegistry } from './spec-for-upcasters.js';
import { registerWeighed } from './weighed-example.js';

const golden = join(import.meta.dirname, '../golden');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'golden-'));
  await cp(golden, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const change = async (file: string, edit: (golden: GoldenUpcast) => object) => {
  const path = join(folder, file);
  await writeFile(path, JSON.stringify(edit(JSON.parse(await readFile(path, 'utf8')) as GoldenUpcast)));
};
const check = (register: (registry: UpcasterRegistry) => void = registerWeighed) =>
  specForUpcasters(register, folder);

it('is content when every old schema has its example and reads as it says', () =>
  specForUpcasters(registerWeighed, golden));

it('misses an example', async () => {
  await rm(join(folder, 'Weighed.v2.json'));
  await expect(check()).rejects.toThrow('Weighed.v2.json is missing');
});

it('finds one that reads otherwise today', async () => {
  await change('Weighed.v1.json', one => ({ ...one, event: { ...one.event, grams: 4535 } }));
  await expect(check()).rejects.toThrow('Weighed.v1.json is stale');
});

it('finds one that says another schema than its name', async () => {
  await change('Weighed.v1.json', one => ({ ...one, schema: 2 }));
  await expect(check()).rejects.toThrow('Weighed.v1.json names another type or schema');
});

it('finds one whose upcaster is gone', async () => {
  await writeFile(join(folder, 'Gone.v1.json'), '{}');
  await expect(check()).rejects.toThrow('Gone.v1.json belongs to no upcaster');
});

it('holds upcasters to the ladder, and to leave alone what they are given', async () => {
  const step = (registry: UpcasterRegistry) => registry.registerUpcaster('Weighed', 3, data => data);
  await expect(check(step)).rejects.toThrow('Weighed schema 1');
  const changing = (registry: UpcasterRegistry) =>
    registry.registerUpcaster('Weighed', 1, data => Object.assign(data, { kilograms: 1 }), 3);
  await expect(
    check(registry => {
      changing(registry);
      registry.registerUpcaster('Weighed', 2, data => data);
    }),
  ).rejects.toThrow(TypeError);
});
