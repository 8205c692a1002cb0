import { specFor } from '@duban/event-store';
import { acknowledged, asked, commands, contextOn, culture, finance, issued } from './task-examples.js';
import { accepted, people, register, registered, robot, submitted } from './task-examples.js';
import type { Task, TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';

const today = '2023-07-14';
const given = specFor(taskDecider, contextOn(today));
const reason = 'by decision of the office';

describe('registering and issuing a task', () => {
  it('starts a draft', () => given().when(register).thenState({ status: 'draft', issuedOn: null }));
  it('says on which day', () => given().when(register, { today: '2023-04-20' }).then(registered));
  it('changes nothing when the document is loaded again', () => {
    given(registered, issued, acknowledged(finance)).when(register).thenNothing();
    given(registered)
      .when({ ...register, milestones: [] })
      .thenRejected('task_already_registered');
  });
  it('knows its document again after the dates have moved', () => {
    const moved: TaskEvent = {
      type: 'DueDateSet',
      due: { on: '2023-08-31', basis: 'stated', clause: 'letter' },
      reason,
      paper: null,
      on: today,
    };
    given(registered, issued, moved).when(register).thenNothing();
  });
  it('takes what the draft says as original', () =>
    given(registered)
      .when(commands.SetDueDate)
      .thenState(task => task?.dues.length === 1));

  it('issues a task from today', () =>
    given(registered)
      .when(commands.IssueTask)
      .thenState({ status: 'issued', issuedOn: today, assignedOn: today, receiptDueOn: '2023-07-19' }));
  it('issues once', () => {
    const issue = { type: 'IssueTask', receiptDueOn: issued.receiptDueOn } as const;
    given(registered, issued).when(issue).thenNothing();
    given(registered, issued).when(commands.IssueTask).thenRejected('task_already_issued');
  });
  it('issues a task that names no unit', () =>
    given({ ...registered, roles: [] })
      .when(commands.IssueTask)
      .then({ type: 'TaskIssued', on: today, receiptDueOn: '2023-07-19' }));
  it('gives time for the receipt', () =>
    given(registered)
      .when({ ...commands.IssueTask, receiptDueOn: '2023-07-13' })
      .thenRejected('receipt_due_passed', { receiptDueOn: '2023-07-13' }));
});

describe('amending and reassigning', () => {
  const running = [registered, issued, acknowledged(finance)];

  it('amends words with a reason', () => {
    const { title, clause } = commands.AmendTask;
    given(...running)
      .when(commands.AmendTask)
      .then({ type: 'TaskAmended', title, clause, reason, paper: null, on: today });
    given(...running, { type: 'TaskAmended', title, clause, reason, paper: null, on: today })
      .when(commands.AmendTask)
      .thenNothing();
    given(...running)
      .when({ ...commands.AmendTask, reason: ' ' })
      .thenRejected('reason_needed');
  });

  it('names other units from today on, and forgets a reporting lead that leads no longer', () => {
    const named: TaskEvent = { type: 'ReportingLeadNamed', unit: finance, on: '2023-05-04' };
    const { roles } = commands.ReassignUnits;
    given(...running, named)
      .when(commands.ReassignUnits)
      .thenState({ roles, assignedOn: today, reportingLead: null, issuedOn: issued.on });
    given(...running, named)
      .when({ ...commands.ReassignUnits, roles: registered.roles.slice(1) })
      .thenState({ reportingLead: finance });
    given(registered).when(commands.ReassignUnits).thenState({ assignedOn: null });
  });
  it('needs a lead, and other units than those named', () => {
    const supporting = registered.roles.filter(({ role }) => role === 'supporting');
    given(...running)
      .when({ ...commands.ReassignUnits, roles: supporting })
      .thenRejected('task_without_lead');
    given(...running)
      .when({ ...commands.ReassignUnits, roles: registered.roles })
      .thenNothing();
  });
});

describe('suspending, exempting, cancelling', () => {
  const running = [registered, issued, acknowledged(finance)];
  const suspended: TaskEvent = { type: 'TaskSuspended', on: '2023-07-03', reason, paper: null };

  it('suspends and resumes, any number of times', () => {
    given(...running)
      .when(commands.SuspendTask)
      .then({ type: 'TaskSuspended', on: today, reason, paper: null });
    given(...running, suspended)
      .when(commands.ResumeTask)
      .thenState({ suspensions: [{ from: '2023-07-03', to: today, reason }] });
    given(...running, suspended, { type: 'TaskResumed', on: '2023-07-05' })
      .when(commands.SuspendTask)
      .thenState(task => task?.suspensions.length === 2);
  });
  it('keeps the state of what it suspends', () =>
    given(...running, submitted(), suspended)
      .when(commands.ReviewCompletion)
      .thenState({ status: 'accepted' }));

  it('ends what was asked when the task is exempt, cancelled or done', () => {
    const lapses = (task: Task | null) =>
      expect(task?.extensions).toMatchObject([{ state: 'lapsed', endedOn: today }]);
    given(...running, asked('2023-07-05'))
      .when(commands.ExemptTask)
      .thenState(lapses);
    given(...running, asked('2023-07-05'))
      .when(commands.CancelTask)
      .thenState(lapses);
    given(...running, asked('2023-07-05'), submitted())
      .when(commands.ReviewCompletion)
      .thenState(lapses);
  });
  it('says why', () => {
    for (const command of [commands.SuspendTask, commands.ExemptTask, commands.CancelTask]) {
      given(...running)
        .when({ ...command, reason: '' })
        .thenRejected('reason_needed');
    }
  });
});

describe('what a person stands for', () => {
  const running = [registered, issued, acknowledged(finance)];
  const handedIn = [...running, submitted()];
  const histories = [
    [commands.SetDueDate, running],
    [commands.ReviewCompletion, handedIn],
    [commands.CloseTask, [...handedIn, accepted()]],
    [commands.ReopenTask, [...handedIn, accepted()]],
    [commands.DecideExtension, [...running, asked('2023-07-05')]],
    [commands.SuspendTask, running],
    [commands.ExemptTask, running],
    [commands.CancelTask, running],
  ] as const;

  it.each(histories)('is not decided by a machine of its own: $type', (command, history) => {
    given(...history)
      .when(command, { actor: robot })
      .thenRejected('machine_needs_acting_for', { actor: 'robot' });
    given(...history)
      .when(command, { actor: { ...robot, actingFor: 'chief' } })
      .thenState(task => task !== null);
  });
  it('leaves drafts to the import', () =>
    given(registered)
      .when(commands.SetDueDate, { actor: robot })
      .thenState(task => task?.dues[0]?.due?.on === '2023-08-31'));
  it('puts the person down, not the machine', () =>
    given(...handedIn)
      .when(commands.ReviewCompletion, { actor: { ...robot, actingFor: 'chief' } })
      .then({ ...accepted(1, today), by: 'chief', selfReviewed: true }));
  it('is not that of the reporter behind a machine', () =>
    given(...handedIn)
      .when(commands.ReviewCompletion, { actor: { ...robot, actingFor: people.liaison.id } })
      .thenRejected('same_person'));
});

describe('what is stored', () => {
  it('folds types that this version does not know', () => {
    const unknown = { type: 'toString' } as unknown as TaskEvent;
    given(unknown, registered, unknown).thenState({ status: 'draft' });
    given(unknown).thenState(task => task === null);
  });
  it('means nothing before the task is registered', () =>
    given(acknowledged(culture), issued).thenState(task => task === null));
});
