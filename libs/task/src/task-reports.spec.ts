import { specFor } from '@duban/event-store';
import {
  acknowledged,
  commands,
  contextOn,
  culture,
  entering,
  finance,
  issued,
  paper,
  people,
} from './task-examples.js';
import { registered, science } from './task-examples.js';
import type { TaskEvent } from './task-model.js';
import { taskDecider } from './task.js';

const today = '2023-07-14';
const asEntering = { actor: entering };
const given = specFor(taskDecider, contextOn(today, people.liaison));
const proof = [{ title: 'list of firms', url: 'https://example.org/list' }];
const report = commands.ReportProgress;
const reported: Extract<TaskEvent, { type: 'ProgressReported' }> = {
  type: 'ProgressReported',
  n: 1,
  unit: finance,
  period: '2023Q2',
  on: today,
  reporter: 'liaison',
  percent: 60,
  summary: 'on the way',
  evidence: [],
  supersedes: null,
  effectiveOn: '2023-06-30',
};
const running = [registered, issued, acknowledged(finance)];

describe('the receipt', () => {
  const receipt = { type: 'AcknowledgeTask', unit: culture, actsFor: [], members: [] } as const;

  it('is one per unit, and puts the task to work', () => {
    given(registered, issued).when(receipt).then(acknowledged(culture, today));
    given(registered, issued).when(receipt).thenState({ status: 'in_progress' });
    given(registered, issued, acknowledged(culture)).when(receipt).thenNothing();
  });
  it('is for leads, responsible and supporting units, and members of their groups', () => {
    const county = 'xiangtan:湘潭县';
    given(registered, issued)
      .when({ ...receipt, unit: county, members: [county] })
      .then(acknowledged(county, today));
    given(registered, issued)
      .when({ ...receipt, unit: county })
      .thenRejected('not_a_holder', { unit: county });
  });
  it('of a merged unit answers for its old name', () => {
    const successor = { ...receipt, unit: 'xiangtan:市文化局', actsFor: [culture] };
    given(registered, issued).when(successor).then(acknowledged('xiangtan:市文化局', today));
    given(registered, issued, acknowledged(culture)).when(successor).thenNothing();
  });
  it('keeps the first day', () =>
    given(...running, acknowledged(finance, '2023-05-05')).thenState({
      receipts: { [finance]: '2023-04-21' },
    }));
});

describe('the reporting lead', () => {
  it('is named once, among the leads', () => {
    given(...running)
      .when(commands.NameReportingLead)
      .then({ type: 'ReportingLeadNamed', unit: finance, on: today });
    given(...running, { type: 'ReportingLeadNamed', unit: finance, on: today })
      .when(commands.NameReportingLead)
      .thenNothing();
    given(...running)
      .when({ type: 'NameReportingLead', unit: culture })
      .thenRejected('not_a_lead_unit');
  });
});

