import { type JsonObject } from './json.js';
import { personalPointers, valueAt, withTexts, withValues } from './personal-fields.js';

const data: JsonObject = {
  phone: '138',
  contact: { phone: '139', note: null, 'a/b~c': 1 },
  people: [{ name: 'x', phones: ['1', ['2']] }, { name: 'y' }],
  empty: {},
};

describe('the pointers of personal fields', () => {
  it.each([
    [['/phone'], ['/phone']],
    [['/contact/phone', '/contact/note', '/contact/fax'], ['/contact/phone']],
    [['/people/*/name'], ['/people/0/name', '/people/1/name']],
    [['/people/*/phones/*'], ['/people/0/phones/0', '/people/0/phones/1']],
    [['/contact/a~1b~0c'], ['/contact/a~1b~0c']],
    [['/contact/phone', '/contact'], ['/contact']],
    [['/people/*/phones/1', '/people/0/phones'], ['/people/0/phones']],
    [['/phone', '/phone'], ['/phone']],
    [['/phone/0', '/empty/x', '/__proto__/x', '/people/length'], []],
  ])('of %j are %j', (fields, pointers) => expect(personalPointers(data, fields)).toEqual(pointers));

  it('lead to their values', () => {
    expect(valueAt(data, '/contact/a~1b~0c')).toBe(1);
    expect(valueAt(data, '/people/0/phones/1')).toEqual(['2']);
    for (const nowhere of ['/contact/fax', '/phone/length', '/constructor'])
      expect(valueAt(data, nowhere)).toBeUndefined();
  });
});

it('puts other values in their places, in a copy', () => {
  const changed = withValues(
    data,
    new Map([
      ['/people/0/phones/1', 's1'],
      ['/contact/a~1b~0c', 's2'],
    ]),
  );
  expect(changed).toEqual({
    ...data,
    contact: { phone: '139', note: null, 'a/b~c': 's2' },
    people: [{ name: 'x', phones: ['1', 's1'] }, { name: 'y' }],
  });
  expect(valueAt(data, '/people/0/phones')).toEqual(['1', ['2']]);
});

it('replaces texts wherever they stand, and gives back what has none', () => {
  expect(withTexts(data, text => (text === '2' ? { two: 2 } : text))).toEqual({
    ...data,
    people: [{ name: 'x', phones: ['1', [{ two: 2 }]] }, { name: 'y' }],
  });
  expect(withTexts(data, text => text)).toBe(data);
});
