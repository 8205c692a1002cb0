import { specFor } from '@duban/event-store';
import {
  accepted,
  acknowledged,
  commands,
  contextOn,
  culture,
  entering,
  finance,
  issued,
} from './task-examples.js';
import {
  office,
  paper,
  people,
  register,
  registered,
  returned,
  science,
  submitted,
} from './task-examples.js';
import type { TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';

const today = '2023-07-14';
const given = specFor(taskDecider, contextOn(today));
const asLiaison = { actor: people.liaison };
const asEntering = { actor: entering };
const running = [registered, issued, acknowledged(finance)];
const handIn = commands.SubmitCompletion;
const accept = commands.ReviewCompletion;
const giveBack = {
  type: 'ReviewCompletion',
  verdict: 'return',
  reasons: ['no evidence'],
  reworkBy: '2023-07-19',
  reviewerUnit: 'xiangtan:市督查室',
  office: 'xiangtan:市督查室',
} as const;
const outside = { reviewerUnit: 'xiangtan:市督查室', office: 'xiangtan:市督查室' };

describe('handing in', () => {
  const handedIn = submitted(today, { summary: 'all done', effectiveOn: '2023-07-13' });

  it('awaits its review', () => {
    given(...running)
      .when(handIn, asLiaison)
      .then(handedIn);
    given(...running, handedIn).thenState({ status: 'submitted' });
  });
  it('counts once when repeated by the same person', () => {
    given(...running, handedIn)
      .when(handIn, asLiaison)
      .thenNothing();
    given(...running, handedIn)
      .when(handIn)
      .thenRejected('completion_under_review');
  });
  it('is for lead units, on the task as it stands', () => {
    given(...running)
      .when({ ...handIn, unit: culture })
      .thenRejected('not_a_lead_unit');
    given(...running)
      .when({ ...handIn, doneOn: '2023-07-15' })
      .thenRejected('effective_in_future');
    given(...running)
      .when({ ...handIn, doneOn: '2023-06-29' })
      .thenRejected('evidence_needed');
    given(...running)
      .when({ ...handIn, receivedOn: '2023-07-17' })
      .thenRejected('received_in_future');
  });
  it('on paper counts from the day it was received, names the paper, and is reviewed by another', () => {
    const entered = { ...handedIn, reporter: 'clerk', on: '2023-07-13', onBehalf: true, paper };
    given(...running)
      .when({ ...handIn, receivedOn: '2023-07-13', paper }, asEntering)
      .then(entered);
    given(...running)
      .when({ ...handIn, receivedOn: '2023-07-13' }, asEntering)
      .thenRejected('paper_needed');
    given(...running, entered)
      .when(accept, asEntering)
      .thenRejected('same_person', { person: 'clerk' });
  });
  it('by the office for a unit is marked though it came in today', () =>
    given(...running)
      .when({ ...handIn, paper }, asEntering)
      .then({ ...handedIn, reporter: 'clerk', onBehalf: true, paper }));
  it('on paper answers a return only when it came in later', () => {
    given(...running, submitted(), returned())
      .when({ ...handIn, doneOn: '2023-07-10', receivedOn: '2023-07-10', paper }, asEntering)
      .thenRejected('received_before_return', { receivedOn: '2023-07-10', since: '2023-07-11' });
    given(...running, submitted(), returned())
      .when({ ...handIn, doneOn: '2023-07-11', receivedOn: '2023-07-11', paper }, asEntering)
      .thenState({ status: 'submitted' });
  });
  it('again after a return is the next one', () =>
    given(...running, submitted(), returned())
      .when(handIn, asLiaison)
      .then({ ...handedIn, n: 2 }));
});

describe('a review', () => {
  const handedIn = [...running, submitted()];

  it('accepts', () =>
    given(...handedIn)
      .when({ ...accept, ...outside })
      .then(accepted(1, today)));
  it('returns with reasons and a day', () => {
    const event = returned(1, today, '2023-07-19');
    given(...handedIn)
      .when(giveBack)
      .then(event);
    given(...handedIn, event).thenState({ status: 'returned' });
    given(...handedIn)
      .when({ ...giveBack, reasons: [] })
      .thenRejected('reason_needed');
    given(...handedIn)
      .when({ ...giveBack, reasons: ['no evidence', ''] })
      .thenRejected('reason_needed');
  });
  it('gives a workday after today for the rework', () => {
    given(...handedIn)
      .when({ ...giveBack, reworkBy: today })
      .thenRejected('rework_in_past');
    given(...handedIn)
      .when({ ...giveBack, reworkBy: '2023-07-15' })
      .thenRejected('rework_not_a_workday', { next: '2023-07-17' });
    given(...handedIn)
      .when({ ...giveBack, reworkBy: '2023-10-07' })
      .thenState({ status: 'returned' }); // a Saturday on which offices work
  });
  it('is not by the person who reported', () => {
    given(...handedIn)
      .when(accept, asLiaison)
      .thenRejected('same_person', { person: 'liaison' });
    given(...handedIn)
      .when(giveBack, asLiaison)
      .thenRejected('same_person');
  });
  it('is not by either hand of a delegation, whoever reported', () => {
    const standIn = { ...people.clerk, id: 'stand-in' };
    const byDelegate = submitted(today, { delegate: 'stand-in' });
    given(...running)
      .when(handIn, { actor: { ...standIn, actingFor: 'liaison' } })
      .then({ ...byDelegate, effectiveOn: '2023-07-13', summary: 'all done' });
    for (const actor of [people.liaison, standIn, { ...people.chief, actingFor: 'stand-in' }])
      given(...running, byDelegate)
        .when(accept, { actor })
        .thenRejected('same_person');
    for (const actor of [
      { ...standIn, actingFor: 'liaison' },
      { ...people.liaison, actingFor: 'chief' },
    ])
      given(...handedIn)
        .when(accept, { actor })
        .thenRejected('same_person');
    given(...handedIn)
      .when(accept, { actor: { ...standIn, actingFor: 'chief' } })
      .then({ ...accepted(1, today), by: 'chief', delegate: 'stand-in', selfReviewed: true });
  });
  it('of an own task is for the plan’s office alone, and marked', () => {
    given(...handedIn)
      .when({ ...accept, reviewerUnit: finance })
      .thenRejected('same_unit', { unit: finance });
    given(...running, submitted('2023-07-07', { unit: office }))
      .when(accept)
      .then({ ...accepted(1, today), selfReviewed: true });
  });
  it('by a joint lead is a review of its own task', () => {
    given(...handedIn)
      .when({ ...accept, reviewerUnit: science, office: culture })
      .thenRejected('same_unit', { unit: science });
    given(...handedIn)
      .when(accept)
      .thenState(task => task?.completions[0]?.selfReviewed);
  });
  it('counts once when repeated by the same person', () => {
    given(...handedIn, accepted())
      .when(accept)
      .thenNothing();
    given(...handedIn, accepted())
      .when(accept, { actor: people.chief })
      .thenRejected('completion_reviewed');
    given(...handedIn, returned(1, today, '2023-07-19'))
      .when(giveBack)
      .thenNothing();
    given(...handedIn, returned(1, today, '2023-07-20'))
      .when(giveBack)
      .thenRejected('completion_reviewed');
  });
  it('looks at what was handed in last', () =>
    given(...handedIn, returned(), submitted('2023-07-13', { n: 2 }))
      .when({ ...accept, ...outside })
      .then(accepted(2, today)));
});

describe('closing and opening again', () => {
  const done = [...running, submitted(), accepted()];
  const selfReviewed = [...running, submitted(), { ...accepted(), selfReviewed: true }];
  const closed: TaskEvent = { type: 'TaskClosed', on: today, by: 'clerk' };

  it('strikes an accepted task off', () => {
    given(...done)
      .when(commands.CloseTask)
      .then(closed);
    given(...done, closed).thenState({ status: 'closed', closedOn: today });
  });
  it('is not for the person who reported', () =>
    given(...done)
      .when(commands.CloseTask, asLiaison)
      .thenRejected('same_person'));
  it('needs a second signature where the office reviewed itself', () => {
    given(...selfReviewed)
      .when(commands.CloseTask)
      .thenRejected('countersign_needed', { person: 'clerk' });
    given(...selfReviewed)
      .when(commands.CloseTask, { actor: people.chief })
      .then({ ...closed, by: 'chief' });
  });
  it('opens an accepted or closed task again, with a reason', () => {
    const reopened: TaskEvent = {
      type: 'TaskReopened',
      on: today,
      reason: 'by decision of the office',
      paper: null,
    };
    given(...done)
      .when(commands.ReopenTask)
      .then(reopened);
    given(...done, closed)
      .when(commands.ReopenTask)
      .thenState({ status: 'in_progress', closedOn: null, reopenedOn: [today] });
    given(...done)
      .when({ ...commands.ReopenTask, reason: '' })
      .thenRejected('reason_needed');
    given(...done, reopened)
      .when(handIn, asLiaison)
      .thenState({ status: 'submitted' });
  });
  it('goes the whole way from the document to the end', () => {
    const whole = [
      registered,
      issued,
      acknowledged(science),
      submitted(),
      returned(),
      submitted('2023-07-13', { n: 2 }),
    ];
    given(...whole, accepted(2, '2023-07-14'), closed).thenState({ status: 'closed', title: register.title });
  });
});
