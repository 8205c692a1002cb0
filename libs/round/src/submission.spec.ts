import { specFor } from '@duban/event-store';
import {
  accepted,
  context,
  handedIn,
  handIn,
  itemOf,
  liaison,
  open,
  opened,
  paper,
  returned,
  unit,
  valueOf,
  waived,
  withdraw,
  withdrawn,
} from './submission-examples.js';
import { submissionDecider } from './submission.js';
import type { SubmissionEvent } from './round-model.js';

const given = specFor(submissionDecider, context);
const later = { today: '2023-07-14' };
const byLiaison = { actor: liaison };

describe('opening a submission', () => {
  it('is recorded', () => given().when(open).then(opened));
  it('starts open', () =>
    given(opened).thenState({ status: 'open', firstHandedInOn: null, handIns: [], returns: [] }));
  it('is recorded once, whatever came since', () =>
    given(opened, handedIn(1), returned(1)).when(open).thenNothing());
  it('is refused with other contents', () =>
    given(opened)
      .when({ ...open, indicators: [] })
      .thenRejected('submission_already_open', { unit }));
  it('comes before everything else', () => given().when(handIn).thenRejected('submission_not_found'));
});

describe('handing in', () => {
  it('is recorded', () => given(opened).when(handIn, byLiaison).then(handedIn(1)));
  it('keeps the contents and the day', () =>
    given(opened, handedIn(1)).thenState(state => {
      expect(state).toMatchObject({ status: 'handed_in', firstHandedInOn: '2023-07-11' });
      expect(state?.handIns).toEqual([
        expect.objectContaining({ n: 1, on: '2023-07-11', reporter: 'liaison-1', withdrawnOn: null }),
      ]);
    }));
  it('is recorded once', () => given(opened, handedIn(1)).when(handIn, byLiaison).thenNothing());
  it('is recorded once although it was accepted since', () =>
    given(opened, handedIn(1), accepted(1)).when(handIn, byLiaison).thenNothing());
  it('of something else waits for a withdrawal or a return', () =>
    given(opened, handedIn(1))
      .when({ ...handIn, summary: 'another' }, byLiaison)
      .thenRejected('already_handed_in'));
  it('is over once it was accepted', () =>
    given(opened, handedIn(1), accepted(1))
      .when({ ...handIn, summary: 'another' }, byLiaison)
      .thenRejected('already_reviewed', { status: 'accepted' }));
  it('is over once it was waived', () =>
    given(opened, handedIn(1), returned(1), waived)
      .when(handIn, byLiaison)
      .thenRejected('submission_waived'));
  it('again after a return is the rework', () =>
    given(opened, handedIn(1), returned(1))
      .when(handIn, { ...byLiaison, ...later })
      .then(handedIn(2, { on: '2023-07-14' })));
  it('again discharges the rework and keeps the first day', () =>
    given(
      opened,
      handedIn(1, { on: '2023-07-07' }),
      returned(1),
      handedIn(2, { on: '2023-07-14' }),
    ).thenState(state => {
      expect(state).toMatchObject({ status: 'handed_in', firstHandedInOn: '2023-07-07' });
      expect(state?.returns[0]?.redoneOn).toBe('2023-07-14');
    }));
  it('after the round was closed is recorded and noted', () =>
    given(opened)
      .when({ ...handIn, roundClosed: true }, byLiaison)
      .then(handedIn(1, { afterClose: true })));
  it('by a delegate is reported by the person, and the delegate is kept beside', () =>
    given(opened)
      .when(handIn, { actor: { id: 'wang', kind: 'person', role: 'unit', unit, actingFor: 'liaison-1' } })
      .then(handedIn(1, { delegate: 'wang' })));
  it('by a machine is reported by whom it acts for', () =>
    given(opened)
      .when(handIn, { actor: { id: 'bot', kind: 'machine', role: 'unit', unit, actingFor: 'liaison-1' } })
      .then(handedIn(1)));
});

describe('what is handed in', () => {
  const only = (...items: (typeof handIn)['items'][number][]) => ({ ...handIn, items });

  it('answers everything asked for', () =>
    given(opened)
      .when(only(itemOf('004:3.1')), byLiaison)
      .thenRejected('submission_incomplete', { missing: ['004:i12'] }));
  it('answers nothing else', () =>
    given(opened)
      .when(only(...handIn.items, itemOf('004:9.9')), byLiaison)
      .thenRejected('item_not_asked', { item: '004:9.9' }));
  it('answers each once', () =>
    given(opened)
      .when(only(...handIn.items, itemOf('004:3.1')), byLiaison)
      .thenRejected('item_twice', { item: '004:3.1' }));
  it('has its summary', () =>
    given(opened)
      .when({ ...handIn, summary: ' ' }, byLiaison)
      .thenRejected('summary_needed'));
  it('has its evidence', () =>
    given(opened)
      .when({ ...handIn, evidence: [] }, byLiaison)
      .thenRejected('evidence_needed', { of: ['004:2023H1'] }));
  it('has evidence also when every item has some', () => {
    const items = [itemOf('004:3.1', [paper]), valueOf('004:i12', [paper])];
    given(opened)
      .when({ ...handIn, items, evidence: [] }, byLiaison)
      .then(handedIn(1, { items, evidence: [] }));
  });
  it('lacks evidence when only one item has some', () =>
    given(opened)
      .when({ ...only(itemOf('004:3.1', [paper]), valueOf('004:i12')), evidence: [] }, byLiaison)
      .thenRejected('evidence_needed', { of: ['004:2023H1', '004:i12'] }));
  it('needs neither unless it is asked for', () =>
    given({ ...opened, needsEvidence: false, needsSummary: false })
      .when({ ...handIn, summary: null, evidence: [] }, byLiaison)
      .then(handedIn(1, { summary: null, evidence: [] })));
  it('hears of every fault at once', () => {
    const faulty = { ...handIn, items: [itemOf('004:9.9')], summary: null, evidence: [] };
    const state = submissionDecider.evolve(null, opened);
    expect(() => submissionDecider.decide(state, faulty, { ...context, ...byLiaison })).toThrow(
      expect.objectContaining({
        errors: [
          { pointer: '/items/0', code: 'item_not_asked', params: { item: '004:9.9' } },
          { pointer: '/items', code: 'submission_incomplete', params: { missing: ['004:3.1', '004:i12'] } },
          { pointer: '/summary', code: 'summary_needed' },
          { pointer: '/evidence', code: 'evidence_needed', params: { of: ['004:2023H1'] } },
        ],
      }),
    );
  });
});

