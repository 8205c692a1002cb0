import { specFor } from '@duban/event-store';
import { createCalendar } from '@duban/calendar';
import { keyDecider } from './key.js';

const context = {
  now: '2023-07-14T02:00:00.000Z',
  today: '2023-07-14',
  calendar: createCalendar(),
  actor: { id: 'root', kind: 'person', role: 'admin' },
} as const;
const given = specFor(keyDecider, context);
const attributes = {
  holder: 'li',
  kind: 'person',
  role: 'unit',
  unit: 'xiangtan:市科技局',
  units: null,
  plans: null,
  expiresAt: null,
} as const;
const issue = { type: 'IssueKey', ...attributes } as const;
const issued = { type: 'KeyIssued', ...attributes, by: 'root', on: '2023-07-14' } as const;
const revoke = { type: 'RevokeKey' } as const;
const revoked = { type: 'KeyRevoked', by: 'root', on: '2023-07-14' } as const;

describe('issuing a key', () => {
  it('is recorded', () => given().when(issue).then(issued));
  it('is recorded once when repeated', () => given(issued).when(issue).thenNothing());
  it('is not repeated with other rights', () =>
    given(issued)
      .when({ ...issue, role: 'admin' })
      .thenRejected('key_differs'));
  it('does not bring back a revoked one', () =>
    given(issued, revoked).when(issue).thenRejected('key_revoked'));
  it('asks for the unit of a unit', () =>
    given()
      .when({ ...issue, unit: null })
      .thenRejected('validation_failed'));
  it('asks for the plans of an office', () =>
    given()
      .when({ ...issue, role: 'office' })
      .thenRejected('validation_failed'));
  it('asks for an end that is still to come', () =>
    given()
      .when({ ...issue, expiresAt: context.now })
      .thenRejected('validation_failed'));
});

describe('revoking a key', () => {
  it('is recorded', () => given(issued).when(revoke).then(revoked));
  it('is recorded once', () => given(issued, revoked).when(revoke).thenNothing());
  it('needs a key', () => given().when(revoke).thenRejected('not_found'));
});
