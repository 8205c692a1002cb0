import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@duban/platform';
import { testDatabase, type TestDatabase } from './support/database.js';
import { Reader, root, Running, shellBlocks } from './support/documents.js';

const blocks = shellBlocks('README.md');
const printed = 'http://127.0.0.1:3000';
const patience = 300_000;

let folder: string;
let database: TestDatabase;
let running: Running;

async function begin(): Promise<Record<string, string>> {
  folder = mkdtempSync(join(tmpdir(), 'duban-readme-'));
  database = await testDatabase({ empty: true });
  return { DATABASE_URL: database.url, REDIS_URL: '', NODE_ENV: 'test' };
}

async function end(): Promise<void> {
  await running.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}

describe('the commands of the README for a running demo', () => {
  let reader: Reader;
  let url: string;
  const commands = blocks.filter(({ mark }) => mark === '');

  beforeAll(async () => {
    const env = await begin();
    running = new Running(['demo', '--plans', '004', '--until', '2023-07-31'], folder, env);
    url = await running.shows(out => /doors[^]*?(http:\/\/127\.0\.0\.1:\d+)/.exec(out)?.[1]);
    reader = new Reader(folder, env);
  }, patience);
  afterAll(end, patience);

  it('are there', () => expect(commands.length).toBeGreaterThan(4));

  it.each(commands.map(({ text }) => [text.split('\n')[0], text]))('work as printed: %s', (_, text) => {
    const { code, err, answers } = reader.run(text.replaceAll(printed, url));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const asked = text.match(/^curl /gm)?.length ?? 0;
    expect(answers.filter(({ status }) => status === 200 || status === 201)).toHaveLength(asked);
    expect(answers).toHaveLength(asked);
  });

  it('answer a report that is sent again as before, and record nothing', () => {
    const { text } = commands.find(each => each.text.includes('Idempotency-Key'))!;
    const [answer] = reader.run(text).answers;
    expect(answer?.body).toMatchObject({ id: '004:5.2', replayed: true, events: ['ProgressReported'] });
  });
});

describe('the commands of the README for a ledger of one’s own', () => {
  let reader: Reader;
  const commands = blocks.filter(({ mark }) => mark === 'ledger');

  beforeAll(async () => {
    const env = { ...(await begin()), PORT: String(await freePort()), DUBAN_HOME: folder };
    running = new Running(['up'], folder, env);
    await running.shows(out => (out.includes('Duban is up') ? true : null));
    reader = new Reader(folder, env);
  }, patience);
  afterAll(end, patience);

  it.each(commands.flatMap(({ text }) => text.trim().split('\n')))('work as printed: %s', line => {
    const { code, out } = reader.run(line);
    expect(code).toBe(0);
    expect(out.trim()).not.toBe('');
  });
});

describe('the commands of the README that set up what the others use', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const lines = blocks
    .filter(({ mark }) => mark === 'no-test')
    .flatMap(({ text }) => text.trim().split('\n'));

  it('are scripts of the package, and run what is run here', () => {
    const named = lines.flatMap(line => [...line.matchAll(/npm (?:run )?(\w+)/g)].map(([, name]) => name!));
    expect(named.filter(name => name !== 'ci' && !scripts[name])).toEqual([]);
    expect(scripts['demo']).toMatch(/ bin\/duban\.js demo$/);
    expect(scripts['start']).toMatch(/ bin\/duban\.js up$/);
  });

  it('name services of docker-compose.yml', () => {
    const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
    const services = lines.flatMap(line => /docker compose run --rm (\w+)/.exec(line)?.[1] ?? []);
    expect(services.length).toBeGreaterThan(0);
    expect(services.filter(name => !compose.includes(`\n  ${name}:\n`))).toEqual([]);
  });

  it('are few', () => expect(lines.length).toBeLessThan(8));
});
