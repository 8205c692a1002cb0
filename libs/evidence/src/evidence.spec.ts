import { createCalendar } from '@duban/calendar';
import { specFor } from '@duban/event-store';
import { evidenceDecider } from './evidence.js';

const [science, finance] = ['xiangtan:市科技局', 'xiangtan:市财政局'];
const by = (id: string, role: 'unit' | 'office' = 'unit') => ({
  ...{ now: '2023-07-04T01:00:00.000Z', today: '2023-07-04', calendar: createCalendar() },
  actor: { id, kind: 'person', role } as const,
});
const given = specFor(evidenceDecider, by('li'));
const sha256 = 'ab'.repeat(32);
const file = { sha256, size: 7, mediaType: 'application/pdf', name: '台账.pdf', unit: science };
const store = { type: 'StoreEvidence', ...file } as const;
const stored = { type: 'EvidenceStored', ...file, by: 'li', on: '2023-07-04' } as const;
const task = 'task-004:3.1';
const attach = {
  type: 'AttachEvidence',
  sha256,
  to: [task],
  units: [science],
  pointers: ['/evidence/0/sha256'],
} as const;
const attached = { type: 'EvidenceAttached', to: task, on: '2023-07-04' } as const;
const withdraw = { type: 'WithdrawEvidence', units: [science], reason: '传错', removeBytes: false } as const;
const withdrawn = {
  type: 'EvidenceWithdrawn',
  units: [science],
  reason: '传错',
  bytesRemoved: false,
  by: 'li',
  on: '2023-07-04',
} as const;
const byOffice = { ...withdraw, units: null };
const withdrawnByOffice = { ...withdrawn, units: null, by: 'office' };

describe('storing a file', () => {
  it('is recorded, and once however often it comes in', () => {
    given().when(store).then(stored);
    given(stored).when(store).thenNothing();
    given(stored)
      .when({ ...store, name: 'other.pdf' })
      .thenNothing();
  });
  it('of another unit or person is theirs, too', () => {
    given(stored)
      .when({ ...store, unit: finance })
      .then({ ...stored, unit: finance });
    given(stored)
      .when(store, by('wang'))
      .then({ ...stored, by: 'wang' });
  });
  it('that its unit took back is possible', () => given(stored, withdrawn).when(store).then(stored));
  it('that the office withdrew is refused', () =>
    given(stored, withdrawnByOffice)
      .when(store)
      .thenRejected('evidence_barred', { reason: '传错', on: '2023-07-04' }));
});

describe('referring to a file', () => {
  it('is recorded once for each that refers', () => {
    given(stored).when(attach).then(attached);
    given(stored, attached).when(attach).thenNothing();
    given(stored, attached)
      .when({ ...attach, to: [task, 'submission-x'] })
      .then({ ...attached, to: 'submission-x' });
  });
  it('is for its unit, and for who handed it in', () => {
    given(stored)
      .when({ ...attach, units: [finance] }, by('wang'))
      .thenRejected('evidence_unknown', { sha256 });
    given(stored)
      .when({ ...attach, units: [] }, by('wang'))
      .thenRejected('evidence_unknown');
    given(stored)
      .when({ ...attach, units: [finance] })
      .then(attached);
    given({ ...stored, unit: null })
      .when(attach, by('wang'))
      .thenRejected('evidence_unknown');
  });
  it('that is not there is refused like that of another', () =>
    given().when(attach).thenRejected('evidence_unknown', { sha256 }));
  it('that was withdrawn is refused', () => {
    for (const gone of [withdrawn, withdrawnByOffice])
      given(stored, gone).when(attach).thenRejected('evidence_unknown', { sha256 });
  });
});

describe('withdrawing a file', () => {
  it('is for its unit while nothing refers to it', () => {
    given(stored).when(withdraw).then(withdrawn);
    given(stored, withdrawn).when(withdraw).thenNothing();
    given(stored, attached).when(withdraw).thenRejected('evidence_attached', { to: task });
    given(stored)
      .when({ ...withdraw, units: [finance] }, by('wang'))
      .thenRejected('not_found');
  });
  it('of one unit leaves it to another', () =>
    given(stored, { ...stored, unit: finance, by: 'wang' }, withdrawn)
      .when({ ...attach, units: [finance] }, by('wang'))
      .then(attached));
  it('by the office is possible at any time, first without and then with the bytes', () => {
    const office = by('office', 'office');
    given(stored, attached).when(byOffice, office).then(withdrawnByOffice);
    given(stored, withdrawnByOffice).when(byOffice, office).thenNothing();
    const all = { ...byOffice, removeBytes: true };
    const removed = { ...withdrawnByOffice, bytesRemoved: true };
    given(stored, withdrawnByOffice).when(all, office).then(removed);
    given(stored, removed).when(all, office).thenNothing();
    given(stored, removed).when(byOffice, office).thenNothing();
  });
  it('with its bytes is for the office', () =>
    given(stored)
      .when({ ...withdraw, removeBytes: true })
      .thenRejected('office_only'));
  it('needs a reason and a file', () => {
    given(stored)
      .when({ ...withdraw, reason: ' ' })
      .thenRejected('reason_needed');
    given().when(withdraw).thenRejected('not_found');
  });
});
