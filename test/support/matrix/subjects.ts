import { Readable } from 'node:stream';
import { indicatorDecider } from '@duban/indicator';
import { deciders, splitStream } from '@duban/ledger';
import { place, type TestApi } from '../api.js';
import { group, ownPlans, units } from './people.js';

/** What the requests of the matrix are about. Each is made anew for whoever may change it. */

export type Ids = Readonly<Record<string, string>>;
/** As it is stored; the rules that fold it are looked up by its stream. */
type Event = { type: string; [field: string]: unknown };

const on = '2023-04-21';
const reporter = 'somebody';
const summary = '推进中';
const evidence = [{ title: '佐证材料', url: 'https://example.org/1' }];
const paper = null;
const reason = '决定';

const named = (holder: string, role: 'lead' | 'responsible' | 'supporting', isGroup = false) => ({
  ...{ holder, role, isGroup, presumed: false },
});
export const roles = [
  named(units.lead, 'lead'),
  named(units.joint, 'lead'),
  named(units.merged, 'lead'),
  named(units.responsible, 'responsible'),
  named(units.supporting, 'supporting'),
  named(group, 'responsible', true),
];

const issued = (code: string, issuedOn = on): Event[] => [
  {
    ...{ type: 'TaskRegistered', plan: '004', code, section: null, title: '任务', clause: '1', on },
    ...{ commitment: 'plain', roles, due: { on: '2023-12-31', basis: 'stated', clause: '1' } },
    milestones: [{ code: 'm1', title: '节点', due: null }],
  },
  { type: 'TaskIssued', on: issuedOn, receiptDueOn: issuedOn === on ? '2023-04-24' : '2023-07-10' },
];
const submitted: Event = {
  ...{ type: 'CompletionSubmitted', n: 1, unit: units.lead, on, reporter, summary, evidence },
  effectiveOn: on,
};
const asked: Event = {
  ...{ type: 'ExtensionRequested', n: 1, unit: units.lead, to: '2024-03-31', reason, on, by: reporter },
  ...{ decideBy: '2023-04-26', tolls: true, tollsUntil: '2023-12-31' },
};
const accepted: Event = { type: 'CompletionAccepted', n: 1, on, by: 'other', selfReviewed: false };

/** What happened to a task after it was issued, by the state that this leads to. */
const taskHistories = {
  issued: [],
  reported: [
    {
      ...{ type: 'ProgressReported', n: 1, unit: units.lead, period: '2023Q1', on, reporter, percent: 10 },
      ...{ summary, evidence: [], supersedes: null, effectiveOn: on },
    },
  ],
  blocked: [{ type: 'BlockerRaised', n: 1, unit: units.lead, kind: '资金', note: '未到位', on }],
  submitted: [submitted],
  asked: [asked],
  accepted: [submitted, accepted],
  suspended: [{ type: 'TaskSuspended', on, reason, paper }],
  contested: [
    {
      ...{
        type: 'AssignmentContested',
        n: 1,
        unit: units.lead,
        named: [units.lead],
        reason,
        on,
        by: reporter,
      },
      ...{ decideBy: '2023-04-28', tollsUntil: '2023-05-12' },
    },
  ],
  contributing: [
    {
      ...{ type: 'ContributionRequested', n: 1, unit: units.lead, from: [units.supporting], items: ['户数'] },
      ...{ dueOn: '2023-07-20', on, by: reporter },
    },
  ],
  instructed: [
    {
      ...{ type: 'InstructionGiven', n: 1, text: '查明原因', addressees: [units.lead], dueOn: '2023-07-20' },
      ...{ paper: null, on, by: reporter },
    },
  ],
  // Named but a day ago: it may still be sent back.
  new: [],
} satisfies Record<string, readonly Event[]>;

