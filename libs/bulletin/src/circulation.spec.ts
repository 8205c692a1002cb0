import { given, paper, published, restated, today } from './bulletin-examples.js';
import { type BulletinEvent } from './bulletin-model.js';

const [finance, science, leader] = ['xiangtan:市财政局', 'xiangtan:市科技局', 'leader:xiangtan/2'];
const circulate = { type: 'CirculateEdition', n: 1, to: [science, finance, science], paper } as const;
const circulated = {
  ...circulate,
  type: 'EditionCirculated',
  to: [science, finance],
  by: 'clerk',
  on: today,
} as const;
const see = { type: 'SeeEdition', n: 1, reader: finance } as const;
const seen = { ...see, type: 'EditionSeen', by: 'clerk', on: today } as const;

describe('circulating an edition', () => {
  it('names its readers, each once, and the paper', () => given(published).when(circulate).then(circulated));
  it('adds only who has not got it', () =>
    given(published, circulated)
      .when({ ...circulate, to: [finance, leader] })
      .then({ ...circulated, to: [leader] }));
  it('is done once', () => given(published, circulated).when(circulate).thenNothing());
  it('needs a reader', () =>
    given(published)
      .when({ ...circulate, to: [] })
      .thenRejected('reader_needed'));
  it('needs the edition', () =>
    given(published)
      .when({ ...circulate, n: 2 })
      .thenRejected('edition_not_found', { n: 2 }));
});

describe('seeing an edition', () => {
  it('is recorded', () => given(published, circulated).when(see).then(seen));
  it('is recorded once', () => given(published, circulated, seen).when(see).thenNothing());
  it('is for who got it', () =>
    given(published, circulated)
      .when({ ...see, reader: leader })
      .thenRejected('edition_not_circulated', { n: 1, reader: leader }));
  it('needs the edition', () =>
    given(published)
      .when({ ...see, n: 3 })
      .thenRejected('edition_not_found'));
});

describe('an edition that takes the place of another', () => {
  const again = { ...restated, of: 2, n: 3 };
  const readings = (...events: readonly BulletinEvent[]) => {
    let found: object[] = [];
    given(...events).thenState(state => (found = [...(state?.readings ?? [])]));
    return found;
  };

  it('is there to read for everyone who got the one before, since that day', () =>
    expect(readings(published, circulated, seen, restated)).toMatchObject([
      { n: 1, reader: science, through: 'circulated', seen: null },
      { n: 1, reader: finance, through: 'circulated', seen: { on: today } },
      { n: 2, reader: science, through: 'restated', circulated: null, seen: null },
      { n: 2, reader: finance, through: 'restated', circulated: null, seen: null },
    ]));
  it('is there once for whoever got two before', () =>
    expect(readings(published, circulated, restated, again).map(each => (each as { n: number }).n)).toEqual([
      1, 1, 2, 2, 3, 3,
    ]));
  it('is not given twice when a paper follows', () =>
    expect(readings(published, circulated, restated, { ...circulated, n: 2, to: [finance] })).toMatchObject([
      {},
      {},
      { n: 2, reader: science, circulated: null },
      { n: 2, reader: finance, through: 'restated', circulated: { on: today, paper } },
    ]));
  it('is nobody’s to read when none was circulated', () => expect(readings(published, restated)).toEqual([]));
});
