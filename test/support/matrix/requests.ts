import { type PersonName, units } from './people.js';
import { type Ids, roles, type Subject } from './subjects.js';
import { place } from '../api.js';

/** What is asked in each row of the matrix: an operation, what it is about, a body that is right, the command it becomes. */
export type Asking = {
  operation: string;
  about?: Subject;
  body?: (ids: Ids, who: PersonName) => object;
  query?: string;
  /** The content of a file that is sent instead of a body. */
  file?: (ids: Ids) => string;
  /** As the events say it that it causes; none for a question. */
  command?: string;
  /** The status of success, where it is not 201. */
  status?: number;
};

const reason = { reason: '决定' };
const summary = '推进';
const evidence = [{ title: '佐证材料', url: 'https://example.org/1' }];
const period = '2023Q1';
const lead = [{ holder: units.lead, isGroup: false, role: 'lead' }];

/** The office enters a paper of the unit that it names; a unit speaks for itself. */
const isOffice = (who: PersonName) =>
  ['office', 'other office', 'machine', 'acting for', 'same unit'].includes(who);
const onBehalf = (who: PersonName, unit: string = units.lead) => (isOffice(who) ? { unit } : {});
const onPaper = (who: PersonName) =>
  isOffice(who) ? { paper: { number: '来函〔2023〕3号', on: '2023-07-05' } } : {};

const questions: Asking[] = [
  ...[
    'me',
    'plans',
    'plans/{plan}',
    'tasks',
    'tasks/{task}',
    'tasks/{task}/events',
    'tasks/{task}/dossier',
    'tasks/{task}/report-form',
  ],
  ...['indicators', 'indicators/{indicator}', 'rounds', 'rounds/{round}', 'obligations', 'desk', 'alerts'],
  ...['rounds/{round}/submissions/{unit}', 'reminders', 'reminders/{reminder}/why', 'rollups'],
  ...['rollups/{rollup}', 'rollups/{rollup}/editions/{n}', 'quarters/{quarter}', 'units', 'units/{unit}'],
  ...[
    'units/{unit}/scorecard',
    'holidays',
    'groups',
    'groups/{group}',
    'posts',
    'keys',
    'access',
    'policies',
    'policies/{kind}',
  ],
].map(path => ({ operation: `GET /v1/${path}`, status: 200 }));

const answer = (path: string, command: string, about: Subject, body: object = {}): Asking => ({
  ...{ operation: `POST /v1/tasks/{task}/${path}`, command, about },
  body: (_, who) => ({ ...onBehalf(who), ...body }),
});
const told = (path: string, command: string, about: Subject, body: object = {}): Asking => ({
  ...answer(path, command, about),
  body: (_, who) => ({ ...onBehalf(who), ...onPaper(who), ...body }),
});
const decision = (path: string, command: string, about: Subject, body: object = {}): Asking => ({
  ...{ operation: `POST /v1/tasks/{task}/${path}`, command, about, body: () => body },
});

const ofTasks: Asking[] = [
  answer('acknowledgements', 'AcknowledgeTask', 'task issued'),
  told('reports', 'ReportProgress', 'task issued', { period: '2023Q2', summary }),
  decision('corrections', 'CorrectProgress', 'task reported', { n: 1, summary, ...reason }),
  told('completions', 'SubmitCompletion', 'task issued', { summary, evidence }),
  told('extensions', 'RequestExtension', 'task issued', { to: '2024-06-30', ...reason }),
  answer('extensions/{n}/withdrawal', 'WithdrawExtension', 'task asked'),
  told('milestones', 'ReachMilestone', 'task issued', { code: 'm1', reachedOn: '2023-07-05', evidence }),
  answer('blockers', 'RaiseBlocker', 'task issued', { kind: '资金', note: '未到位' }),
  decision('blockers/{n}/clearance', 'ClearBlocker', 'task blocked', { note: '已到位' }),
  told('contests', 'ContestAssignment', 'task new', reason),
  decision('contests/{n}/decisions', 'DecideContest', 'task contested', { verdict: 'reject', ...reason }),
  answer('contributions', 'RequestContribution', 'task issued', {
    ...{ from: [units.supporting], items: ['户数'], dueOn: '2023-07-20' },
  }),
  {
    ...answer('contributions/{n}/answers', 'GiveContribution', 'task contributing'),
    body: (_, who) => ({ ...onBehalf(who, units.supporting), ...onPaper(who), answers: ['12户'] }),
  },
  decision('instructions', 'GiveInstruction', 'task issued', {
    ...{ text: '查明原因', addressees: [units.lead], dueOn: '2023-07-20' },
    paper: { number: '督〔2023〕2号', on: '2023-07-05' },
  }),
  told('instructions/{n}/answers', 'AnswerInstruction', 'task instructed', { text: '已查明' }),
  decision('reviews', 'ReviewCompletion', 'task submitted', { verdict: 'accept' }),
  decision('extensions/{n}/decisions', 'DecideExtension', 'task asked', { verdict: 'refuse', ...reason }),
  decision('assignments', 'ReassignUnits', 'task issued', { roles: lead, ...reason }),
  decision('reporting-lead', 'NameReportingLead', 'task issued', { unit: units.joint }),
  decision('due-dates', 'SetDueDate', 'task issued', {
    ...{ due: { on: '2023-11-30', basis: 'stated', clause: '1' } },
    ...reason,
  }),
  decision('amendments', 'AmendTask', 'task issued', { title: '新任务', clause: '1', ...reason }),
  decision('new-milestones', 'SetMilestone', 'task issued', { code: 'm9', title: '验收' }),
  decision('milestone-dates', 'ReviseMilestone', 'task issued', {
    ...{ code: 'm1', due: { on: '2023-11-30', basis: 'stated', clause: '1' } },
    ...reason,
  }),
  decision('suspensions', 'SuspendTask', 'task issued', reason),
  decision('resumptions', 'ResumeTask', 'task suspended'),
  decision('exemptions', 'ExemptTask', 'task issued', reason),
  decision('cancellations', 'CancelTask', 'task issued', reason),
  decision('closures', 'CloseTask', 'task accepted'),
  decision('reopenings', 'ReopenTask', 'task accepted', reason),
];

