import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import { entryIn, holderDecider } from './holder-access.js';
import { type HolderAccess, type HolderEvent } from './holder-model.js';

const context = {
  now: '2023-05-08T02:00:00.000Z',
  today: '2023-05-08',
  calendar: createCalendar(),
  actor: { id: 'root', kind: 'person', role: 'admin' },
} as const;
const given = specFor(holderDecider, context);
const paper = { number: '潭督〔2023〕5号', on: '2023-05-06' };

const office = {
  role: 'office',
  unit: null,
  units: null,
  plans: ['004'],
  from: '2023-05-08',
  to: '2023-07-31',
} as const;
const grant = { type: 'GrantAccess', holder: 'p-1', ...office, paper } as const;
const granted = {
  type: 'AccessGranted',
  holder: 'p-1',
  ...office,
  paper,
  by: 'root',
  on: '2023-05-08',
} as const;
const revoke = { type: 'RevokeAccess', n: 1, reason: '岗位调整', paper: null } as const;
const revoked = {
  type: 'AccessRevoked',
  n: 1,
  reason: '岗位调整',
  paper: null,
  by: 'root',
  on: '2023-05-08',
} as const;

describe('granting access', () => {
  it('is recorded with its paper', () => given().when(grant).then(granted));
  it('may begin later and end on its first day', () => {
    const days = { from: '2023-06-01', to: '2023-06-01' };
    given()
      .when({ ...grant, ...days })
      .then({ ...granted, ...days });
  });
  it('may stand until it is revoked', () =>
    given()
      .when({ ...grant, to: null })
      .then({ ...granted, to: null }));
  it('does not begin in the past', () =>
    given()
      .when({ ...grant, from: '2023-05-07' })
      .thenRejected('validation_failed'));
  it('does not end before it begins', () =>
    given()
      .when({ ...grant, to: '2023-05-07' })
      .thenRejected('validation_failed'));
  it.each(['office', 'leader'] as const)('names the plans of a role %s', role =>
    given()
      .when({ ...grant, role, plans: [] })
      .thenRejected('validation_failed'),
  );
  it('names the unit of a unit', () =>
    given()
      .when({ ...grant, role: 'unit', plans: null })
      .thenRejected('validation_failed'));
  it.each([
    { role: 'office', units: ['xiangtan:市科技局'] },
    { role: 'leader', unit: 'xiangtan:市科技局' },
    { role: 'unit', unit: 'xiangtan:市科技局' },
  ] as const)('names nothing that is not of its role: %j', more =>
    given()
      .when({ ...grant, ...more })
      .thenRejected('validation_failed'),
  );
  it('is not given twice for one day', () => {
    const again = { ...grant, from: '2023-07-31', to: null };
    given(granted).when(again).thenRejected('already_granted', { id: 'p-1/1' });
  });
  it('is given anew from the day after', () => {
    const next = { from: '2023-08-01', to: null };
    given(granted)
      .when({ ...grant, ...next })
      .then({ ...granted, ...next });
  });
  it('is given for another plan beside it', () =>
    given(granted)
      .when({ ...grant, plans: ['003'] })
      .then({ ...granted, plans: ['003'] }));
  it('is given anew when it was revoked', () => given(granted, revoked).when(grant).then(granted));
  it('lets nobody speak for two units on one day', () => {
    const ofUnit = { role: 'unit', unit: 'xiangtan:市科技局', plans: null } as const;
    given({ ...granted, ...ofUnit })
      .when({ ...grant, ...ofUnit, unit: 'xiangtan:市财政局' })
      .thenRejected('already_granted', { id: 'p-1/1' });
  });
  it('ends where the record is full', () => {
    const full = Array.from({ length: 1000 }, () => [granted, revoked])
      .flat()
      .map((event, nth) => (event.type === 'AccessRevoked' ? { ...event, n: nth } : event));
    given(...full)
      .when(grant)
      .thenRejected('access_record_full', { most: 2000 });
  });
});

describe('revoking access', () => {
  it('is recorded with its reason', () => given(granted).when(revoke).then(revoked));
  it('is recorded once', () => given(granted, revoked).when(revoke).thenNothing());
  it('leaves alone what is over', () =>
    given({ ...granted, to: '2023-05-07' })
      .when(revoke)
      .thenNothing());
  it('needs a reason', () =>
    given(granted)
      .when({ ...revoke, reason: ' ' })
      .thenRejected('reason_needed'));
  it('needs a grant', () => {
    given().when(revoke).thenRejected('not_found');
    given(granted)
      .when({ ...revoke, n: 2 })
      .thenRejected('not_found');
  });
});

