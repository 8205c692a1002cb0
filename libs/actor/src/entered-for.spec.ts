import { enteredFor } from './entered-for.js';
import { isShown } from './shown.js';

const [science, finance] = ['xiangtan:市科技局', 'xiangtan:市财政局'];
const office = { id: 'office', kind: 'person', role: 'office', unit: science } as const;
const liaison = { id: 'liaison', kind: 'person', role: 'unit', unit: finance } as const;
const paper = { number: '潭财函〔2023〕7号', on: '2023-07-04' };
const sha256 = 'a'.repeat(64);
const bare = { names: [finance], paper: null, evidence: [] };

describe('what the office enters for a unit', () => {
  it('is marked and names its paper, or the stored file of it', () => {
    expect(enteredFor(office, { ...bare, paper })).toEqual({ onBehalf: true, paper });
    expect(enteredFor(office, { ...bare, evidence: [{ title: '来函', sha256 }] })).toEqual({
      onBehalf: true,
    });
  });

  it('is nothing without that: neither a title nor a link is the document', () => {
    for (const evidence of [[], [{ title: '来函' }], [{ title: '来函', url: 'https://example.org' }]])
      expect(() => enteredFor(office, { ...bare, evidence })).toThrow('paper_needed');
  });

  it('does not concern what it says for its own unit, under whatever name, unless it dates a paper back', () => {
    expect(enteredFor(office, { ...bare, names: ['xiangtan:新局', science] })).toEqual({});
    expect(() => enteredFor(office, { ...bare, names: [science], receivedOn: '2023-07-05' })).toThrow(
      'paper_needed',
    );
    expect(() => enteredFor({ ...office, unit: undefined }, { ...bare, names: [science] })).toThrow(
      'paper_needed',
    );
  });

  it('is for the office alone', () => {
    expect(enteredFor(liaison, bare)).toEqual({});
    expect(() => enteredFor(liaison, { ...bare, paper })).toThrow('paper_entry_is_for_office');
    expect(() => enteredFor(liaison, { ...bare, receivedOn: '2023-07-05' })).toThrow(
      'paper_entry_is_for_office',
    );
  });
});

describe('evidence', () => {
  it('is a stored file or a link, and no title by itself', () => {
    expect(isShown([{ title: '证书' }])).toBe(false);
    expect(isShown([{ title: '证书' }, { title: '名录', url: 'https://example.org' }])).toBe(true);
    expect(isShown([{ title: '证书', sha256 }])).toBe(true);
    expect(isShown([])).toBe(false);
  });
});
