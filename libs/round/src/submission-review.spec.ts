import { specFor } from '@duban/event-store';
import {
  accept,
  accepted,
  context,
  handedIn,
  liaison,
  officer,
  opened,
  returned,
  returnIt,
  unit,
  waive,
  waived,
  withdrawn,
} from './submission-examples.js';
import { submissionDecider } from './submission.js';

const given = specFor(submissionDecider, context);
const byLiaison = { actor: liaison };

describe('returning', () => {
  it('is recorded', () => given(opened, handedIn(1)).when(returnIt).then(returned(1)));
  it('owes a rework', () =>
    given(opened, handedIn(1), returned(1)).thenState(state => {
      expect(state?.status).toBe('returned');
      expect(state?.returns).toEqual([
        { n: 1, on: '2023-07-11', reworkBy: '2023-07-14', reasons: returnIt.reasons, redoneOn: null },
      ]);
    }));
  it('is recorded once', () => given(opened, handedIn(1), returned(1)).when(returnIt).thenNothing());
  it('happens once per version', () =>
    given(opened, handedIn(1), returned(1))
      .when({ ...returnIt, reworkBy: '2023-07-17' })
      .thenRejected('already_reviewed', { status: 'returned' }));
  it.each([
    ['reasons', { reasons: [] }, 'reason_needed'],
    ['words for each reason', { reasons: [{ item: '004:3.1', reason: '' }] }, 'reason_needed'],
    ['items that were asked for', { reasons: [{ item: '004:9.9', reason: 'why' }] }, 'item_not_asked'],
    ['a day', { reworkBy: 'soon' }, 'not_a_day'],
    ['a day after today', { reworkBy: '2023-07-11' }, 'rework_in_past'],
    ['a workday', { reworkBy: '2023-07-15' }, 'rework_not_a_workday'],
  ])('needs %s', (_, change, code) =>
    given(opened, handedIn(1))
      .when({ ...returnIt, ...change })
      .thenRejected(code),
  );
  it.each(['summary', 'evidence'])('may be for the %s as such', item => {
    const reasons = [{ item, reason: 'too thin' }];
    given(opened, handedIn(1))
      .when({ ...returnIt, reasons })
      .then({ ...returned(1), reasons });
  });
});

describe('accepting', () => {
  it('is recorded', () => given(opened, handedIn(1)).when(accept).then(accepted(1)));
  it('ends the submission', () =>
    given(opened, handedIn(1), accepted(1)).thenState({
      status: 'accepted',
      acceptedOn: '2023-07-11',
      acceptedBy: 'officer-1',
      selfReviewed: false,
    }));
  it('is recorded once', () => given(opened, handedIn(1), accepted(1)).when(accept).thenNothing());
  it('happens once', () =>
    given(opened, handedIn(1), accepted(1))
      .when(accept, { actor: { ...officer, id: 'officer-2' } })
      .thenRejected('already_reviewed', { status: 'accepted' }));
});

describe('a reviewer', () => {
  const reviews = [accept, returnIt];
  const office = unit;

  it.each(reviews)('finds something handed in: $type', review => {
    given(opened).when(review).thenRejected('not_handed_in');
    given(opened, handedIn(1), withdrawn(1)).when(review).thenRejected('not_handed_in');
    given(opened, handedIn(1), returned(1), handedIn(2), withdrawn(2))
      .when(review)
      .thenRejected('not_handed_in');
    given(opened, waived).when(review).thenRejected('submission_waived');
  });
  it('does not accept what was returned', () =>
    given(opened, handedIn(1), returned(1)).when(accept).thenRejected('already_reviewed'));
  it('does not return what was accepted', () =>
    given(opened, handedIn(1), accepted(1)).when(returnIt).thenRejected('already_reviewed'));
  it.each(reviews)('is never the reporter: $type', review =>
    given(opened, handedIn(1, { reporter: 'officer-1', onBehalf: true }))
      .when(review)
      .thenRejected('same_person'),
  );
  it.each(reviews)('is not who reported an earlier version: $type', review =>
    given(opened, handedIn(1, { reporter: 'officer-1', onBehalf: true }), withdrawn(1), handedIn(2))
      .when(review)
      .thenRejected('same_person'),
  );
  it.each(reviews)('is not whom the reporting machine acted for: $type', review =>
    given(opened, handedIn(1))
      .when(review, { actor: { id: 'bot', kind: 'machine', role: 'office', actingFor: 'liaison-1' } })
      .thenRejected('same_person'),
  );
  it.each(reviews)(
    'is neither the delegate through whom it was handed in nor acts for the reporter: $type',
    review => {
      given(opened, handedIn(1, { delegate: 'officer-1' }))
        .when(review)
        .thenRejected('same_person');
      given(opened, handedIn(1))
        .when(review, { actor: { id: 'officer-1', kind: 'person', role: 'office', actingFor: 'liaison-1' } })
        .thenRejected('same_person');
      given(opened, handedIn(1, { reporter: 'officer-2' }))
        .when(review, { actor: { id: 'officer-2', kind: 'person', role: 'office', actingFor: 'officer-1' } })
        .thenRejected('same_person');
    },
  );
  it.each(reviews)('is a person or acts for one: $type', review =>
    given(opened, handedIn(1))
      .when(review, { actor: { id: 'bot', kind: 'machine', role: 'office' } })
      .thenRejected('machine_needs_acting_for'),
  );
  it.each(reviews)('is of another unit: $type', review => {
    given(opened, handedIn(1))
      .when({ ...review, reviewerUnit: unit })
      .thenRejected('same_unit', { unit });
    given(opened, handedIn(1))
      .when({ ...review, reviewerUnit: 'xiangtan:新区', actsFor: [unit] })
      .thenRejected('same_unit');
  });
  it("may be of the same unit in the plan's office, which is marked", () => {
    const own = { ...returnIt, reviewerUnit: office, office };
    given(opened, handedIn(1))
      .when(own)
      .then({ ...returned(1), selfReviewed: true });
    given(opened, handedIn(1))
      .when({ ...accept, reviewerUnit: office, office })
      .thenState({ status: 'accepted', selfReviewed: true });
    given(opened, handedIn(1), { ...returned(1), selfReviewed: true }, handedIn(2), accepted(2)).thenState({
      selfReviewed: true,
    });
  });
});

describe('waiving', () => {
  it('is recorded', () => given(opened).when(waive).then(waived));
  it('ends the duty', () => given(opened, waived).thenState({ status: 'waived' }));
  it('ends a rework, too', () => given(opened, handedIn(1), returned(1)).when(waive).then(waived));
  it('is recorded once', () => given(opened, waived).when(waive).thenNothing());
  it('keeps its first reason', () =>
    given(opened, waived)
      .when({ ...waive, reason: 'another' })
      .thenRejected('submission_waived'));
  it('needs a reason', () =>
    given(opened)
      .when({ ...waive, reason: '' })
      .thenRejected('reason_needed'));
  it('is for the office', () =>
    given(opened).when(waive, byLiaison).thenRejected('office_only', { role: 'unit' }));
  it('is no decision of a machine', () =>
    given(opened)
      .when(waive, { actor: { id: 'bot', kind: 'machine', role: 'office' } })
      .thenRejected('machine_needs_acting_for'));
  it('is not for what was handed in', () =>
    given(opened, handedIn(1)).when(waive).thenRejected('already_handed_in'));
  it('is not for what was accepted', () =>
    given(opened, handedIn(1), accepted(1)).when(waive).thenRejected('already_reviewed'));
});
