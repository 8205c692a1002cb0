import { createCalendar } from '@duban/calendar';
import type { Context } from '@duban/platform';
import type { Assignment } from './assignment-model.js';
import type { TaskCommand, TaskEvent } from './task-model.js';

/** One imagined task with two joint leads, its events and commands: what the specs beside this file speak of. */

export const science = 'xiangtan:市科技局';
export const finance = 'xiangtan:市财政局';
export const culture = 'xiangtan:市文旅局';
export const office = science;

type Command<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>;
type Event<Type extends TaskEvent['type']> = Extract<TaskEvent, { type: Type }>;

const actor = (id: string): Context['actor'] => ({ id, kind: 'person', role: 'unit' });

/** `liaison` reports, `clerk` and `chief` sit in the office, `robot` is a machine that acts for nobody. */
export const people = { liaison: actor('liaison'), clerk: actor('clerk'), chief: actor('chief') };
/** The clerk again, entering what a unit said on paper. */
export const entering: Context['actor'] = {
  id: 'clerk',
  kind: 'person',
  role: 'office',
  unit: 'xiangtan:督查室',
};
export const paper = { number: '潭科函〔2023〕5号', on: '2023-07-05' };
export const robot: Context['actor'] = { id: 'robot', kind: 'machine', role: 'office' };

export const contextOn = (today: string, who = people.clerk): Context => ({
  now: `${today}T02:00:00.000Z`,
  today,
  calendar: createCalendar(),
  actor: who,
});

const lead = (holder: string): Assignment => ({ holder, isGroup: false, role: 'lead', presumed: false });
export const jointLeads: readonly Assignment[] = [
  lead(science),
  lead(finance),
  { holder: 'xiangtan:各县市区园区', isGroup: true, role: 'responsible', presumed: false },
  { holder: culture, isGroup: false, role: 'supporting', presumed: false },
];

export const register: Command<'RegisterTask'> = {
  type: 'RegisterTask',
  plan: '004',
  code: '3.1',
  section: '3',
  title: 'More high-tech firms',
  clause: 'annex 2, row 3.1',
  commitment: 'plain',
  roles: jointLeads,
  due: { on: '2023-07-31', basis: 'stated', clause: '7月底' },
  milestones: [
    { code: 'm1', title: 'List drawn up', due: { on: '2023-06-30', basis: 'stated', clause: '6月底' } },
  ],
};

export const registered: Event<'TaskRegistered'> = { ...register, type: 'TaskRegistered', on: '2023-04-20' };
export const issued: Event<'TaskIssued'> = {
  type: 'TaskIssued',
  on: '2023-04-20',
  receiptDueOn: '2023-04-24',
};

export const acknowledged = (unit: string, on = '2023-04-21'): Event<'TaskAcknowledged'> => ({
  type: 'TaskAcknowledged',
  unit,
  on,
  through: 'receipt',
});

export const submitted = (
  on = '2023-07-07',
  more: Partial<Event<'CompletionSubmitted'>> = {},
): Event<'CompletionSubmitted'> => ({
  type: 'CompletionSubmitted',
  n: 1,
  unit: finance,
  on,
  reporter: 'liaison',
  summary: 'done',
  evidence: [],
  effectiveOn: on,
  ...more,
});

export const returned = (n = 1, on = '2023-07-11', reworkBy = '2023-07-14'): Event<'CompletionReturned'> => ({
  type: 'CompletionReturned',
  n,
  on,
  reworkBy,
  reasons: ['no evidence'],
  by: 'clerk',
  selfReviewed: false,
});

export const accepted = (n = 1, on = '2023-07-12'): Event<'CompletionAccepted'> => ({
  type: 'CompletionAccepted',
  n,
  on,
  by: 'clerk',
  selfReviewed: false,
});

export const asked = (
  on = '2023-07-28',
  more: Partial<Event<'ExtensionRequested'>> = {},
): Event<'ExtensionRequested'> => ({
  type: 'ExtensionRequested',
  n: 1,
  unit: finance,
  to: '2023-09-15',
  reason: 'site not ready',
  on,
  decideBy: '2023-08-02',
  tolls: true,
  tollsUntil: '2023-08-18',
  by: 'liaison',
  ...more,
});

export const granted = (on: string, dueOn = '2023-09-15', n = 1): Event<'ExtensionGranted'> => ({
  type: 'ExtensionGranted',
  n,
  dueOn,
  on,
  paper: null,
  by: 'clerk',
});

export const refused = (on: string, n = 1): Event<'ExtensionRefused'> => ({
  type: 'ExtensionRefused',
  n,
  on,
  reason: 'too late',
  paper: null,
  by: 'clerk',
});

export const contested = (
  on = '2023-04-24',
  more: Partial<Event<'AssignmentContested'>> = {},
): Event<'AssignmentContested'> => ({
  type: 'AssignmentContested',
  n: 1,
  unit: finance,
  named: [finance],
  reason: 'not our trade',
  on,
  decideBy: '2023-05-04',
  tollsUntil: '2023-05-17',
  by: 'liaison',
  ...more,
});

