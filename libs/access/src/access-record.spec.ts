import { type StoredEvent } from '@duban/event-store';
import { AccessRecord } from './access-record.js';
import { type HolderEvent } from './holder-model.js';
import { type KeyEvent } from './key.js';

const zone = 'Asia/Shanghai';
const none = { unit: null, units: null, plans: null };
const issued = (more: object = {}): KeyEvent => ({
  ...{ type: 'KeyIssued', holder: 'p-1', kind: 'person', role: 'office', ...none, expiresAt: null },
  ...{ by: 'root', on: '2023-04-24', ...more },
});
const granted: HolderEvent = {
  ...{ type: 'AccessGranted', holder: 'p-1', role: 'office', unit: null, units: null, plans: ['004'] },
  ...{ from: '2023-05-10', to: null, paper: null, by: 'root', on: '2023-05-08' },
};
const lent: HolderEvent = {
  ...{ type: 'DelegationGiven', giver: 'p-1', delegate: 'p-2', role: 'office', unit: null },
  ...{ from: '2023-06-05', to: '2023-06-16', by: 'p-1', on: '2023-06-01' },
};
const revoked = (n: number, on: string): HolderEvent => ({
  ...{ type: 'AccessRevoked', n, reason: '岗位调整', paper: null, by: 'root', on },
});

/** A record of these events, stored one after the other. */
function recordOf(...events: [stream: string, event: { type: string }][]): AccessRecord {
  const versions = new Map<string, number>();
  const record = new AccessRecord();
  events.forEach(([stream, event], nth) => {
    const version = (versions.get(stream) ?? 0) + 1;
    versions.set(stream, version);
    const { type } = event;
    record.apply({
      stream,
      version,
      type,
      position: nth + 1,
      id: `e${nth + 1}`,
      event,
    } as unknown as StoredEvent);
  });
  return record;
}
const [k1, k2, h1] = ['access-k1', 'access-k2', 'access-holder/p-1'];
const told = (record: AccessRecord, day: string) =>
  record
    .standingOn(day, zone)
    .map(({ by, id, to, keys, event }) => [by, id, to, keys.join(' '), event.position]);

describe('who could have acted', () => {
  it('is nobody where nothing is on record', () => {
    expect(told(recordOf(), '2023-05-01')).toEqual([]);
    expect(
      told(recordOf([h1, { type: 'AccessReviewed' }], [k1, { type: 'KeyRevoked' }]), '2023-05-01'),
    ).toEqual([]);
  });

  it.each([
    ['2023-04-23', false],
    ['2023-04-24', true],
    ['2023-07-31', true],
    ['2023-08-01', false],
  ])('by a key that expires as the first of August begins, on %s: %j', (day, could) => {
    const record = recordOf([k1, issued({ expiresAt: '2023-07-31T16:00:00.000Z' })]);
    expect(told(record, day)).toEqual(could ? [['key', 'k1', '2023-07-31', 'k1', 1]] : []);
  });

  it.each([
    ['2023-05-09', []],
    ['2023-05-10', [['grant', 'p-1/1', '2023-07-10', 'k1', 2]]],
    ['2023-07-10', [['grant', 'p-1/1', '2023-07-10', 'k1', 2]]],
    ['2023-07-11', []],
  ])('by a grant until it was revoked, that day included, on %s: %j', (day, expected) => {
    const record = recordOf([k1, issued()], [h1, granted], [h1, revoked(1, '2023-07-10')]);
    expect(told(record, day).filter(([by]) => by === 'grant')).toEqual(expected);
  });

  it('never was by a grant that was revoked before it began', () => {
    const record = recordOf([h1, granted], [h1, revoked(1, '2023-05-09')]);
    expect(told(record, '2023-05-10')).toEqual([]);
  });

  it('is by no grant for a unit through a key that speaks for another', () => {
    const unit = { role: 'unit', plans: null, unit: 'xiangtan:市科技局' };
    const record = recordOf(
      [k1, issued({ role: 'unit', unit: 'xiangtan:市财政局' })],
      [h1, { ...granted, ...unit }],
    );
    expect(told(record, '2023-05-10')[0]).toEqual(['grant', 'p-1/1', null, '', 2]);
  });

  it('is by a delegation as long as its giver had something to lend', () => {
    const record = recordOf(
      ...([
        [k2, issued({ holder: 'p-2', role: 'unit', unit: 'xiangtan:市科技局' })],
        [h1, granted],
        [h1, lent],
        [h1, revoked(1, '2023-06-14')],
      ] as [string, KeyEvent | HolderEvent][]),
    );
    const days = ['2023-06-04', '2023-06-05', '2023-06-14', '2023-06-15'];
    const lines = days.map(day => told(record, day).find(([by]) => by === 'delegation'));
    const line = ['delegation', 'p-1/2', '2023-06-16', 'k2', 3];
    expect(lines).toEqual([undefined, line, line, undefined]);
  });
});
