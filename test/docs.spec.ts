import { catalogue, configurationTable, type Sentences } from '@duban/platform';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { STATUS_CODES } from 'node:http';
import { createProgram } from '../apps/cli/src/program.js';
import { exitCodes } from '../apps/cli/src/terminal/exit-codes.js';
import { fieldSentences } from '../libs/platform/src/problems/constraints.js';

const root = join(import.meta.dirname, '..');
const skipped = new Set(['node_modules', 'dist', 'out', 'coverage']);

/** All documents of the project, as paths from its root. */
function documents(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name) && !name.startsWith('.'))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return documents(path);
      return entry.name.endsWith('.md') ? [relative(root, path)] : [];
    });
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '');
const linesOf = (text: string) => text.split('\n').filter(line => line.startsWith('| '));

describe.each(documents())('%s', path => {
  it('links only to what is there', () => {
    const targets = [...withoutCode(read(path)).matchAll(/\]\(([^)#\s]+)(#[^)\s]*)?\)/g)].map(
      ([, to]) => to!,
    );
    const local = targets.filter(to => !/^[a-z]+:/.test(to));
    expect(local.filter(to => !existsSync(join(root, dirname(path), to)))).toEqual([]);
  });
});

describe('docs/errors.md', () => {
  const row = (code: string, { en, zh }: { en: string; zh: string }) => `| \`${code}\` | ${en} | ${zh} |`;
  const heading = (status: number) => `## ${status} ${STATUS_CODES[status]}`;
  const text = read('docs/errors.md');

  it('lists every code of the catalogue under its status, with both sentences', () => {
    const entries = Object.entries<Sentences>(catalogue);
    const sections = text.split(/^(?=## )/m);
    const missing = entries
      .filter(([code, sentences]) => {
        const section = sections.find(each => each.startsWith(`${heading(sentences.status)}\n`));
        return !section?.split('\n').includes(row(code, sentences));
      })
      .map(([code, sentences]) => `${heading(sentences.status)}: ${row(code, sentences)}`);
    expect(missing).toEqual([]);
  });

  it('lists every code of a field', () => {
    const rows = Object.entries(fieldSentences).map(([code, sentences]) => row(code, sentences));
    expect(rows.filter(each => !linesOf(text).includes(each))).toEqual([]);
  });

  it('lists nothing else', () => {
    const listed = linesOf(text).flatMap(line => /^\| `(\w+)` \|/.exec(line)?.[1] ?? []);
    const known = new Set([...Object.keys(catalogue), ...Object.keys(fieldSentences)]);
    expect(listed.filter(code => !known.has(code))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });
});

describe.each(['README.md', 'README.zh-CN.md'])('the table of the configuration in %s', path => {
  const rows = linesOf(read(path)).flatMap(line => {
    const [, name, value, meaning] = line.split('|').map(cell => cell.trim());
    const variable = /^`([A-Z0-9_]+)`$/.exec(name!)?.[1];
    return variable ? [{ name: variable, default: value!.replaceAll('`', ''), meaning: meaning! }] : [];
  });

  it('names every variable with its default, in order', () => {
    const expected = configurationTable.map(({ name, default: value }) => ({ name, default: value }));
    expect(rows.map(({ name, default: value }) => ({ name, default: value }))).toEqual(expected);
  });

  it('says what each is for', () => {
    if (path === 'README.md')
      expect(rows.map(({ meaning }) => meaning)).toEqual(configurationTable.map(({ meaning }) => meaning));
    expect(rows.filter(({ meaning }) => meaning.length < 4)).toEqual([]);
  });
});

describe('the two READMEs', () => {
  const blocks = (path: string) => [...read(path).matchAll(/^```[\s\S]*?^```$/gm)].map(([block]) => block);
  const links = (path: string) =>
    [...withoutCode(read(path)).matchAll(/\]\(((?!README)[^)]+)\)/g)].map(([, to]) => to).sort();

  it('have the same commands', () => {
    expect(blocks('README.md').length).toBeGreaterThan(0);
    expect(blocks('README.zh-CN.md')).toEqual(blocks('README.md'));
  });

  it('link to the same documents', () => expect(links('README.zh-CN.md')).toEqual(links('README.md')));
});

describe('docs/architecture.md', () => {
  it('names only files that are there', () => {
    const named = [
      ...read('docs/architecture.md').matchAll(/`((?:apps|libs|seeds|test|docs|bin|bench)\/[^`\s*…]+)`/g),
    ];
    expect(named.length).toBeGreaterThan(30);
    expect(named.map(([, path]) => path!).filter(path => !existsSync(join(root, path)))).toEqual([]);
  });

  it('leaves out no library and no app', () => {
    const text = read('docs/architecture.md');
    const parts = ['apps', 'libs'].flatMap(kind =>
      readdirSync(join(root, kind), { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(({ name }) => `${kind}/${name}`),
    );
    expect(parts.filter(part => !text.includes(`\`${part}`))).toEqual([]);
  });
});

describe('docs/operations.md', () => {
  it('names only metrics that the processes give', () => {
    const sources = [
      ...['apps/api/src/health/http-metrics.ts', 'libs/platform/src/metrics.ts'].map(read),
      ...readdirSync(join(root, 'apps/worker/src'), { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.ts'))
        .map(name => read(join('apps/worker/src', name))),
    ].join('\n');
    const named = [...read('docs/operations.md').matchAll(/`(duban_[a-z_]+)`/g)].map(([, name]) => name!);
    const metrics = named.filter(name => /_(seconds|head|lag|total)$/.test(name));
    expect(metrics.length).toBeGreaterThan(0);
    expect(metrics.filter(name => !sources.includes(`'${name}'`))).toEqual([]);
  });
});

describe('docs/cli.md', () => {
  const rows = linesOf(read('docs/cli.md')).map(line =>
    line.split('|').map(cell => cell.trim().replaceAll('`', '')),
  );

  it('lists every command with its arguments and what it does', () => {
    const program = createProgram(() => Promise.resolve());
    const named = program.commands.flatMap(command =>
      command.commands.length === 0
        ? [{ before: '', command }]
        : command.commands.map(each => ({ before: `${command.name()} `, command: each })),
    );
    const expected = named.map(({ before, command }) => {
      const usage = command.usage().replace('[options]', '').trim();
      return [`duban ${before}${command.name()} ${usage}`.trim(), command.description()];
    });
    const listed = rows
      .filter(([, name]) => name?.startsWith('duban '))
      .map(([, name, does]) => [name, does]);
    expect(listed.sort()).toEqual(expected.sort());
  });

  it('lists every exit code', () => {
    const listed = rows
      .filter(([, code]) => /^\d+$/.test(code!))
      .map(([, code, name]) => [name, Number(code)]);
    expect(Object.fromEntries(listed)).toEqual(exitCodes);
  });
});

describe('CHANGELOG.md', () => {
  it('has a place for what is not released yet', () =>
    expect(read('CHANGELOG.md')).toMatch(/^## \[Unreleased\]$/m));
});
