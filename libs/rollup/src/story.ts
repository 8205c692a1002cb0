import { createCalendar } from '@duban/calendar';
import { type Decider } from '@duban/event-store';
import { type IndicatorCommand } from '@duban/indicator';
import { deciders, LedgerBuilder, type PlanLedger, rosterOf, splitStream } from '@duban/ledger';
import { type Actor, type Context } from '@duban/platform';
import { type PlanCommand } from '@duban/plan';
import { type PolicyCommand, type PolicyKind } from '@duban/policy';
import { type BlockerClass, type RoundCommand, type Submission, type SubmissionCommand } from '@duban/round';
import { type TaskCommand } from '@duban/task';
import { type GroupCommand, type UnitCommand } from '@duban/unit';

/** A record told day by day for specs: each command is decided by the product's own rules, what follows is folded. */

export const calendar = createCalendar();
export const office = 'xiangtan:市科技局';
export const industry = 'xiangtan:市工信局';
export const finance = 'xiangtan:市财政局';
export const statistics = 'xiangtan:市统计局';
export const districts = 'xiangtan:各县市区';
export const paper = { number: '潭督〔2023〕8号', on: '2023-04-20' };

export type Recorded = { stream: string; event: { type: string; effectiveOn: string }; on: string };
export type Command =
  | PlanCommand
  | TaskCommand
  | IndicatorCommand
  | RoundCommand
  | SubmissionCommand
  | UnitCommand
  | GroupCommand
  | PolicyCommand;
type AnyDecider = Decider<unknown, Command, { type: string; effectiveOn?: string }, Context>;

const person = (id: string): Actor => ({ id, kind: 'person', role: 'office' });
export const liaison = (unit: string): Actor => ({ id: 'liaison', kind: 'person', role: 'unit', unit });

export class Story {
  readonly events: Recorded[] = [];
  private readonly states = new Map<string, unknown>();
  private today = '2023-04-20';
  private readonly who: Actor = person('clerk');

  constructor(readonly plan: string) {}

  /** What follows happens on this day. */
  on(day: string): this {
    this.today = day;
    return this;
  }

  /** Decides one command; throws what the rules refuse with. */
  tell(stream: string, command: Command, by: Actor = this.who): this {
    const decider = deciders[splitStream(stream).category as keyof typeof deciders] as unknown as AnyDecider;
    const context = { now: `${this.today}T02:00:00.000Z`, today: this.today, calendar, actor: by };
    let state = this.states.get(stream) ?? decider.initial;
    for (const decided of decider.decide(state, command, context)) {
      const event = { effectiveOn: this.today, ...decided };
      state = decider.evolve(state, event);
      this.events.push({ stream, event, on: this.today });
    }
    this.states.set(stream, state);
    return this;
  }

  ledger(): PlanLedger {
    const builder = new LedgerBuilder();
    for (const { stream, event } of this.events) builder.apply(stream, event);
    return builder.ledger(this.plan)!;
  }

  /** Version 2 of a policy, from a day on. */
  adopt(kind: PolicyKind, from: string, content: Record<string, unknown>): this {
    const decided = { version: 2, from, content, reason: '会议议定', paper: null };
    return this.tell(`policy-${kind}`, { type: 'AdoptPolicy', kind, ...decided });
  }

  unit(id: string, kind: 'bureau' | 'county' = 'bureau'): this {
    const [jurisdiction = '', name = ''] = id.split(':');
    return this.tell(`unit-${id}`, {
      type: 'RegisterUnit',
      jurisdiction,
      name,
      kind,
      parent: null,
      aliases: [],
    });
  }

  group(id: string, units: readonly string[]): this {
    const [jurisdiction = '', name = ''] = id.split(':');
    const members = units.map(unit => ({ unit, from: '2023-01-01' }));
    return this.tell(`group-${id}`, {
      type: 'DefineGroup',
      jurisdiction,
      name,
      aliases: [],
      open: false,
      members,
    });
  }

  /** A task led by the first of the units; the others lead it jointly. */
  task(
    code: string,
    leads: readonly string[],
    more: Partial<TaskCommand & { type: 'RegisterTask' }> = {},
  ): this {
    const roles = leads.map(holder => ({ holder, isGroup: false, role: 'lead' as const, presumed: false }));
    return this.tell(`task-${this.plan}:${code}`, {
      type: 'RegisterTask',
      plan: this.plan,
      code,
      section: code.split('.')[0] ?? null,
      title: `任务${code}`,
      clause: `第${code}项`,
      commitment: 'plain',
      roles,
      due: { on: '2023-12-31', basis: 'presumed', clause: '年内' },
      milestones: [],
      ...more,
    });
  }

  round(period: string, dueOn: string, { backfill = false, summary = false } = {}): this {
    return this.tell(`round-${this.plan}:${period}`, {
      type: 'ScheduleRound',
      plan: this.plan,
      period,
      kind: period.includes('H') ? 'half_year' : 'quarter',
      dueOn,
      evidence: false,
      summary,
      backfill,
      clause: '三(三)',
    });
  }

  /** Opens the round with the roster of the day and a submission for each unit that owes one. */
  open(period: string): this {
    const id = `${this.plan}:${period}`;
    const ledger = this.ledger();
    const round = ledger.rounds.get(id)!;
    const roster = rosterOf(ledger, round, this.today);
    this.tell(`round-${id}`, { type: 'OpenRound', roster });
    for (const { unit, tasks, indicators, owesSubmission } of roster) {
      if (!owesSubmission) continue;
      this.tell(`submission-${id}/${unit}`, {
        type: 'OpenSubmission',
        ...{ round: id, plan: this.plan, unit, tasks, indicators },
        ...{ needsEvidence: round.evidence, needsSummary: round.summary },
      });
    }
    return this;
  }

