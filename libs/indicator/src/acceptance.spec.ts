import { fold, specFor } from '@duban/event-store';
import {
  byOffice,
  confirm,
  confirmed,
  context,
  defined,
  joint,
  reform,
  reject,
  reported,
  science,
} from './examples.js';
import { indicatorDecider } from './indicator.js';
import type { IndicatorEvent } from './indicator-model.js';
import { type Figure, valueKnownBy, valueOf } from './values.js';

const given = specFor(indicatorDecider, context);
const correct = {
  type: 'CorrectValue',
  ...{ period: '2023H1', unit: science, actsFor: [science], value: 790 },
  ...{ reason: '剔除重复', basis: '核对清单' },
} as const;
const [on, by] = ['2023-08-10', 'lin'];
const corrected = {
  type: 'ValueCorrected',
  ...{ period: '2023H1', unit: science, from: 801, to: 790, reason: '剔除重复', on, by },
  ...{ basis: '核对清单', accepted: true },
} as const satisfies IndicatorEvent;
const later = { ...byOffice, today: '2023-08-14' };
const counted = {
  ...{ ...confirmed, on: '2023-08-14' },
  corrections: [{ unit: science, from: 801, to: 790 }],
} as const;
const refused = {
  type: 'ValueCorrectionRefused',
  ...{ period: '2023H1', unit: science, from: 801, to: 790 },
  ...{ reason: '口径不符', on: '2023-08-14', by: 'he' },
} as const satisfies IndicatorEvent;
const accepted = [...defined, reported, confirmed];

function figureAfter(...events: readonly IndicatorEvent[]): Figure {
  return valueOf(fold(indicatorDecider, events)!, '2023H1');
}

describe('correcting an accepted figure', () => {
  it('is marked, so that it waits for another person', () =>
    given(...accepted)
      .when(correct, { today: on })
      .then(corrected));
  it('is pending until then: what was accepted stands, confirmed as it was', () =>
    expect(figureAfter(...accepted, corrected)).toMatchObject({
      ...{ state: 'reported', value: 801, confirmed: true, corrected: false },
      pending: [{ unit: science, from: 801, to: 790, on, by }],
    }));
  it('is not confirmed by whoever corrected it', () =>
    given(...accepted, corrected)
      .when(confirm)
      .thenRejected('same_person'));
  it('counts from its confirmation, which names what counts from there', () => {
    given(...accepted, corrected)
      .when(confirm, later)
      .then(counted);
    const figure = figureAfter(...accepted, corrected, counted);
    expect(figure).toMatchObject({ state: 'revised', value: 790, confirmed: true, corrected: true });
    expect(figure.pending).toBeUndefined();
  });
  it('was not known before the day of its confirmation', () => {
    const indicator = fold(indicatorDecider, [...accepted, corrected, counted])!;
    const known = (day: string) => valueKnownBy(indicator, '2023H1', day).value;
    expect([known('2023-08-09'), known('2023-08-13'), known('2023-08-14')]).toEqual([801, 801, 790]);
  });
  it('may be turned down, and then the accepted figure stands alone', () => {
    given(...accepted, corrected)
      .when(reject, later)
      .then(refused);
    const figure = figureAfter(...accepted, corrected, refused);
    expect(figure).toMatchObject({ state: 'reported', value: 801, confirmed: true, corrected: false });
    expect(figure.pending).toBeUndefined();
  });
  it('may be tried again after it was turned down', () =>
    given(...accepted, corrected, refused)
      .when(correct, { today: on })
      .then(corrected));
  it('leaves nothing to confirm once it was turned down', () =>
    given(...accepted, corrected, refused)
      .when(confirm, later)
      .thenNothing());
  it('may be corrected once more before it is confirmed: then the last word waits', () => {
    const again = { ...corrected, to: 785 };
    given(...accepted, corrected)
      .when({ ...correct, value: 785 }, { today: on })
      .then(again);
    expect(figureAfter(...accepted, corrected, again)).toMatchObject({
      value: 801,
      pending: [{ from: 801, to: 785 }],
    });
  });
});

describe('correcting what nobody has accepted yet', () => {
  it('counts at once, unconfirmed', () => {
    const plain = { ...corrected, accepted: undefined };
    given(...defined, reported)
      .when(correct, { today: on })
      .then(plain);
    expect(figureAfter(...defined, reported, plain)).toMatchObject({ value: 790, confirmed: false });
  });
});

describe('correcting one part of an accepted sum', () => {
  const pair: IndicatorEvent = {
    type: 'ProviderAssigned',
    units: [science, reform],
    mode: 'sum',
    on: '2023-04-20',
  };
  const parts = [...defined, joint, pair, reported, { ...reported, unit: reform, value: 9 }, confirmed];
  it('leaves the sum as it was accepted until it is confirmed', () => {
    expect(figureAfter(...parts, corrected)).toMatchObject({ value: 810, confirmed: true });
    expect(figureAfter(...parts, corrected, counted)).toMatchObject({ value: 799, confirmed: true });
  });
});
