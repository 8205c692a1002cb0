import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase, type TestDatabase } from './support/database.js';
import { Reader, root, Running, shellBlocks } from './support/documents.js';

// In the order in which a quarter is lived: what one page records, a later one reads.
const pages = ['unit-liaison', 'supervision-office', 'scheduler', 'leader-in-charge', 'auditor', 'operator'];
const printed = 'http://127.0.0.1:3000';
const patience = 300_000;
const pathOf = (page: string) => `docs/guide/${page}.md`;

let folder: string;
let database: TestDatabase;
let running: Running;
let env: Record<string, string>;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'duban-guide-'));
  database = await testDatabase({ empty: true });
  env = { DATABASE_URL: database.url, REDIS_URL: '', NODE_ENV: 'test' };
  const [start] = shellBlocks('docs/guide/README.md').filter(({ mark }) => mark === 'no-test');
  const options = start!.text.trim().replace('npm run demo -- ', '').split(' ');
  running = new Running(['demo', ...options], folder, env);
  url = await running.shows(out => /doors[^]*?(http:\/\/127\.0\.0\.1:\d+)/.exec(out)?.[1]);
}, patience);
afterAll(async () => {
  await running.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}, patience);

it('there is a page for each role, and each is linked', () => {
  const files = readdirSync(join(root, 'docs/guide')).filter(name => name !== 'README.md');
  expect(files.sort()).toEqual(pages.map(page => `${page}.md`).sort());
  const index = readFileSync(join(root, 'docs/guide/README.md'), 'utf8');
  expect(pages.filter(page => !index.includes(`(${page}.md)`))).toEqual([]);
});

describe.each(pages)('the page %s', page => {
  const blocks = shellBlocks(pathOf(page)).filter(({ mark }) => mark !== 'no-test');
  let reader: Reader;
  beforeAll(() => void (reader = new Reader(folder, env)));

  it('has ten steps', () => {
    const steps = readFileSync(join(root, pathOf(page)), 'utf8').match(/^## \d+\./gm) ?? [];
    expect(steps).toEqual(Array.from({ length: 10 }, (_, n) => `## ${n + 1}.`));
    expect(blocks.length).toBeGreaterThanOrEqual(10);
  });

  it.each(blocks.map(({ text }, n) => [n, text]))('works as printed: block %i', (_, text) => {
    const { code, out, err, answers } = reader.run(text.replaceAll(printed, url));
    const statuses = out.match(/^\d{3}$/gm) ?? [];
    const refused = statuses.filter(status => !status.startsWith('2'));
    expect({ text, code, refused, said: refused.length > 0 || code !== 0 ? out + err : '' }).toEqual({
      ...{ text, code: 0, refused: [], said: '' },
    });
    const items = answers.flatMap(({ body }) => (body as { results?: { status: number }[] }).results ?? []);
    expect(items.filter(({ status }) => status !== 201)).toEqual([]);
    // What goes into a file tells its status there.
    const shown =
      (text.match(/^curl /gm) ?? []).length - (text.match(/^(?!printf).* > [\w.]+$/gm) ?? []).length;
    if (!text.includes('npx duban')) expect(statuses).toHaveLength(shown);
  });
});