describe('a report', () => {
  it('of one lead speaks for all', () => {
    given(...running)
      .when(report)
      .then(reported);
    given(...running, reported)
      .when({ ...report, unit: science })
      .thenRejected('already_reported', { by: finance, n: 1 });
    given(...running, reported)
      .when({ ...report, percent: 70 })
      .thenRejected('already_reported', { by: finance, n: 1 });
  });
  it('counts as the receipt of a unit that sent none', () =>
    given(registered, issued)
      .when(report)
      .then({ ...acknowledged(finance, today), through: 'report' }, reported));
  it('counts once when repeated by the same person', () => {
    given(...running, reported)
      .when(report)
      .thenNothing();
    given(...running, reported)
      .when(report, { actor: people.clerk })
      .thenRejected('already_reported');
  });
  it('gives way to one that says so', () => {
    const better = { ...report, unit: science, percent: 70, supersedes: 1 };
    const second = { ...reported, n: 2, unit: science, percent: 70, supersedes: 1 };
    given(...running, reported)
      .when(better)
      .then({ ...acknowledged(science, today), through: 'report' }, second);
    given(...running, reported, acknowledged(science), second)
      .when(better)
      .thenNothing();
    given(...running, reported, second)
      .when({ ...better, percent: 80 })
      .thenRejected('already_reported', { by: science, n: 2 });
    given(...running)
      .when(better)
      .thenRejected('report_not_found', { n: 1 });
  });
  it('of another period is another report', () =>
    given(...running, reported)
      .when({ ...report, period: '2023Q3', aboutOn: today })
      .then({ ...reported, n: 2, period: '2023Q3', effectiveOn: today }));
  it('is for lead units and their successors', () => {
    given(...running)
      .when({ ...report, unit: culture })
      .thenRejected('not_a_lead_unit', { unit: culture });
    given(...running)
      .when({ ...report, unit: culture, actsFor: [finance] })
      .then({ ...reported, unit: culture });
  });
  it('is not about the future', () =>
    given(...running)
      .when({ ...report, aboutOn: '2023-07-15' })
      .thenRejected('effective_in_future'));
  it('needs evidence for what lies more than ten workdays back', () => {
    given(...running)
      .when({ ...report, aboutOn: '2023-06-29' })
      .thenRejected('evidence_needed', { workdays: 10 });
    given(...running)
      .when({ ...report, aboutOn: '2023-06-29', evidence: [{ title: 'list of firms' }] })
      .thenRejected('evidence_needed');
    given(...running)
      .when({ ...report, aboutOn: '2023-06-29', evidence: proof })
      .then({ ...reported, effectiveOn: '2023-06-29', evidence: proof });
  });
  it('on paper counts from the day it was received, and is marked', () => {
    given(...running)
      .when({ ...report, receivedOn: '2023-07-05', paper }, asEntering)
      .then({ ...reported, reporter: 'clerk', on: '2023-07-05', onBehalf: true, paper });
    given(...running)
      .when({ ...report, receivedOn: '2023-07-05' })
      .thenRejected('paper_entry_is_for_office');
    given(...running)
      .when({ ...report, receivedOn: '2023-07-15', paper }, asEntering)
      .thenRejected('received_in_future');
    given(...running)
      .when({ ...report, receivedOn: '2023-06-29', paper }, asEntering)
      .thenRejected('effective_in_future', { handedInOn: '2023-06-29' });
  });
});

describe('a correction', () => {
  const { n, percent, summary, reason } = commands.CorrectProgress;
  const corrected: TaskEvent = {
    type: 'ProgressCorrected',
    n,
    percent,
    summary,
    reason,
    on: today,
    by: 'liaison',
  };

  it('says what was wrong', () => {
    given(...running, reported)
      .when(commands.CorrectProgress)
      .then(corrected);
    given(...running, reported, corrected).thenState(task =>
      expect(task?.reports).toMatchObject([{ percent: 50, corrections: 1, on: today }]),
    );
    given(...running, reported)
      .when({ ...commands.CorrectProgress, reason: '' })
      .thenRejected('reason_needed');
  });
  it('counts once', () =>
    given(...running, reported, corrected)
      .when(commands.CorrectProgress)
      .thenNothing());
  it('is about a report that stands', () => {
    given(...running)
      .when(commands.CorrectProgress)
      .thenRejected('report_not_found', { n: 1 });
    given(...running, reported, { ...reported, n: 2, supersedes: 1 })
      .when(commands.CorrectProgress)
      .thenRejected('report_superseded', { n: 1, by: 2 });
  });
});

describe('a blocker', () => {
  const raise = commands.RaiseBlocker;
  const raised: TaskEvent = {
    type: 'BlockerRaised',
    n: 1,
    unit: finance,
    kind: 'land',
    note: 'no permit',
    on: today,
  };
  const cleared: TaskEvent = { type: 'BlockerCleared', n: 1, note: 'permit came', on: today };

  it('is raised once, cleared once, and may come again', () => {
    given(...running)
      .when(raise)
      .then(raised);
    given(...running, raised)
      .when(raise)
      .thenNothing();
    given(...running, raised)
      .when(commands.ClearBlocker)
      .then(cleared);
    given(...running, raised, cleared)
      .when(commands.ClearBlocker)
      .thenNothing();
    given(...running, raised, cleared)
      .when(raise)
      .then({ ...raised, n: 2 });
  });
  it('is told by units named in the task, members included', () => {
    given(...running)
      .when({ ...raise, unit: 'xiangtan:雨湖区' })
      .thenRejected('not_a_holder');
    given(...running, acknowledged('xiangtan:雨湖区'))
      .when({ ...raise, unit: 'xiangtan:雨湖区', members: ['xiangtan:雨湖区'] })
      .then({ ...raised, unit: 'xiangtan:雨湖区' });
  });
  it('is cleared by its number', () =>
    given(...running)
      .when(commands.ClearBlocker)
      .thenRejected('blocker_not_found', { n: 1 }));
});