const define = {
  ...{ type: 'DefineIndicator', plan: '004', code: 'i1', title: '指标', measure: '家', source: 'table' },
  ...{ direction: 'more', kind: 'stock', annualOnly: false, definition: null, owners: [units.owner] },
  ...{ providers: [units.provider], providerMode: 'one_of', frequency: 'quarter', lagDays: 0, links: [] },
  baselines: [{ period: '2022', value: 700 }],
  targets: [
    {
      ...{ horizon: '2023', bound: '>=', floor: 830, stretch: null, kind: null, commitment: 'plain' },
      ...{ forecast: false, words: '达到830家', clause: '1' },
    },
  ],
};
const value = {
  ...{
    type: 'ValueReported',
    period: '2023Q1',
    unit: units.provider,
    value: 710,
    reporter,
    confirmed: false,
  },
  ...{ evidence: [], on, effectiveOn: '2023-03-31' },
};

type TaskSubject = `task ${keyof typeof taskHistories}`;
export type Subject =
  | TaskSubject
  | 'none'
  | 'file'
  | 'file attached'
  | 'indicator defined'
  | 'indicator reported'
  | 'round scheduled'
  | 'round open'
  | 'submission open'
  | 'submission handed in'
  | 'plan code'
  | 'plan drafted'
  | 'plan with finding'
  | 'plan approved'
  | 'plan issued'
  | 'unit'
  | 'group'
  | 'post'
  | 'key'
  | 'grant'
  | 'delegation';

/** Makes subjects, one after the other, each under a key of its own. */
export class Subjects {
  private made = 0;
  private readonly plans = ownPlans.slice(1);

  constructor(private readonly api: TestApi) {}

  /** The ids that stand in paths and bodies. */
  async make(subject: Subject): Promise<Ids> {
    const [kind, state = ''] = subject.split(' ', 2) as [string, string?];
    const nr = (this.made += 1);
    switch (kind) {
      case 'task':
        return this.task(
          `m${nr}`,
          taskHistories[state as keyof typeof taskHistories],
          state === 'new' ? '2023-07-05' : on,
        );
      case 'indicator':
        return this.indicator(`i${nr + 1000}`, state === 'reported');
      case 'round':
        return this.round(monthOf(nr), state === 'open');
      case 'submission':
        return this.submission(monthOf(nr), subject.endsWith('in'));
      case 'plan':
        return this.plan(subject.slice('plan '.length));
      case 'file':
        return this.file(nr, state === 'attached');
      default:
        return this.ofPlace(kind, nr);
    }
  }

  async task(code: string, history: readonly Event[] = [], issuedOn = on): Promise<Ids> {
    const task = `004:${code}`;
    await this.append(`task-${task}`, [...issued(code, issuedOn), ...history]);
    return { task, n: '1' };
  }

  async indicator(code: string, isReported: boolean): Promise<Ids> {
    const defined = indicatorDecider.decide(null, { ...define, code } as never, { today: on } as never);
    await this.append(`indicator-004:${code}`, [...defined, ...(isReported ? [value] : [])]);
    return { indicator: `004:${code}` };
  }

  async round(period: string, isOpen: boolean): Promise<Ids> {
    const events: Event[] = [
      {
        ...{
          type: 'RoundScheduled',
          plan: '004',
          period,
          kind: 'month',
          dueOn: '2023-07-07',
          evidence: false,
        },
        ...{ summary: true, backfill: false, clause: '1', on },
      },
    ];
    const roster = [
      { unit: units.member, tasks: ['004:m0'], leads: [], indicators: [], owesSubmission: true },
    ];
    if (isOpen) events.push({ type: 'RoundOpened', roster, on });
    await this.append(`round-004:${period}`, events);
    return { round: `004:${period}`, unit: units.member };
  }

  private async submission(period: string, isIn: boolean): Promise<Ids> {
    const ids = await this.round(period, true);
    const round = ids['round']!;
    const events: Event[] = [
      {
        ...{ type: 'SubmissionOpened', round, plan: '004', unit: units.member, tasks: ['004:m0'], on },
        ...{ indicators: [], needsEvidence: false, needsSummary: true },
      },
    ];
    const items = [{ task: '004:m0', percent: 50, note: '推进', evidence: [] }];
    if (isIn)
      events.push({
        ...{ type: 'SubmissionHandedIn', n: 1, items, summary, evidence: [], reporter: units.member },
        ...{ onBehalf: false, on },
      });
    await this.append(`submission-${round}/${units.member}`, events);
    return ids;
  }

