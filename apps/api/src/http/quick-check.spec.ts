import { type Type as Class } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import fc from 'fast-check';
import * as batches from '../batches/batch.dto.js';
import * as indicators from '../indicators/indicator.dto.js';
import * as keys from '../keys/key.dto.js';
import * as plans from '../plans/plan.dto.js';
import * as reminders from '../reminders/reminder.dto.js';
import * as bulletins from '../rollups/bulletin.dto.js';
import * as rollups from '../rollups/rollup.dto.js';
import * as rounds from '../rounds/round.dto.js';
import * as submissions from '../submissions/submission.dto.js';
import * as tasks from '../tasks/task.dto.js';
import * as units from '../units/unit.dto.js';
import { passes, rulesOf } from './quick-check.js';
import * as values from './values.dto.js';

const modules = [
  batches,
  indicators,
  keys,
  plans,
  reminders,
  bulletins,
  rollups,
  rounds,
  submissions,
  tasks,
  units,
  values,
];
const isBody = (name: string, given: unknown): given is Class =>
  typeof given === 'function' && name.endsWith('Dto');
const bodies = modules.flatMap(module =>
  Object.entries(module).flatMap(([name, given]) => (isBody(name, given) ? [given as Class] : [])),
);

const texts = [
  ...['004', '3.1', 'xiangtan:市科技局', '市科技局', '推进中', '', ' ', 'x'.repeat(201), '\u0000', 'a/b'],
  ...[
    '2023-07-15',
    '2023-02-30',
    '2023Q2',
    '2023',
    '2023-07-15T00:00:00.000Z',
    'https://example.org/a',
    'ftp:',
  ],
  ...['lead', 'plain', 'stated', 'accept', 'return', 'grant', 'refuse', 'person', 'unit', 'bureau', 'more'],
  ...['a'.repeat(64), 'quarter', 'sum', 'stock', 'table', 'in_charge', '>='],
];
const leaf = fc.oneof(
  fc.constantFrom<unknown>(...texts),
  fc.constantFrom<unknown>(0, 1, 60, 101, -1, 2.5, 1e16, true, false),
  fc.array(fc.constantFrom<unknown>(...texts, 1), { maxLength: 3 }),
  fc.constantFrom<unknown>({}, [{}], [[]], { unknown: 1 }),
);

/** Objects with the fields of a DTO, mostly, and values of every kind in them. */
function like(type: Class, depth = 0): fc.Arbitrary<object> {
  const fields = [...(rulesOf(type) ?? [])].map(([property, { part }]) => {
    const of = part && depth < 2 ? like(part(), depth + 1) : null;
    const value = of ? fc.oneof(of, fc.array(of, { maxLength: 2 }), leaf) : leaf;
    return [property, value] as const;
  });
  const known = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const stray = fc.record({ stray: leaf }, { requiredKeys: [] });
  return fc
    .tuple(known, fc.boolean(), stray)
    .map(([one, mixed, more]) => (mixed ? { ...one, ...more } : one));
}

/** One field after the other is given the first value that it takes alone: so most fields of the result are right. */
async function rightly(type: Class): Promise<object> {
  const candidates = [...texts, 1, 60, true, [], ['市科技局']];
  const body: Record<string, unknown> = {};
  for (const [property, { part }] of rulesOf(type) ?? []) {
    const given = part ? [await rightly(part())] : [];
    for (const value of [...given, ...given.map(one => [one]), ...candidates]) {
      const faults = await faultsOf(type, { ...body, [property]: value });
      if (faults.some(fault => fault.property === property)) continue;
      body[property] = value;
      break;
    }
  }
  return body;
}

const faultsOf = (type: Class, body: object) =>
  validate(plainToInstance(type, body) as object, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  });

describe('the quick check', () => {
  it.each(bodies.map(type => [type.name, type] as const))(
    'judges %s as class-validator does',
    async (_, type) => {
      expect(rulesOf(type)).not.toBeNull();
      const right = await rightly(type);
      expect(await faultsOf(type, right)).toEqual([]);
      expect(passes(type, right)).toBe(true);
      const asRight = like(type).map(some => ({ ...right, ...some }));
      await fc.assert(
        fc.asyncProperty(fc.oneof(like(type), asRight), async body => {
          const faults = await faultsOf(type, body);
          expect(passes(type, body)).toBe(faults.length === 0);
          if (faults.length === 0) expect({ ...plainToInstance(type, body) }).toMatchObject(body);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('leaves to class-validator what it does not know', () => {
    expect(rulesOf(class Unruled {})?.size).toBe(0);
    expect(passes(class Unruled {}, { any: 1 })).toBe(false);
  });
});
