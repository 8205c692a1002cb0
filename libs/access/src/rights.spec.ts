import { type HolderAccess } from './holder-model.js';
import { type KeyAttributes } from './key.js';
import { actorOf, delegateOf, delegationOn, grantsOn } from './rights.js';

const science = 'xiangtan:市科技局';
const finance = 'xiangtan:市财政局';
const key: KeyAttributes = {
  ...{ holder: 'p-1', kind: 'person', role: 'office', unit: null, units: null, plans: null, expiresAt: null },
};
const none = { unit: null, units: null, plans: null };
const may = { from: '2023-05-08', to: '2023-07-31' };
const access: HolderAccess = {
  holder: 'p-1',
  count: 6,
  grants: [
    { n: 1, role: 'office', ...none, plans: ['004'], ...may, revokedOn: null },
    { n: 2, role: 'office', ...none, plans: ['003'], ...may, to: null, revokedOn: '2023-06-01' },
    { n: 3, role: 'leader', ...none, plans: ['001'], units: [science], ...may, revokedOn: null },
  ],
  delegations: [{ n: 4, delegate: 'p-2', role: 'office', unit: science, ...may, endedOn: null }],
};

describe('what is granted on a day', () => {
  it.each([
    ['2023-05-07', []],
    ['2023-05-08', [1]],
    ['2023-07-31', [1]],
    ['2023-08-01', []],
  ])('on %s: %j', (day, expected) => {
    expect(grantsOn(access, 'office', day).map(({ n }) => n)).toEqual(expected);
    expect(delegationOn(access, 'p-2', day)?.n).toBe(expected.length > 0 ? 4 : undefined);
  });

  it('is nothing for whoever was never granted anything', () => {
    expect(grantsOn(null, 'office', '2023-06-01')).toEqual([]);
    expect(delegationOn(null, 'p-2', '2023-06-01')).toBeNull();
    expect(delegationOn(access, 'p-3', '2023-06-01')).toBeNull();
  });
});

describe('what a key may do', () => {
  const grant = { role: 'leader', ...none } as const;
  const leader = { ...key, role: 'leader' } as const;

  it('is what it says when nothing is granted', () => {
    expect(actorOf({ ...key, unit: science, plans: ['004'] })).toEqual({
      ...{ id: 'p-1', kind: 'person', role: 'office', unit: science, plans: ['004'] },
    });
    expect(actorOf({ ...key, role: 'auditor' })).toEqual({ id: 'p-1', kind: 'person', role: 'auditor' });
    expect(actorOf({ ...key, role: 'unit', unit: science, units: [science, finance] })).toMatchObject({
      ...{ unit: science, units: [science, finance] },
    });
  });

  it('and what its holder is granted', () => {
    const granted = [
      { ...grant, role: 'office', plans: ['004', '003'] },
      { ...grant, role: 'office', plans: ['001'] },
    ] as const;
    expect(actorOf({ ...key, plans: ['004'] }, granted).plans).toEqual(['004', '003', '001']);
    expect(actorOf(key, granted).plans).toEqual(['004', '003', '001']);
  });

  it('is for one unit: its own, or else the one that is granted', () => {
    const granted = [{ ...grant, role: 'unit', unit: finance }] as const;
    expect(actorOf({ ...key, role: 'unit' }, granted)).toEqual({
      ...{ id: 'p-1', kind: 'person', role: 'unit', unit: finance },
    });
    expect(actorOf({ ...key, role: 'unit', unit: science }, granted).unit).toBe(science);
  });

  it('joins plans under which a leader is in charge of the same units', () => {
    const granted = [{ ...grant, plans: ['003'], units: [science] }];
    expect(actorOf({ ...leader, plans: ['004'], units: [science] }, granted)).toEqual({
      ...{ id: 'p-1', kind: 'person', role: 'leader', plans: ['004', '003'], units: [science] },
    });
    expect(actorOf(leader, granted)).toEqual({
      ...{ id: 'p-1', kind: 'person', role: 'leader', plans: ['003'], units: [science] },
    });
  });

  it('keeps apart other units under other plans', () => {
    expect(actorOf({ ...leader, plans: ['004'] }, [{ ...grant, plans: ['003'], units: [science] }])).toEqual({
      ...{ id: 'p-1', kind: 'person', role: 'leader', plans: ['004', '003'] },
      scopes: [{ plans: ['004'] }, { plans: ['003'], units: [science] }],
    });
  });
});

describe('whoever acts for another', () => {
  const lent = { delegate: 'p-2', role: 'office', unit: science } as const;
  const keys = [{ ...key, unit: finance, plans: ['004'] }];

  it('has the rows and the role of the giver', () => {
    const grants = [{ role: 'office', ...none, plans: ['003'] }] as const;
    expect(delegateOf(lent, 'p-1', { keys, grants })).toEqual({
      ...{
        id: 'p-2',
        kind: 'person',
        role: 'office',
        unit: science,
        plans: ['004', '003'],
        actingFor: 'p-1',
      },
    });
  });

  it('has nothing of other roles, other units or machines', () => {
    const others = [
      { ...key, role: 'admin' },
      { ...key, kind: 'machine', plans: ['004'] },
      { ...key, role: 'leader', plans: ['004'] },
    ] as const;
    expect(delegateOf(lent, 'p-1', { keys: others, grants: [] })).toBeNull();
    const ofUnit = { ...lent, role: 'unit' } as const;
    expect(
      delegateOf(ofUnit, 'p-1', { keys: [{ ...key, role: 'unit', unit: finance }], grants: [] }),
    ).toBeNull();
    expect(
      delegateOf(ofUnit, 'p-1', { keys: [{ ...key, role: 'unit', unit: science }], grants: [] }),
    ).toEqual({
      ...{ id: 'p-2', kind: 'person', role: 'unit', unit: science, actingFor: 'p-1' },
    });
  });

  it('has nothing when the giver has nothing', () => {
    expect(delegateOf(lent, 'p-1', { keys: [], grants: [] })).toBeNull();
    expect(delegateOf(lent, 'p-1', { keys: [{ ...key, plans: [] }], grants: [] })).toBeNull();
  });
});