  close(period: string, accepted: readonly BlockerClass[] = [], reason: string | null = null): this {
    return this.tell(`round-${this.plan}:${period}`, {
      type: 'CloseRound',
      blockers: accepted.map(each => ({ class: each, items: [] })),
      accepted,
      reason,
    });
  }

  /** Asks for more time; the liaison asks, so that the clerk may decide. */
  ask(code: string, unit: string, to: string): this {
    return this.tell(
      `task-${this.plan}:${code}`,
      { type: 'RequestExtension', unit, actsFor: [], to, reason: '待批复' },
      liaison(unit),
    );
  }

  report(code: string, unit: string, period: string, percent = 50): this {
    return this.tell(
      `task-${this.plan}:${code}`,
      {
        type: 'ReportProgress',
        ...{ unit, actsFor: [], period, aboutOn: this.today, receivedOn: null, percent },
        ...{ summary: '按计划推进', evidence: [], supersedes: null },
      },
      liaison(unit),
    );
  }

  complete(code: string, unit: string, doneOn = this.today): this {
    return this.tell(
      `task-${this.plan}:${code}`,
      {
        type: 'SubmitCompletion',
        ...{ unit, actsFor: [], doneOn, receivedOn: null, summary: '已完成' },
        evidence: [{ name: '批复', kind: 'link', href: 'https://example.org/1' }] as never,
      },
      liaison(unit),
    );
  }

  accept(code: string): this {
    return this.tell(`task-${this.plan}:${code}`, {
      type: 'ReviewCompletion',
      verdict: 'accept',
      reviewerUnit: office,
      office,
    });
  }

  value(code: string, unit: string, period: string, value: number): this {
    return this.tell(
      `indicator-${this.plan}:${code}`,
      {
        type: 'ReportValue',
        ...{ period, unit, actsFor: [], value, confirmed: true, receivedOn: null, evidence: [] },
      },
      liaison(unit),
    );
  }

  handIn(period: string, unit: string): this {
    const id = `${this.plan}:${period}/${unit}`;
    const submission = this.states.get(`submission-${id}`) as Submission | undefined;
    const items = (submission?.tasks ?? []).map(task => ({
      task,
      percent: 50,
      note: '推进中',
      evidence: [],
    }));
    return this.tell(
      `submission-${id}`,
      { type: 'HandIn', items, summary: '总结', evidence: [], receivedOn: null, roundClosed: false },
      liaison(unit),
    );
  }
}

/** Plan 004 as issued on 20 April 2023: three bureaus, a statistics office, three districts; tasks are the teller's. */
export function planned(tell: (story: Story) => void = () => undefined, plan = '004'): Story {
  const story = new Story(plan).on('2023-04-19');
  for (const unit of [office, industry, finance, statistics]) story.unit(unit);
  const members = ['xiangtan:雨湖区', 'xiangtan:岳塘区', 'xiangtan:湘潭县'];
  for (const unit of members) story.unit(unit, 'county');
  story.group(districts, members).tell(`plan-${plan}`, {
    type: 'DraftPlan',
    ...{ code: plan, jurisdiction: 'xiangtan', title: '创新型城市年度计划', documentNumber: null },
    ...{ documentOn: '2023-04-20', from: '2023-01-01', to: '2023-12-31', zone: 'Asia/Shanghai', office },
    findings: [{ code: 'task_without_unit', subject: 'plan', clause: '', note: '未列单位', blocking: false }],
  });
  story.tell(`plan-${plan}`, {
    type: 'ArrangeSections',
    sections: ['1', '2', '3'].map(code => ({ code, parent: null, title: `第${code}部分`, clause: code })),
  });
  tell(story);
  story.on('2023-04-20');
  const ledger = story.ledger();
  const bare = [...ledger.tasks.values()].filter(({ roles }) => roles.length === 0).length;
  story.tell(`plan-${plan}`, {
    type: 'WaiveFinding',
    ...{ code: 'task_without_unit', subject: 'plan', reason: '由办公室落实' },
  });
  story.tell(`plan-${plan}`, { type: 'ApprovePlan', paper });
  story.tell(`plan-${plan}`, { type: 'IssuePlan', tasksWithoutUnit: bare });
  for (const id of ledger.tasks.keys())
    story.tell(`task-${id}`, { type: 'IssueTask', receiptDueOn: '2023-04-24' });
  return story;
}

/** An indicator of the plan, by default a stock of which more is better: 776 at the end of 2022, at least 830 in 2023. */
export function indicator(
  code: string,
  plan = '004',
  more: Partial<IndicatorCommand & { type: 'DefineIndicator' }> = {},
): IndicatorCommand & { type: 'DefineIndicator' } {
  const target = { horizon: '2023', bound: '>=' as const, floor: 830, stretch: null, kind: null };
  return {
    type: 'DefineIndicator',
    ...{ plan, code, title: `指标${code}`, measure: '家', source: 'table', direction: 'more', kind: 'stock' },
    ...{
      annualOnly: false,
      definition: null,
      owners: [office],
      providers: [statistics],
      providerMode: 'one_of',
    },
    ...{ frequency: 'quarter', lagDays: 0, links: [], baselines: [{ period: '2022', value: 776 }] },
    targets: [{ ...target, commitment: 'plain', forecast: false, words: '达到', clause: '附件1' }],
    ...more,
  };
}
