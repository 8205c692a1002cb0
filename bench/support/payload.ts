import { randomUUID } from 'node:crypto';

/** The event that every store is given, as objects: a change of a task, about 230 bytes, and about 130 of metadata. */
export const eventType = 'ProgressReported';

export const eventData = (n: number) => ({
  plan: '004',
  task: `3.${n}`,
  unit: 'xiangtan:science-office',
  status: 'in_progress',
  percent: n % 100,
  summary: 'Forty of sixty firms have been visited and told what they need',
  evidence: ['register-2023-06.pdf'],
  aboutOn: '2023-06-30',
  dueOn: '2023-07-31',
});

export const eventMeta = () => ({
  actor: 'liaison',
  request: '018f7c1e-5f0a-7c3b-9a41-2f6d7e8b9c01',
  cause: '018f7c1e-4e22-7d10-8f31-77ab12cd34ef',
  channel: 'http',
});

/** A stream nobody has written to. */
export const newStream = (category = 'task') => `${category}-${randomUUID()}`;