const figure = (path: string, command: string, about: Subject, body: object): Asking => ({
  ...{ operation: `POST /v1/indicators/{indicator}/${path}`, command, about },
  body: (_, who) => ({ ...onBehalf(who, units.provider), ...onPaper(who), ...body }),
});
const verdict = (path: string, command: string, body: object): Asking => ({
  ...{ operation: `POST /v1/indicators/{indicator}/${path}`, command, about: 'indicator reported' },
  body: () => body,
});

const ofIndicators: Asking[] = [
  figure('values', 'ReportValue', 'indicator defined', { period, value: 712 }),
  figure('revisions', 'ReviseValue', 'indicator reported', { period, value: 712, ...reason }),
  figure('corrections', 'CorrectValue', 'indicator reported', {
    period,
    value: 712,
    ...reason,
    basis: '年报',
  }),
  verdict('confirmations', 'ConfirmValue', { period }),
  verdict('rejections', 'RejectValue', { period, unit: units.provider, ...reason }),
  verdict('targets', 'ReviseTarget', {
    ...{ changes: [{ horizon: '2023', floor: 840 }], paper: { number: '督〔2023〕1号', on: '2023-07-05' } },
    ...reason,
  }),
  verdict('exemptions', 'ExemptIndicator', reason),
  verdict('definitions', 'ChangeDefinition', { title: '新指标', ...reason }),
  verdict('cadence', 'SetCadence', { frequency: 'year', lagDays: 30 }),
  verdict('links', 'LinkIndicator', { plan: '004', task: '004:m0', clause: '2' }),
  verdict('baselines', 'RecordBaseline', { period: '2021', value: 690 }),
  verdict('new-targets', 'SetTarget', {
    target: {
      ...{ horizon: '2025', bound: '>=', floor: 900, commitment: 'plain', forecast: false },
      ...{ words: '达到900家', clause: '1' },
    },
  }),
  verdict('comparators', 'RecordComparator', { period: '2022', value: 650, source: '全省平均' }),
  verdict('publication-days', 'AwaitValue', { period: '2023Q2', availableOn: '2023-07-25', ...reason }),
  verdict('owners', 'AssignOwner', { units: [units.lead] }),
  verdict('providers', 'AssignProvider', { units: [units.lead] }),
];

// Other rows have left contests and requests behind: whether the round may be closed is not the question here.
const blockers = ['not_handed_in', 'unreviewed', 'tolled', 'awaiting_publication', 'disputed'];

const ofRounds: Asking[] = [
  {
    ...{ operation: 'POST /v1/rounds', command: 'ScheduleRound', about: 'none' },
    body: ids => ({
      ...{ plan: '004', period: ids['period'], kind: 'month', dueOn: '2023-07-07', clause: '1' },
      ...{ evidence: false, summary: true },
    }),
  },
  { operation: 'POST /v1/rounds/{round}/open', command: 'OpenRound', about: 'round scheduled' },
  {
    ...{ operation: 'POST /v1/rounds/{round}/due', command: 'MoveRoundDue', about: 'round open' },
    body: () => ({ to: '2023-07-31', ...reason }),
  },
  {
    ...{ operation: 'POST /v1/rounds/{round}/close', command: 'CloseRound', about: 'round open' },
    body: () => ({ accepted: blockers, ...reason }),
  },
];

