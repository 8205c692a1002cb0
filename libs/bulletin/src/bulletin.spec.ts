import {
  given,
  paper,
  publication,
  publish,
  published,
  restate,
  restated,
  today,
} from './bulletin-examples.js';

describe('publishing an edition', () => {
  it('gives it number 1', () =>
    given()
      .when(publish)
      .then({ ...published, on: today }));
  it('adds nothing for the same cutoff', () => given(published).when(publish).thenNothing());
  it('adds nothing for the same cutoff, even when computed differently later', () =>
    given(published)
      .when({ ...publish, contentDigest: 'other' })
      .thenNothing());
  it('refuses another cutoff: a round is closed once', () =>
    given(published)
      .when({ ...publish, cutoffPosition: 900 })
      .thenRejected('edition_already_published', { n: 1 }));
});

describe('restating', () => {
  it('gives edition 2 with its reason, its paper and who did it', () =>
    given(published).when(restate).then(restated));
  it('leaves edition 1 as it was', () =>
    given(published, restated).thenState(state =>
      expect(state?.editions).toMatchObject([
        { n: 1, ...publication },
        { n: 2, cutoffPosition: 1200, restates: { of: 1, reason: '004#19 更正', paper, by: 'clerk' } },
      ]),
    ));
  it('is in the name of whom a machine acts for', () =>
    given(published)
      .when(restate, { actor: { id: 'robot', kind: 'machine', role: 'office', actingFor: 'chief' } })
      .then({ ...restated, by: 'chief' }));
  it('is refused to the second of two who restate the same edition', () =>
    given(published, restated).when(restate).thenRejected('edition_restated_already', { of: 1, n: 2 }));
  it('goes on from the last edition', () =>
    given(published, restated)
      .when({ ...restate, of: 2 })
      .then({ ...restated, of: 2, n: 3 }));
  it('needs a reason', () =>
    given(published)
      .when({ ...restate, reason: ' ' })
      .thenRejected('reason_needed'));
  it('needs something that differs', () =>
    given(published)
      .when({ ...restate, changes: 0 })
      .thenRejected('nothing_to_restate', { n: 1 }));
  it('needs an edition', () => given().when(restate).thenRejected('edition_not_published'));
});
