import { specFor } from '@duban/event-store';
import {
  acknowledged,
  asked,
  commands,
  contextOn,
  culture,
  finance,
  issued,
  registered,
} from './task-examples.js';
import type { TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';

const today = '2023-07-14';
const given = specFor(taskDecider, contextOn(today));
const running = [registered, issued, acknowledged(finance)];
const because = { reason: 'by decision of the office', paper: null };
const past = { on: '2023-07-13', basis: 'stated', clause: 'letter' } as const;

describe('the due day', () => {
  const { due } = commands.SetDueDate;
  const set: TaskEvent = { type: 'DueDateSet', due, ...because, on: today };

  it('moves by decision and keeps its versions', () => {
    given(...running)
      .when(commands.SetDueDate)
      .then(set);
    given(...running, set).thenState(task =>
      expect(task?.dues).toMatchObject([
        { version: 1, due: { on: '2023-07-31' }, through: 'registered' },
        { version: 2, due: { on: '2023-08-31' }, setOn: today, through: 'decision' },
      ]),
    );
    given(...running, set)
      .when(commands.SetDueDate)
      .thenNothing();
  });
  it('may be taken away', () =>
    given(...running)
      .when({ ...commands.SetDueDate, due: null })
      .then({ type: 'DueDateSet', due: null, ...because, on: today }));
  it('of an issued task is not set in the past', () => {
    given(...running)
      .when({ ...commands.SetDueDate, due: past })
      .thenRejected('due_in_past');
    given(registered)
      .when({ ...commands.SetDueDate, due: past })
      .then({ type: 'DueDateSet', due: past, ...because, on: today });
  });
  it('that was presumed is confirmed even when it is over', () => {
    const confirmed = { on: '2023-07-31', basis: 'stated', clause: 'letter' } as const;
    given(...running)
      .when({ ...commands.SetDueDate, due: confirmed }, { today: '2023-08-10' })
      .then({ type: 'DueDateSet', due: confirmed, ...because, on: '2023-08-10' });
  });
  it('waits for the answer to a request', () =>
    given(...running, asked('2023-07-05'))
      .when(commands.SetDueDate)
      .thenRejected('extension_pending', { n: 1 }));
});

describe('a milestone', () => {
  const reach = commands.ReachMilestone;
  const reached: TaskEvent = {
    type: 'MilestoneReached',
    code: 'm1',
    unit: finance,
    on: today,
    evidence: [],
    effectiveOn: '2023-07-13',
  };

  it('is added once', () => {
    const { milestone } = commands.SetMilestone;
    const set: TaskEvent = { type: 'MilestoneSet', milestone, on: today };
    given(...running)
      .when(commands.SetMilestone)
      .then(set);
    given(...running, set)
      .when(commands.SetMilestone)
      .thenNothing();
    given(...running, set)
      .when({ type: 'SetMilestone', milestone: { ...milestone, title: 'Other' } })
      .thenRejected('milestone_exists', { milestone: 'm2' });
    given(registered, set)
      .when({ type: 'SetMilestone', milestone: { ...milestone, title: 'Other' } })
      .thenState(task => task?.milestones.at(-1)?.title === 'Other' && task.milestones.length === 2);
    given(...running)
      .when({ type: 'SetMilestone', milestone: { ...milestone, due: past } })
      .thenRejected('due_in_past');
  });
  it('moves until it is reached, and keeps its days', () => {
    const { code, due } = commands.ReviseMilestone;
    const revised: TaskEvent = { type: 'MilestoneRevised', code, due, ...because, on: today };
    given(...running)
      .when(commands.ReviseMilestone)
      .then(revised);
    given(...running, revised)
      .when(commands.ReviseMilestone)
      .thenNothing();
    given(...running, revised).thenState(task =>
      expect(task?.milestones).toMatchObject([
        {
          due,
          dues: [
            { due: { on: '2023-06-30' }, setOn: '2023-04-20' },
            { version: 2, due, setOn: today },
          ],
        },
      ]),
    );
    given(...running, reached)
      .when(commands.ReviseMilestone)
      .thenRejected('milestone_reached');
    given(...running)
      .when({ ...commands.ReviseMilestone, due: past })
      .thenRejected('due_in_past');
    given(...running)
      .when({ ...commands.ReviseMilestone, code: 'm9' })
      .thenRejected('milestone_not_found', { milestone: 'm9' });
  });
  it('is reached on a day that is over, reported by a lead', () => {
    given(...running)
      .when(reach)
      .then(reached);
    given(...running, reached).thenState(task =>
      expect(task?.milestones).toMatchObject([{ reachedOn: '2023-07-13', reportedOn: today }]),
    );
    given(...running)
      .when({ ...reach, unit: culture })
      .thenRejected('not_a_lead_unit');
    given(...running)
      .when({ ...reach, reachedOn: '2023-07-15' })
      .thenRejected('effective_in_future');
    given(...running)
      .when({ ...reach, reachedOn: '2023-06-28' })
      .thenRejected('evidence_needed');
    given(...running)
      .when({ ...reach, code: 'm9' })
      .thenRejected('milestone_not_found');
  });
  it('that was reached more than ten workdays ago is marked so', () => {
    const evidence = [{ title: '验收', url: 'https://example.org/1' }];
    given(...running)
      .when({ ...reach, reachedOn: '2023-06-29', evidence })
      .then({ ...reached, evidence, effectiveOn: '2023-06-29', backdated: true });
    given(...running)
      .when({ ...reach, reachedOn: '2023-06-30', evidence })
      .then({ ...reached, evidence, effectiveOn: '2023-06-30' });
  });
  it('is reached once', () => {
    given(...running, reached)
      .when(reach)
      .thenNothing();
    given(...running, reached)
      .when({ ...reach, reachedOn: today })
      .thenRejected('milestone_reached', { reachedOn: '2023-07-13' });
  });
  it('puts an issued task to work', () =>
    given(registered, issued)
      .when(reach)
      .thenState({ status: 'in_progress', receipts: { [finance]: today } }));
});