  private async plan(state: string): Promise<Ids> {
    const plan = this.plans.shift()!;
    if (state === 'code') return { code: plan };
    const odd = { code: 'odd', subject: 'plan', clause: '1', note: '存疑', blocking: true };
    const goal = { ...odd, code: 'goal_without_holder', subject: '1' };
    const events: Event[] = [
      {
        ...{ type: 'PlanDrafted', code: plan, jurisdiction: place, title: '工作计划', documentNumber: null },
        ...{ documentOn: on, from: '2023-01-01', to: '2023-12-31', zone: 'Asia/Shanghai' },
        ...{ office: units.office, findings: state === 'with finding' ? [odd, goal] : [], on },
      },
    ];
    if (state === 'approved' || state === 'issued')
      events.push({ type: 'PlanApproved', by: reporter, paper, on });
    if (state === 'issued') events.push({ type: 'PlanIssued', on, countsFrom: on, assignLeadBy: null });
    await this.append(`plan-${plan}`, events);
    return { plan };
  }

  /** A file of the lead's own, or one that its report refers to. */
  private async file(nr: number, isAttached: boolean): Promise<Ids> {
    const { evidence, tasks } = this.api.core;
    const actor = { id: 'lead', kind: 'person', role: 'unit', unit: units.lead } as const;
    const request = { actor, channel: 'http' } as const;
    const content = Readable.from([Buffer.from(`第${nr}份材料`)]);
    const file = await evidence.receive(request, { content, name: 'a.txt', declared: null });
    await evidence.keep(request, file);
    const { sha256 } = file;
    if (!isAttached) return { sha256 };
    const { task = '' } = await this.task(`m${nr}`);
    await tasks.report(request, task, { period: '2023Q2', summary, evidence: [{ title: 'a', sha256 }] });
    return { sha256 };
  }

  /** What the administrator looks after. */
  private async ofPlace(kind: string, nr: number): Promise<Ids> {
    const name = `事项${nr}`;
    const as = (path: string, body: object) => this.api.done(`/v1/${path}`, 'admin', body);
    if (kind === 'unit') await as('units', { jurisdiction: place, name, kind: 'bureau' });
    if (kind === 'group') {
      const members = [{ unit: units.member, from: '2023-01-01' }];
      await as('groups', { jurisdiction: place, name, members });
    }
    if (kind === 'post') {
      const filled = await as('posts', {
        ...{ jurisdiction: place, kind: 'deputy', seat: name, scope: { unit: units.lead }, person: 'p-1' },
        from: '2023-01-01',
      });
      return { post: filled.id as string };
    }
    if (kind === 'key') {
      const issuedKey = await as('keys', { holder: name, kind: 'person', role: 'auditor' });
      return { key: issuedKey.id as string };
    }
    if (kind === 'grant') {
      const granted = await as('access', { holder: name, role: 'office', plans: ['004'] });
      return { grant: granted.id as string };
    }
    if (kind === 'delegation') {
      const given = { giver: 'office', role: 'office', delegate: name, to: '2023-07-14' };
      return { delegation: (await as('delegations', given)).id as string };
    }
    return { unit: `${place}:${name}`, group: `${place}:${name}`, code: `新${nr}`, period: monthOf(nr) };
  }

  private async append(stream: string, events: readonly Event[]): Promise<void> {
    const { evolve } = deciders[splitStream(stream).category as keyof typeof deciders];
    const write = { stream, expected: 'none' as const, events, evolve: evolve as never };
    const now = `${on}T02:00:00.000Z`;
    const result = await this.api.core.events.append([write], {
      now,
      effectiveOn: on,
      meta: { actor: 'matrix' },
    });
    if ('conflict' in result) throw result.conflict;
  }
}

/** Months of the nineties: a period for each. */
function monthOf(nr: number): string {
  return `${1990 + Math.floor(nr / 12)}-${String((nr % 12) + 1).padStart(2, '0')}`;
}
