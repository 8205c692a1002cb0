import { type JsonObject, Upcasters } from '@duban/event-store';
import { upcasters as steps } from '@duban/supervision';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { refold } from '../apps/cli/src/commands/verify-folds.js';

/** An event as it was stored once. */
type Stored = { type: string; schema: number; effectiveOn: string; data: JsonObject };
/** With those before it in its stream, and the state that they folded to when it was kept. */
type Golden = Stored & { stream: string; before: readonly Stored[]; state: unknown };

const root = join(import.meta.dirname, '..');
const files = readdirSync(join(root, 'test/golden')).sort();
const upcasters = new Upcasters();
for (const { type, from, upcast, to } of steps) upcasters.register(type, from, upcast, to);

/** Every `type` that stands in a type named `…Event` of a library. */
function eventTypes(): string[] {
  const sources = readdirSync(join(root, 'libs'), { recursive: true, encoding: 'utf8' })
    .filter(name => /^\w[\w-]*\/src\/[\w-]+\.ts$/.test(name) && !name.includes('example'))
    .map(name =>
      ts.createSourceFile(name, readFileSync(join(root, 'libs', name), 'utf8'), ts.ScriptTarget.Latest, true),
    );
  const types: string[] = [];
  const collect = (node: ts.Node): void => {
    if (
      ts.isPropertySignature(node) &&
      node.name.getText() === 'type' &&
      node.type &&
      ts.isLiteralTypeNode(node.type)
    )
      types.push(node.type.getText().slice(1, -1));
    node.forEachChild(collect);
  };
  for (const source of sources)
    source.forEachChild(node => {
      if (ts.isTypeAliasDeclaration(node) && /\wEvent$/.test(node.name.text)) collect(node);
    });
  return types;
}

it('has an example of every event type in every schema that was ever written', () => {
  const types = eventTypes();
  expect(types.length).toBeGreaterThan(80);
  const wanted = types.flatMap(type =>
    Array.from({ length: upcasters.current(type) }, (_, index) => `${type}.v${index + 1}.json`),
  );
  expect(files).toEqual(wanted.sort());
});

const today = ({ type, schema, data, effectiveOn }: Stored) => ({
  type,
  ...upcasters.apply(type, schema, data),
  effectiveOn,
});

/** Changes nothing that it is given, like what is read from a store. */
function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object') Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

// States may come to hold more; what they held must stay as it was.
describe.each(files)('%s', file => {
  const golden = frozen(JSON.parse(readFileSync(join(root, 'test/golden', file), 'utf8')) as Golden);
  const { stream, type, schema, before, state } = golden;

  it('is folded today as it was then', () => {
    expect(file).toBe(`${type}.v${schema}.json`);
    const folding = refold[stream.slice(0, stream.indexOf('-'))];
    const folded = [...before, golden].reduce(
      (now, each) => folding?.evolve(now, today(each)),
      folding?.initial,
    );
    expect({ state: JSON.parse(JSON.stringify(folded)) as unknown }).toMatchObject({ state });
  });
});
