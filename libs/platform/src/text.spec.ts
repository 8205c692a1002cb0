import fc from 'fast-check';
import { validateSync } from 'class-validator';
import { Problem } from './problems/problem.js';
import { cleanText, IsCleanText, textFault } from './text.js';

const decomposed = 'e\u0301';

describe('the check of a text', () => {
  it.each([
    ['市科技局 👍', null],
    ['a\uD800b', 'text_ill_formed'],
    ['a\0b', 'text_with_null'],
    ['a\u001b[2J', 'text_with_control'],
    ['a\u009b', 'text_with_control'],
    ['一\t二\r\n', null],
    [decomposed, 'text_not_nfc'],
    [' \u3000\n', 'text_blank'],
    ['一二三四五六七八九十一', 'text_too_long'],
    ['👍'.repeat(10), null],
    ['👍'.repeat(11), 'text_too_long'],
  ])('of %j finds %s', (text, fault) => expect(textFault(text, { max: 10 })).toBe(fault));

  it('lets blanks pass where they may', () => expect(textFault('', { max: 10, blank: true })).toBeNull());
});

describe('cleaning a text', () => {
  it('mends the spelling and cuts blanks', () => expect(cleanText(` ${decomposed}\n`, { max: 1 })).toBe('é'));

  it('refuses what cannot be mended', () => {
    expect(() => cleanText('a\0', { max: 5 })).toThrow(new Problem('text_with_null', { max: 5 }));
  });

  it('gives text that passes the check, or refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const limits = { max: 20 };
        try {
          expect(textFault(cleanText(text, limits), limits)).toBeNull();
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
    );
  });
});

describe('a DTO with a clean text', () => {
  class Note {
    @IsCleanText({ max: 5 })
    text: unknown;
    constructor(text: unknown) {
      this.text = text;
    }
  }

  it.each([
    ['五个字的话', 0],
    ['六个字的话了', 1],
    [7, 1],
    [undefined, 1],
  ])('holding %j has %i faults', (text, faults) => {
    expect(validateSync(new Note(text))).toHaveLength(faults);
  });
});
