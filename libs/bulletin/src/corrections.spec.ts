import { correction, given, paper, publication, published, restated, today } from './bulletin-examples.js';

const { cause } = correction;
const note = { type: 'NoteCorrection', position: 900, effects: [], ...correction } as const;
const noted = { type: 'CorrectionNoted', ...correction, n: 1, on: today } as const;
const heavy = { ...noted, effects: ['light'] } as const;
const pending = { ...noted, pending: true } as const;
const outcome = { cause, outcome: 'counts', effects: ['figure'] } as const;
const settle = { type: 'SettleCorrection', position: 950, ...outcome } as const;
const settled = { type: 'CorrectionSettled', n: 1, ...outcome, on: today } as const;
const explain = { type: 'ExplainCorrection', cause, text: '不影响结论', paper } as const;
const explained = { ...explain, type: 'CorrectionExplained', by: 'clerk', on: today } as const;

describe('noting what came after an edition', () => {
  it('names the edition that does not know of it', () => given(published).when(note).then(noted));
  it('says what it comes to', () =>
    given(published)
      .when({ ...note, effects: ['light'] })
      .then(heavy));
  it('is done once', () => given(published, noted).when(note).thenNothing());
  it('needs an edition', () => given().when(note).thenRejected('edition_not_published'));
  it('leaves the edition as it was', () =>
    given(published, noted).thenState({ editions: [{ n: 1, on: '2023-07-21', ...publication }] }));
  it('names the first edition for what the second knows already', () =>
    given(published, restated).when(note).then(noted));
  it('names the second edition for what came after that', () =>
    given(published, restated)
      .when({ ...note, position: 1300 })
      .then({ ...noted, n: 2 }));
  it('says that a correction of an accepted figure waits', () =>
    given(published)
      .when({ ...note, pending: true, effects: null })
      .then(pending));
});

describe('a correction that waits', () => {
  it('counts from its confirmation, with what it comes to', () =>
    given(published, pending).when(settle).then(settled));
  it('is about the edition that does not know of its confirmation', () =>
    given(published, pending, restated)
      .when({ ...settle, position: 1300 })
      .then({ ...settled, n: 2 }));
  it('is settled once', () => given(published, pending, settled).when(settle).thenNothing());
  it('comes to nothing when it was turned down', () =>
    given(published, pending)
      .when({ ...settle, outcome: 'refused' })
      .then({ ...settled, outcome: 'refused', effects: [] }));
  it('shows since when it counts', () =>
    given(published, pending, settled).thenState(state =>
      expect(state?.corrections).toMatchObject([{ countsOn: today, effects: ['figure'] }]),
    ));
  it('is not settled when it never waited', () => given(published, noted).when(settle).thenNothing());
});

describe('explaining a correction', () => {
  it('is said once, by somebody, with its paper', () =>
    given(published, heavy).when(explain).then(explained));
  it('adds nothing when said again', () => given(published, heavy, explained).when(explain).thenNothing());
  it('is not said otherwise later', () =>
    given(published, heavy, explained)
      .when({ ...explain, text: '另有说明' })
      .thenRejected('correction_explained'));
  it('needs words', () =>
    given(published, heavy)
      .when({ ...explain, text: ' ' })
      .thenRejected('reason_needed'));
  it('needs a correction that is known', () =>
    given(published).when(explain).thenRejected('correction_not_found', { cause }));
  it('waits for the confirmation', () =>
    given(published, pending).when(explain).thenRejected('correction_pending'));
  it('comes too late when the edition was restated', () =>
    given(published, heavy, restated).when(explain).thenRejected('correction_restated', { n: 2 }));
});