export const decided = (
  verdict: Event<'ContestDecided'>['verdict'],
  on = '2023-05-04',
): Event<'ContestDecided'> => ({
  type: 'ContestDecided',
  n: 1,
  verdict,
  reason: 'by decision of the office',
  paper: null,
  on,
  by: 'clerk',
});

export const contributionAsked: Event<'ContributionRequested'> = {
  type: 'ContributionRequested',
  n: 1,
  unit: finance,
  from: [culture],
  items: ['Firms visited'],
  dueOn: '2023-07-12',
  on: '2023-07-05',
  by: 'liaison',
};

export const instructed: Event<'InstructionGiven'> = {
  type: 'InstructionGiven',
  n: 1,
  text: 'find out why',
  addressees: [finance],
  dueOn: '2023-07-12',
  paper: null,
  on: '2023-07-05',
  by: 'mayor',
};

const acting = { unit: finance, actsFor: [] };
const because = { reason: 'by decision of the office', paper: null };

/** One valid command of each kind, sent on 14 July 2023. */
export const commands = {
  RegisterTask: register,
  IssueTask: { type: 'IssueTask', receiptDueOn: '2023-07-19' },
  AmendTask: { type: 'AmendTask', title: 'Many more high-tech firms', clause: 'row 3.1', ...because },
  AcknowledgeTask: { type: 'AcknowledgeTask', unit: culture, actsFor: [], members: [] },
  NameReportingLead: { type: 'NameReportingLead', unit: finance },
  SetDueDate: {
    type: 'SetDueDate',
    due: { on: '2023-08-31', basis: 'stated', clause: '8月底' },
    ...because,
  },
  SetMilestone: { type: 'SetMilestone', milestone: { code: 'm2', title: 'Firms told', due: null } },
  ReachMilestone: { type: 'ReachMilestone', code: 'm1', reachedOn: '2023-07-13', evidence: [], ...acting },
  ReviseMilestone: {
    type: 'ReviseMilestone',
    code: 'm1',
    due: { on: '2023-07-20', basis: 'stated', clause: 'letter' },
    ...because,
  },
  ReportProgress: {
    type: 'ReportProgress',
    period: '2023Q2',
    aboutOn: '2023-06-30',
    receivedOn: null,
    percent: 60,
    summary: 'on the way',
    evidence: [],
    supersedes: null,
    ...acting,
  },
  CorrectProgress: {
    type: 'CorrectProgress',
    n: 1,
    percent: 50,
    summary: 'on the way',
    reason: 'miscounted',
  },
  RaiseBlocker: { type: 'RaiseBlocker', kind: 'land', note: 'no permit', ...acting },
  ClearBlocker: { type: 'ClearBlocker', n: 1, note: 'permit came' },
  SubmitCompletion: {
    ...{
      type: 'SubmitCompletion',
      doneOn: '2023-07-13',
      receivedOn: null,
      summary: 'all done',
      evidence: [],
    },
    ...acting,
  },
  ReviewCompletion: { type: 'ReviewCompletion', verdict: 'accept', reviewerUnit: office, office },
  CloseTask: { type: 'CloseTask' },
  ReopenTask: { type: 'ReopenTask', ...because },
  RequestExtension: { type: 'RequestExtension', to: '2023-09-15', reason: 'site not ready', ...acting },
  WithdrawExtension: { type: 'WithdrawExtension', n: 1, ...acting },
  DecideExtension: { type: 'DecideExtension', n: 1, verdict: 'grant', dueOn: '2023-09-15', paper: null },
  ReassignUnits: { type: 'ReassignUnits', roles: [lead(culture)], ...because },
  SuspendTask: { type: 'SuspendTask', ...because },
  ResumeTask: { type: 'ResumeTask' },
  ExemptTask: { type: 'ExemptTask', ...because },
  CancelTask: { type: 'CancelTask', ...because },
  ContestAssignment: { type: 'ContestAssignment', reason: 'not our trade', members: [], ...acting },
  DecideContest: { type: 'DecideContest', n: 1, verdict: 'reject', ...because },
  RequestContribution: {
    type: 'RequestContribution',
    from: [culture],
    items: ['Firms visited'],
    dueOn: '2023-07-20',
    members: [],
    ...acting,
  },
  GiveContribution: {
    type: 'GiveContribution',
    n: 1,
    answers: ['twelve firms'],
    evidence: [],
    receivedOn: null,
    unit: culture,
    actsFor: [],
  },
  GiveInstruction: {
    type: 'GiveInstruction',
    text: 'find out why',
    addressees: [finance],
    dueOn: '2023-07-21',
    paper: { number: '12', on: '2023-07-13' },
    members: [],
    office,
  },
  AnswerInstruction: {
    type: 'AnswerInstruction',
    n: 1,
    text: 'the site was not ready',
    evidence: [],
    receivedOn: null,
    members: [],
    ...acting,
  },
} satisfies { [Type in TaskCommand['type']]: Command<Type> };