const own = { actor: { id: 'p-1', kind: 'person', role: 'office', plans: ['004'] } } as const;
const lent = {
  giver: 'p-1',
  delegate: 'p-2',
  role: 'office',
  unit: null,
  from: '2023-06-05',
  to: '2023-06-16',
} as const;
const give = { type: 'GiveDelegation', ...lent, holds: true } as const;
const delegated = { type: 'DelegationGiven', ...lent, by: 'p-1', on: '2023-05-08' } as const;
const end = { type: 'EndDelegation', giver: 'p-1', n: 1 } as const;
const ended = { type: 'DelegationEnded', n: 1, by: 'p-1', on: '2023-05-08' } as const;

describe('a delegation', () => {
  it('is given by the person', () => given().when(give, own).then(delegated));
  it('is given by an administrator for the person', () =>
    given()
      .when(give)
      .then({ ...delegated, by: 'root' }));
  it.each([
    ['another', { ...own.actor, id: 'p-3' }],
    ['a machine', { ...own.actor, kind: 'machine' }],
    ['whoever acts for the person', { ...own.actor, id: 'p-2', actingFor: 'p-1' }],
    ['whoever acts for another', { ...own.actor, actingFor: 'p-0' }],
  ] as const)('is not given by %s', (_, actor) =>
    given().when(give, { actor }).thenRejected('delegation_not_own'),
  );
  it('is given to another person', () =>
    given()
      .when({ ...give, delegate: 'p-1' }, own)
      .thenRejected('validation_failed'));
  it('lends what its giver has', () =>
    given()
      .when({ ...give, holds: false }, own)
      .thenRejected('nothing_to_delegate', { giver: 'p-1', role: 'office' }));
  it('neither begins in the past nor ends before it begins', () => {
    given()
      .when({ ...give, from: '2023-05-07' }, own)
      .thenRejected('validation_failed');
    given()
      .when({ ...give, to: '2023-06-04' }, own)
      .thenRejected('validation_failed');
  });
  it('stands once for one day and person', () => {
    given(delegated)
      .when({ ...give, from: '2023-06-16', to: '2023-06-20' }, own)
      .thenRejected('already_delegated', { id: 'p-1/1' });
    given(delegated)
      .when({ ...give, delegate: 'p-3' }, own)
      .then({ ...delegated, delegate: 'p-3' });
  });
  it('is ended once, by its giver or an administrator', () => {
    given(delegated).when(end, own).then(ended);
    given(delegated)
      .when(end)
      .then({ ...ended, by: 'root' });
    given(delegated, ended).when(end, own).thenNothing();
    given(delegated)
      .when(end, { actor: { ...own.actor, id: 'p-2' } })
      .thenRejected('delegation_not_own');
    given(granted, delegated).when(end, own).thenRejected('not_found');
  });
});

const folded = (events: readonly HolderEvent[]) =>
  events.reduce<HolderAccess | null>((state, event) => holderDecider.evolve(state, event), null);

describe('the state of a holder', () => {
  it('numbers grants and delegations by their events', () => {
    const history: HolderEvent[] = [granted, delegated, revoked, { ...delegated, delegate: 'p-3' }];
    expect(folded(history)).toEqual({
      holder: 'p-1',
      count: 4,
      grants: [{ ...office, n: 1, revokedOn: '2023-05-08' }],
      delegations: [2, 4].map(n => ({
        ...{ n, delegate: n === 2 ? 'p-2' : 'p-3', role: 'office', unit: null },
        ...{ from: '2023-06-05', to: '2023-06-16', endedOn: null },
      })),
    });
  });

  it('counts what a newer version wrote, and is nothing before its first event', () => {
    const newer = { type: 'AccessReviewed' } as unknown as HolderEvent;
    expect(folded([granted, newer, delegated])?.delegations[0]?.n).toBe(3);
    expect(folded([newer, revoked, ended])).toBeNull();
  });

  it('is found by the ids of its entries', () => {
    expect(entryIn('person:a/b/12')).toEqual({ holder: 'person:a/b', n: 12 });
    for (const wrong of ['', 'p-1', 'p-1/', '/1', 'p-1/0', 'p-1/01', 'p-1/1.5', 'p-1/-1', 'p-1/1234567890'])
      expect(entryIn(wrong)).toBeNull();
  });
});
