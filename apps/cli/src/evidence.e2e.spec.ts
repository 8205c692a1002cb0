import { loadConfiguration } from '@duban/platform';
import { type Core, createCore, type Request } from '@duban/supervision';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { duban, printed } from '../../../test/support/duban.js';

type Report = { ok: boolean; files: number; faults: { sha256: string; kind: string }[] };

let database: TestDatabase;
let folder: string;
let core: Core;
let env: Record<string, string>;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'duban-evidence-'));
  env = { DATABASE_URL: database.url, EVIDENCE_FOLDER: folder, EVIDENCE_RESERVE_BYTES: '0' };
  core = await createCore({ ...loadConfiguration(env), databaseUrl: database.url }, 'evidence-spec');
});
afterAll(async () => {
  await core.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const request: Request = { actor: { id: 'office', kind: 'person', role: 'office' }, channel: 'cli' };
const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

async function store(text: string): Promise<string> {
  const content = Readable.from([Buffer.from(text)]);
  const file = await core.evidence.receive(request, { content, name: 'a.txt', declared: null });
  return (await core.evidence.keep(request, file)).id;
}

describe('duban evidence verify', () => {
  it('is content with what was handed in, and names each file that is not that any more', async () => {
    const [good, damaged, missing, left] = [
      await store('1'),
      await store('2'),
      await store('3'),
      await store('4'),
    ];
    const whole = await duban(['evidence', 'verify'], env);
    expect([whole.code, whole.stdout]).toEqual([
      0,
      `4 files in ${folder}, 0.0 MB: every one has its hash.\n`,
    ]);
    await core.evidence.withdraw(request, left, { reason: '涉密', removeBytes: true });
    writeFileSync(pathOf(left), '4');
    writeFileSync(pathOf(damaged), '?');
    rmSync(pathOf(missing));
    const found = await duban(['evidence', 'verify', '--json'], env);
    const { ok, files, faults } = printed<Report>(found);
    expect([found.code, ok, files]).toEqual([4, false, 4]);
    expect(Object.fromEntries(faults.map(({ sha256, kind }) => [sha256, kind]))).toEqual({
      ...{ [damaged]: 'damaged', [missing]: 'missing', [left]: 'not_removed' },
    });
    expect((await duban(['evidence', 'verify'], env)).stdout).not.toContain(good);
  });

  it('says when the store cannot be asked', async () => {
    const away = {
      EVIDENCE_S3_URL: 'http://127.0.0.1:9/duban',
      EVIDENCE_S3_KEY_ID: 'k',
      EVIDENCE_S3_SECRET: 'b7f1c0d94e2a',
    };
    const { code, stderr } = await duban(['evidence', 'verify'], { ...env, ...away });
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('http://127.0.0.1:9/duban cannot be asked: ECONNREFUSED'),
    ]);
  });
});

describe('duban doctor', () => {
  it('says where files lie, and when nobody can write there', async () => {
    const well = await duban(['doctor'], env);
    expect(well.stdout).toMatch(new RegExp(`ok +evidence +${folder}, [\\d.]+ GB free`));
    writeFileSync(join(folder, 'file'), '');
    const ill = await duban(['doctor'], { ...env, EVIDENCE_FOLDER: join(folder, 'file') });
    expect([ill.code, ill.stdout]).toEqual([
      3,
      expect.stringMatching(/FAULT +evidence .*set EVIDENCE_FOLDER/),
    ]);
  });
});
