import { between } from './document.js';

const [begin, end] = ['<!-- figures of npm run bench: begin -->', '<!-- figures of npm run bench: end -->'];

it('writes figures between the marks and leaves the rest', () =>
  expect(between(`before\n${begin}\nold\n${end}\nafter\n`, 'new')).toBe(
    `before\n${begin}\n\nnew\n\n${end}\nafter\n`,
  ));

it('refuses a document without marks', () => expect(() => between('text', 'new')).toThrow(begin));