const submission = (path: string, command: string, about: Subject, body: object = {}): Asking => ({
  ...{ operation: `POST /v1/rounds/{round}/submissions/{unit}/${path}`, command, about, body: () => body },
});
const filled = { items: [{ task: '004:m0', percent: 50, note: '推进' }], summary };

const ofSubmissions: Asking[] = [
  {
    ...{ operation: 'PUT /v1/rounds/{round}/submissions/{unit}', about: 'submission open', status: 200 },
    body: () => filled,
  },
  {
    ...submission('hand-in', 'HandIn', 'submission open'),
    body: (_, who) => ({ ...filled, ...onPaper(who) }),
  },
  submission('withdrawal', 'WithdrawSubmission', 'submission handed in'),
  submission('return', 'ReturnSubmission', 'submission handed in', {
    reasons: [{ item: 'summary', reason: '补充' }],
    reworkBy: '2023-07-14',
  }),
  submission('acceptance', 'AcceptSubmission', 'submission handed in'),
  submission('waiver', 'WaiveSubmission', 'submission open', reason),
];

const ofPlan = (path: string, command: string, about: Subject, body: object = {}): Asking => ({
  ...{ operation: `POST /v1/plans/{plan}/${path}`, command, about, body: () => body },
});

const ofPlans: Asking[] = [
  {
    ...{ operation: 'POST /v1/plans', command: 'DraftPlan', about: 'plan code' },
    body: ids => ({
      ...{ code: ids['code'], jurisdiction: place, title: '工作计划', office: units.office },
      ...{ from: '2023-01-01', to: '2023-12-31' },
    }),
  },
  ofPlan('sections', 'ArrangeSections', 'plan drafted', {
    sections: [{ code: '1', title: '部分', clause: '1' }],
  }),
  ofPlan('waivers', 'WaiveFinding', 'plan with finding', { code: 'odd', subject: 'plan', ...reason }),
  ofPlan('goal-holders', 'NameGoalHolder', 'plan with finding', { subject: '1', units: [units.lead] }),
  ofPlan('approval', 'ApprovePlan', 'plan drafted'),
  ofPlan('issue', 'IssuePlan', 'plan approved'),
  ofPlan('amendments', 'AmendPlan', 'plan issued', { title: '调整', to: '2023-12-31', ...reason }),
  ofPlan('closure', 'ClosePlan', 'plan issued', reason),
  {
    ...{ operation: 'POST /v1/tasks', command: 'RegisterTask', about: 'none' },
    body: ids => ({ plan: '004', code: ids['code'], title: '任务', clause: '1', roles }),
  },
  {
    ...{ operation: 'POST /v1/indicators', command: 'DefineIndicator', about: 'none' },
    body: ids => ({
      ...{ plan: '004', code: ids['code'], title: '指标', measure: '家', source: 'table', direction: 'more' },
      ...{ kind: 'stock', frequency: 'quarter', owners: [units.owner], providers: [units.provider] },
      ...{ baselines: [], targets: [] },
    }),
  },
];

const admin = (
  operation: string,
  command: string,
  about: Subject,
  body: (ids: Ids) => object = () => ({}),
): Asking => ({ operation: `POST /v1/${operation}`, command, about, body });
const from = { from: '2023-07-06' };

const ofPlaces: Asking[] = [
  admin('units', 'RegisterUnit', 'none', ids => ({ jurisdiction: place, name: ids['code'], kind: 'bureau' })),
  admin('units/{unit}/renaming', 'RenameUnit', 'unit', ids => ({ name: `更名${ids['unit']?.slice(-3)}` })),
  admin('units/{unit}/aliases', 'AddAlias', 'unit', ids => ({ alias: `别名${ids['code']}` })),
  admin('units/{unit}/move', 'MoveUnit', 'unit', () => ({ parent: units.lead })),
  admin('units/{unit}/merger', 'MergeUnit', 'unit', () => ({ into: units.lead, ...from })),
  admin('units/{unit}/split', 'SplitUnit', 'unit', () => ({ into: [units.lead, units.joint], ...from })),
  admin('units/{unit}/closure', 'CloseUnit', 'unit', () => reason),
  admin('groups', 'DefineGroup', 'none', ids => ({
    ...{ jurisdiction: place, name: ids['code'], members: [{ unit: units.member, from: '2023-01-01' }] },
  })),
  admin('groups/{group}/members', 'JoinGroup', 'group', () => ({ unit: units.apart, ...from })),
  admin('groups/{group}/departures', 'LeaveGroup', 'group', () => ({ unit: units.member, ...from })),
  admin('posts', 'FillPost', 'none', ids => ({
    ...{ jurisdiction: place, kind: 'deputy', seat: ids['code'], scope: { unit: units.lead }, person: 'p-1' },
    ...{ from: '2023-01-01' },
  })),
  admin('posts/{post}/vacancy', 'VacatePost', 'post', () => from),
  admin('holidays', 'AnnounceHolidays', 'none', () => ({ year: 2027, holidays: ['2027-01-01'] })),
  admin('keys', 'IssueKey', 'none', ids => ({ holder: ids['code'], kind: 'person', role: 'auditor' })),
  {
    ...{ operation: 'POST /v1/policies/backtest', status: 200 },
    body: () => ({ content: {}, from: '2023-07-01', to: '2023-07-31', plan: '004' }),
  },
  admin('policies/{kind}', 'AdoptPolicy', 'none', () => ({
    ...{ version: 2, from: '2023-10-01', content: { behind: 0.7 } },
    ...reason,
  })),
  { operation: 'DELETE /v1/keys/{key}', command: 'RevokeKey', about: 'key', status: 204 },
  admin('access', 'GrantAccess', 'none', ids => ({ holder: ids['code'], role: 'office', plans: ['004'] })),
  admin('access/{grant}/revocation', 'RevokeAccess', 'grant', () => reason),
];

