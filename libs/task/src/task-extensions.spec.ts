import { specFor } from '@duban/event-store';
import { firstVersions } from '@duban/policy';
import { acknowledged, asked, commands, contextOn, culture, finance, granted } from './task-examples.js';
import { issued, people, refused, registered, science } from './task-examples.js';
import type { TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';

const given = specFor(taskDecider, contextOn('2023-07-28', people.liaison));
const running = [registered, issued, acknowledged(finance)];
const ask = commands.RequestExtension;
const grant = commands.DecideExtension;
const refuse = { type: 'DecideExtension', n: 1, verdict: 'refuse', reason: 'too late', paper: null } as const;
const withdraw = commands.WithdrawExtension;
const withdrawn: TaskEvent = { type: 'ExtensionWithdrawn', n: 1, on: '2023-07-28' };
const clerkOn = (today: string) => contextOn(today, people.clerk);

describe('asking for more time', () => {
  it('tolls for fifteen workdays and wants an answer in three', () =>
    given(...running)
      .when(ask)
      .then(asked()));
  it('by the policy of its day', () => {
    const dates = { ...firstVersions.date, decisionWorkdays: 2, tollingWorkdays: 10 };
    given(...running)
      .when({ ...ask, dates })
      .then(asked('2023-07-28', { decideBy: '2023-08-01', tollsUntil: '2023-08-11' }));
  });
  it('on the due day still tolls, the day after no longer', () => {
    given(...running)
      .when(ask, { today: '2023-07-31' })
      .then(asked('2023-07-31', { decideBy: '2023-08-03', tollsUntil: '2023-08-21' }));
    given(...running)
      .when(ask, { today: '2023-08-01' })
      .then(asked('2023-08-01', { decideBy: '2023-08-04', tolls: false, tollsUntil: '2023-08-01' }));
  });
  it('is a sign of receipt, too', () =>
    given(registered, issued)
      .when(ask)
      .then({ ...acknowledged(finance, '2023-07-28'), through: 'report' }, asked()));
  it('is for a lead, with a reason', () => {
    given(...running)
      .when({ ...ask, unit: culture })
      .thenRejected('not_a_lead_unit');
    given(...running)
      .when({ ...ask, reason: '' })
      .thenRejected('reason_needed');
  });
  it('needs a due day, and a later one', () => {
    given({ ...registered, due: null }, issued)
      .when(ask)
      .thenRejected('no_due_date');
    given(...running)
      .when({ ...ask, to: '2023-07-31' })
      .thenRejected('extension_not_later', { dueOn: '2023-07-31' });
    given(...running)
      .when({ ...ask, to: '2023-08-04' }, { today: '2023-08-07' })
      .thenRejected('extension_not_later', { today: '2023-08-07' });
  });
  it('is one request at a time', () => {
    given(...running, asked())
      .when(ask)
      .thenNothing();
    given(...running, asked())
      .when({ ...ask, to: '2023-10-31' })
      .thenRejected('extension_pending', { n: 1 });
    given(...running, asked())
      .when({ ...ask, unit: science })
      .thenRejected('extension_pending');
    given(...running, asked(), withdrawn)
      .when(ask)
      .then(asked('2023-07-28', { n: 2 }));
  });
});

describe('taking a request back', () => {
  it('is for the unit that asked, once', () => {
    given(...running, asked())
      .when(withdraw)
      .then(withdrawn);
    given(...running, asked(), withdrawn)
      .when(withdraw)
      .thenNothing();
    given(...running, asked())
      .when({ ...withdraw, unit: science })
      .thenRejected('not_the_asking_unit', { asked: finance });
    given(...running, asked())
      .when({ ...withdraw, unit: culture, actsFor: [finance] })
      .then(withdrawn);
  });
  it('needs one that waits', () => {
    given(...running)
      .when(withdraw)
      .thenRejected('extension_not_found', { n: 1 });
    given(...running, asked(), refused('2023-07-28'))
      .when(withdraw)
      .thenRejected('extension_decided', { state: 'refused' });
  });
});

describe('the answer', () => {
  it('grants a new due day and keeps the old one', () => {
    given(...running, asked())
      .when(grant, clerkOn('2023-08-02'))
      .then(granted('2023-08-02'));
    given(...running, asked(), granted('2023-08-02')).thenState(task =>
      expect(task?.dues).toMatchObject([
        { version: 1, due: { on: '2023-07-31' }, setOn: '2023-04-20', through: 'registered' },
        { version: 2, due: { on: '2023-09-15', basis: 'stated' }, setOn: '2023-08-02', through: 'extension' },
      ]),
    );
  });
  it('may name another day than the one asked for, but a later one', () => {
    given(...running, asked())
      .when({ ...grant, dueOn: '2023-08-31' }, clerkOn('2023-08-02'))
      .then(granted('2023-08-02', '2023-08-31'));
    given(...running, asked())
      .when({ ...grant, dueOn: '2023-07-31' }, clerkOn('2023-07-28'))
      .thenRejected('extension_not_later');
    given(...running, asked())
      .when({ ...grant, dueOn: '2023-08-04' }, clerkOn('2023-08-07'))
      .thenRejected('extension_not_later');
  });
  it('refuses with a reason and leaves the due day', () => {
    given(...running, asked())
      .when(refuse, clerkOn('2023-08-08'))
      .then(refused('2023-08-08'));
    given(...running, asked(), refused('2023-08-08')).thenState(
      task => task?.dues.length === 1 && task.extensions[0]?.endedOn === '2023-08-08',
    );
    given(...running, asked())
      .when({ ...refuse, reason: '' }, clerkOn('2023-08-08'))
      .thenRejected('reason_needed');
  });
  it('comes once', () => {
    given(...running, asked(), granted('2023-08-02'))
      .when(grant, clerkOn('2023-08-03'))
      .thenNothing();
    given(...running, asked(), refused('2023-08-02'))
      .when(refuse, clerkOn('2023-08-03'))
      .thenNothing();
    given(...running, asked(), granted('2023-08-02'))
      .when(refuse, clerkOn('2023-08-03'))
      .thenRejected('extension_decided', { state: 'granted' });
    given(...running)
      .when(grant, clerkOn('2023-08-03'))
      .thenRejected('extension_not_found');
  });
  it('is not by the delegate who asked for that person', () =>
    given(...running, { ...asked(), by: 'chief', delegate: people.liaison.id })
      .when(grant, contextOn('2023-08-02', people.liaison))
      .thenRejected('same_person'));
  it('is not by the person who asked', () =>
    given(...running, asked())
      .when(grant, contextOn('2023-08-02', people.liaison))
      .thenRejected('same_person'));
});