describe('a paper that the office enters', () => {
  const received = (receivedOn: string) => ({ ...handIn, receivedOn });

  it('counts on the day it came in', () =>
    given(opened)
      .when(received('2023-07-06'))
      .then(handedIn(1, { on: '2023-07-06', reporter: 'officer-1', onBehalf: true })));
  it('may have come in today', () =>
    given(opened)
      .when(received('2023-07-11'))
      .then(handedIn(1, { reporter: 'officer-1', onBehalf: true })));
  it('is recorded once', () =>
    given(opened, handedIn(1, { on: '2023-07-06', reporter: 'officer-1', onBehalf: true }))
      .when(received('2023-07-06'))
      .thenNothing());
  it('is marked also when it came in today', () =>
    given(opened)
      .when(handIn)
      .then(handedIn(1, { reporter: 'officer-1', onBehalf: true })));
  it('is no mark on what the office owes itself', () =>
    given({ ...opened, unit: 'xiangtan:市科技局' })
      .when(handIn)
      .then(handedIn(1, { reporter: 'officer-1' })));
  it('is entered by nobody else', () =>
    given(opened).when(received('2023-07-06'), byLiaison).thenRejected('paper_entry_is_for_office'));
  it('cannot come in tomorrow', () =>
    given(opened).when(received('2023-07-12')).thenRejected('received_in_future'));
  it('came in on a day', () => given(opened).when(received('6 July')).thenRejected('not_a_day'));
  it('cannot answer a return before that was made', () =>
    given(opened, handedIn(1), returned(1))
      .when(received('2023-07-10'))
      .thenRejected('received_before_return'));
  it('is there itself', () =>
    given({ ...opened, needsEvidence: false })
      .when({ ...received('2023-07-06'), evidence: [] })
      .thenRejected('paper_needed'));
});

describe('withdrawing', () => {
  it('is recorded', () => given(opened, handedIn(1)).when(withdraw, byLiaison).then(withdrawn(1)));
  it('opens the submission again and keeps the first day', () =>
    given(opened, handedIn(1), withdrawn(1)).thenState(state => {
      expect(state).toMatchObject({ status: 'open', firstHandedInOn: '2023-07-11' });
      expect(state?.handIns[0]?.withdrawnOn).toBe('2023-07-11');
    }));
  it('of a rework owes the rework again', () =>
    given(opened, handedIn(1), returned(1), handedIn(2), withdrawn(2)).thenState(state => {
      expect(state?.status).toBe('returned');
      expect(state?.returns[0]?.redoneOn).toBeNull();
    }));
  it('lets another version be handed in', () =>
    given(opened, handedIn(1), withdrawn(1)).when(handIn, byLiaison).then(handedIn(2)));
  it.each<[string, SubmissionEvent[]]>([
    ['first version', [opened, handedIn(1), withdrawn(1)]],
    ['rework', [opened, handedIn(1), returned(1), handedIn(2), withdrawn(2)]],
  ])('the %s is recorded once', (_, history) =>
    given(...history)
      .when(withdraw, byLiaison)
      .thenNothing(),
  );
  it('is for the unit', () =>
    given(opened, handedIn(1)).when(withdraw).thenRejected('not_the_reporting_unit', { unit }));
  it('is for the successor of the unit, too', () =>
    given(opened, handedIn(1))
      .when({ ...withdraw, actsFor: [unit] }, { actor: { ...liaison, unit: 'xiangtan:新区' } })
      .then(withdrawn(1)));
  it.each<[string, SubmissionEvent[], string]>([
    ['needs a hand-in', [opened], 'not_handed_in'],
    ['is over after a return', [opened, handedIn(1), returned(1)], 'already_reviewed'],
    ['is over after the acceptance', [opened, handedIn(1), accepted(1)], 'already_reviewed'],
    ['is over after a waiver', [opened, waived], 'submission_waived'],
  ])('%s', (_, history, code) =>
    given(...history)
      .when(withdraw, byLiaison)
      .thenRejected(code),
  );
});
