import { languageOf } from './language.js';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['*', 'zh'],
    ['fr', 'zh'],
    ['en', 'en'],
    ['en-GB,en;q=0.8,zh;q=0.5', 'en'],
    ['fr, en;q=0.4, zh-CN;q=0.6', 'zh'],
    ['en;q=0, zh;q=0.1', 'zh'],
    ['en;q=0', 'zh'],
    ['zh-Hans-CN', 'zh'],
    ['EN', 'en'],
  ])('for %j is %s', (header, language) => expect(languageOf(header)).toBe(language));
});
