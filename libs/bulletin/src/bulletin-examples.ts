import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import { type Context } from '@duban/platform';
import { bulletinDecider } from './bulletin.js';
import { type Correction, type Publication } from './bulletin-model.js';

/** A bulletin as specs know it: the second quarter of 004, closed on 21 July, one figure corrected on 10 August. */

export const today = '2023-08-10';
const context: Context = {
  now: `${today}T02:00:00.000Z`,
  today,
  calendar: createCalendar(),
  actor: { id: 'clerk', kind: 'person', role: 'office' },
};
export const given = specFor(bulletinDecider, context);

export const publication: Publication = {
  cutoffPosition: 812,
  cutoffOn: '2023-07-21',
  contentDigest: 'c',
  inputDigest: 'i',
  rules: { light: 'light@1' },
  watermarks: [],
};
const plan = { plan: '004', period: '2023Q2' };
export const publish = { type: 'PublishEdition', ...plan, ...publication } as const;
export const published = { ...publish, type: 'EditionPublished', n: 1, on: '2023-07-21' } as const;

export const paper = { number: '潭督〔2023〕21号', on: '2023-08-09' };
const anew = { ...publication, cutoffPosition: 1200, cutoffOn: today, contentDigest: 'd', changes: 3 };
const why = { of: 1, reason: '004#19 更正', paper };
export const restate = { type: 'RestateEdition', ...plan, ...anew, ...why } as const;
export const restated = { ...restate, type: 'EditionRestated', n: 2, by: 'clerk', on: today } as const;

export const correction: Correction = {
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
