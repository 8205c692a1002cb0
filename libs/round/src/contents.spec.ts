import { askedItems, lackingIn, leftOpenBy, quarterCoveredBy, subjectOf } from './contents.js';
import { asked, handedIn, itemOf, paper, valueOf } from './submission-examples.js';

const nothing = { items: [], summary: null, evidence: [] };

describe('subjectOf', () => {
  it('is the task or the indicator', () =>
    expect([itemOf('004:3.1'), valueOf('004:i12')].map(subjectOf)).toEqual(['004:3.1', '004:i12']));
});

describe('lackingIn', () => {
  it('is everything while nothing is there', () =>
    expect(lackingIn(asked, nothing)).toEqual({ items: askedItems(asked), evidence: true, summary: true }));
  it('is nothing once all is there', () =>
    expect(lackingIn(asked, handedIn(1))).toEqual({ items: [], evidence: false, summary: false }));
  it('counts no title by itself as evidence', () => {
    const titled = { ...handedIn(1), evidence: [{ title: 'summary' }] };
    expect(lackingIn(asked, titled).evidence).toBe(true);
    expect(
      lackingIn(asked, { ...titled, evidence: [{ title: 'summary', url: 'https://example.org/1' }] })
        .evidence,
    ).toBe(false);
  });
  it('counts no evidence without a single item', () =>
    expect(lackingIn({ ...asked, tasks: [], indicators: [] }, nothing).evidence).toBe(true));
});

describe('quarterCoveredBy', () => {
  it.each([
    ['2023H1', '2023Q2'],
    ['2023H2', '2023Q4'],
    ['2023', '2023Q4'],
    ['2023Q2', null],
    ['2023-06', null],
  ])('%s covers %s', (period, quarter) => expect(quarterCoveredBy(period)).toBe(quarter));
});

describe('leftOpenBy', () => {
  const quarter = { ...asked, needsEvidence: false, needsSummary: false };

  it('is nothing of the quarter once the half-year holds what it asks', () =>
    expect(leftOpenBy(quarter, handedIn(1))).toEqual({ items: [], evidence: false, summary: false }));
  it('is evidence and summary of the half-year after the quarter alone', () => {
    const handed = handedIn(1, { summary: null, evidence: [] });
    expect(leftOpenBy(asked, handed)).toEqual({ items: [], evidence: true, summary: true });
  });
  it('is what the other did not hold', () =>
    expect(leftOpenBy(quarter, handedIn(1, { items: [itemOf('004:3.1', [paper])] })).items).toEqual([
      '004:i12',
    ]));
  it('is all of it when nothing was handed in', () =>
    expect(leftOpenBy(quarter, null).items).toEqual(['004:3.1', '004:i12']));
});
