import { specFor } from '@duban/event-store';
import { type Context } from '@duban/platform';
import { rollupActor } from './parts.js';
import { type Correction, type Publication } from './rollup-model.js';
import { rollupDecider } from './rollup.js';
import { calendar } from './story.js';

const today = '2023-07-21';
const context: Context = { now: `${today}T02:00:00.000Z`, today, calendar, actor: rollupActor };
const given = specFor(rollupDecider, context);
const publication: Publication = {
  cutoffPosition: 812,
  cutoffOn: today,
  contentDigest: 'c',
  inputDigest: 'i',
  rules: { light: 'light@1' },
  watermarks: [],
};
const publish = { type: 'PublishEdition', plan: '004', period: '2023Q2', ...publication } as const;
const published = { ...publish, type: 'EditionPublished', n: 1, on: today } as const;
const correction: Correction = {
  cause: 'indicator-004:i19@7',
  subject: '004:i19',
  period: '2023Q2',
  how: 'corrected',
  unit: 'xiangtan:市统计局',
  from: 1010,
  to: 980,
  reason: '口径有误',
  correctedOn: '2023-08-10',
};
const note = { type: 'NoteCorrection', ...correction } as const;
const noted = { ...note, type: 'CorrectionNoted', n: 1, on: today } as const;

describe('publishing an edition', () => {
  it('gives it number 1', () => given().when(publish).then(published));
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

describe('noting a correction', () => {
  it('names the edition that does not know of it', () => given(published).when(note).then(noted));
  it('is done once', () => given(published, noted).when(note).thenNothing());
  it('needs an edition', () => given().when(note).thenRejected('edition_not_published'));
  it('leaves the edition as it was', () =>
    given(published, noted).thenState({ editions: [{ n: 1, on: today, ...publication }] }));
});