const ofPersons: Asking[] = [
  {
    ...{ operation: 'POST /v1/delegations', command: 'GiveDelegation', about: 'none' },
    body: (ids, who) => ({
      ...{ delegate: ids['code'], to: '2023-07-14' },
      ...(who === 'admin' && { giver: 'office', role: 'office' }),
    }),
  },
  {
    ...{ operation: 'DELETE /v1/delegations/{delegation}', command: 'EndDelegation', about: 'delegation' },
    status: 204,
  },
];

const several: Asking[] = [
  {
    ...{ operation: 'POST /v1/reports', about: 'task issued', status: 200 },
    body: (ids, who) => ({
      items: [{ task: ids['task'], period: '2023Q2', summary, ...onBehalf(who), ...onPaper(who) }],
    }),
  },
  {
    ...{ operation: 'POST /v1/values', about: 'indicator defined', status: 200 },
    body: (ids, who) => ({
      items: [
        {
          indicator: ids['indicator'],
          period,
          value: 712,
          ...onBehalf(who, units.provider),
          ...onPaper(who),
        },
      ],
    }),
  },
  {
    ...{ operation: 'POST /v1/acknowledgements', status: 200 },
    body: (_, who) => ({ plan: '004', ...onBehalf(who) }),
  },
  { operation: 'POST /v1/reminders/{reminder}/acknowledgements', command: 'AcknowledgeReminder' },
  {
    ...{ operation: 'POST /v1/rollups', status: 202 },
    body: () => ({ period: '2023Q2', plans: ['004'] }),
  },
];

const ofFiles: Asking[] = [
  { operation: 'POST /v1/evidence', command: 'StoreEvidence', about: 'none', file: ids => ids['code'] ?? '' },
  { operation: 'GET /v1/evidence/{sha256}', about: 'file attached', status: 200 },
  { operation: 'GET /v1/evidence/{sha256}/record', about: 'file attached', status: 200 },
  {
    ...{ operation: 'POST /v1/evidence/{sha256}/withdrawal', command: 'WithdrawEvidence', about: 'file' },
    body: () => reason,
  },
];

const ofEditions: Asking[] = [
  { operation: 'GET /v1/rollups/{rollup}/readings', status: 200 },
  { operation: 'GET /v1/rollups/{rollup}/diff', query: '?from=1&to=1', status: 200 },
  {
    ...{ operation: 'POST /v1/rollups/{rollup}/editions/{n}/circulation', command: 'CirculateEdition' },
    body: (_, who) => ({ to: [units[who === 'office' ? 'owner' : 'provider']] }),
  },
  { operation: 'POST /v1/rollups/{rollup}/editions/{n}/receipts', command: 'SeeEdition' },
  {
    ...{ operation: 'POST /v1/rollups/{rollup}/explanations', command: 'ExplainCorrection' },
    body: () => ({ cause: 'indicator-004:i0@9', text: '影响甚微' }),
  },
  {
    ...{ operation: 'POST /v1/rollups/{rollup}/restate', command: 'RestateEdition' },
    body: () => reason,
  },
];

/** Every row of the matrix, by operation. */
export const askings: readonly Asking[] = [
  ...questions,
  ...ofPlans,
  ...ofTasks,
  ...ofIndicators,
  ...ofRounds,
  ...ofSubmissions,
  ...several,
  ...ofFiles,
  ...ofEditions,
  ...ofPlaces,
  ...ofPersons,
];
