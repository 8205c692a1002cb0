import { createCalendar } from '@duban/calendar';
import { type Context } from '@duban/platform';
import { type PolicyKind } from '@duban/policy';
import { type RoundCommand, type SubmissionCommand } from '@duban/round';
import { type TaskCommand } from '@duban/task';
import { type IndicatorCommand } from '@duban/indicator';
import { deciders, LedgerBuilder, type PlanLedger } from './plan-ledger.js';
import { rosterOf } from './roster.js';

/** A small plan of the kind of 004, told day by day through the rules themselves: for specs only. */
export const calendar = createCalendar();

export const science = 'xiangtan:市科技局';
export const industry = 'xiangtan:市工信局';
export const reform = 'xiangtan:市发改委';
export const farming = 'xiangtan:市农业农村局';
export const revival = 'xiangtan:市乡村振兴局';
export const counties = ['xiangtan:湘潭县', 'xiangtan:湘乡市', 'xiangtan:韶山市'] as const;
export const everyCounty = 'xiangtan:各县市区园区';

type Role = { holder: string; role: 'lead' | 'responsible' | 'supporting'; isGroup?: boolean };

/** Tells a story: each line is a day, a stream and a command; refused commands throw as they would anywhere. */
export class Story {
  private readonly builder = new LedgerBuilder();
  private readonly states = new Map<string, unknown>();

  constructor(
    readonly plan = '004',
    findings: readonly { code: string; subject: string }[] = [],
  ) {
    const units = [science, industry, reform, farming, revival, ...counties];
    for (const unit of units) {
      const [jurisdiction, name] = unit.split(':');
      this.on('2023-01-01', `unit-${unit}`, {
        type: 'RegisterUnit',
        jurisdiction,
        name,
        kind: 'bureau',
        parent: null,
        aliases: [],
      });
    }
    this.on('2023-01-01', `group-${everyCounty}`, {
      type: 'DefineGroup',
      jurisdiction: 'xiangtan',
      name: '各县市区园区',
      aliases: [],
      open: false,
      members: counties.map(unit => ({ unit, from: '2023-01-01' })),
    });
    this.on('2023-04-20', `plan-${plan}`, {
      type: 'DraftPlan',
      code: plan,
      jurisdiction: 'xiangtan',
      title: '创新型城市',
      documentNumber: null,
      documentOn: '2023-04-20',
      from: '2023-01-01',
      to: '2023-12-31',
      zone: 'Asia/Shanghai',
      office: science,
      findings: findings.map(each => ({ ...each, clause: '', note: '', blocking: true })),
    });
  }

  /** An event as it was recorded once, whatever the rules say today. */
  recorded(stream: string, { on, ...event }: { type: string; on: string } & Record<string, unknown>): this {
    const { initial, evolve } = ruleOf(stream);
    const stored = { effectiveOn: on, on, ...event };
    this.states.set(stream, evolve(this.states.get(stream) ?? initial, stored));
    this.builder.apply(stream, stored);
    return this;
  }

  /** The office takes a finding that blocks the issue upon itself. */
  waived(code: string, subject: string): this {
    const assign = code !== 'task_without_unit';
    const waiver = { type: 'WaiveFinding', code, subject, reason: '由办公室指定', assign };
    return this.on('2023-04-20', `plan-${this.plan}`, waiver);
  }

  /** Decides and folds one command on a day; `by` is the person, so that nobody reviews what he or she handed in. */
  on(
    day: string,
    stream: string,
    command: object,
    by: { id: string; role?: Context['actor']['role']; unit?: string } = { id: 'person:office' },
  ): this {
    const decider = ruleOf(stream);
    const actor = { kind: 'person' as const, role: 'office' as const, plans: ['*'], ...by };
    const context: Context = { now: `${day}T02:00:00.000Z`, today: day, calendar, actor };
    let state = this.states.get(stream) ?? decider.initial;
    for (const event of decider.decide(state, command, context)) {
      const stored = { effectiveOn: day, ...event };
      state = decider.evolve(state, stored);
      this.builder.apply(stream, stored);
    }
    this.states.set(stream, state);
    return this;
  }

  task(day: string, code: string, command: TaskCommand, unit?: string): this {
    return this.on(
      day,
      `task-${this.plan}:${code}`,
      command,
      unit ? { id: `person:${unit}`, role: 'unit', unit } : undefined,
    );
  }

  indicator(day: string, code: string, command: IndicatorCommand, unit?: string): this {
    return this.on(
      day,
      `indicator-${this.plan}:${code}`,
      command,
      unit ? { id: `person:${unit}`, role: 'unit', unit } : undefined,
    );
  }

  round(day: string, period: string, command: RoundCommand): this {
    return this.on(day, `round-${this.plan}:${period}`, command);
  }

  submission(day: string, period: string, unit: string, command: SubmissionCommand, by?: string): this {
    const person = by ? { id: by } : { id: `person:${unit}`, role: 'unit' as const, unit };
    return this.on(day, `submission-${this.plan}:${period}/${unit}`, command, person);
  }

  withTask(
    code: string,
    roles: readonly Role[],
    dueOn: string | null = '2023-12-31',
    milestones: readonly { code: string; dueOn: string }[] = [],
  ): this {
    return this.task('2023-04-20', code, {
      type: 'RegisterTask',
      plan: this.plan,
      code,
      section: null,
      title: `任务${code}`,
      clause: `附件2 ${code}`,
      commitment: 'plain',
      roles: roles.map(role => ({ isGroup: false, presumed: false, ...role })),
      due: dueOn ? { on: dueOn, basis: 'stated', clause: '' } : null,
      milestones: milestones.map(({ code: each, dueOn: on }) => ({
        code: each,
        title: each,
        due: { on, basis: 'stated', clause: '' },
      })),
    });
  }

  withIndicator(
    code: string,
    providers: readonly string[],
    more: Partial<Extract<IndicatorCommand, { type: 'DefineIndicator' }>> = {},
  ): this {
    return this.indicator('2023-04-20', code, {
      type: 'DefineIndicator',
      plan: this.plan,
      code,
      title: `指标${code}`,
      measure: '家',
      source: 'table',
      direction: 'more',
      kind: 'stock',
      annualOnly: false,
      definition: null,
      owners: [science],
      providers,
      providerMode: providers.length > 1 ? 'sum' : 'one_of',
      frequency: 'quarter',
      lagDays: 0,
      links: [{ plan: this.plan, task: null, section: null, clause: '' }],
      baselines: [{ period: '2022', value: 776 }],
      targets: [
        {
          horizon: '2023',
          bound: '>=',
          floor: 830,
          stretch: null,
          kind: null,
          commitment: 'plain',
          forecast: false,
          words: '达到',
          clause: '',
        },
      ],
      ...more,
    });
  }

  issued(day = '2023-04-20'): this {
    const ledger = this.ledger();
    const tasksWithoutUnit = [...ledger.tasks.values()].filter(({ roles }) => roles.length === 0).length;
    this.on(day, `plan-${this.plan}`, { type: 'IssuePlan', tasksWithoutUnit });
    for (const id of ledger.tasks.keys()) {
      this.on(day, `task-${id}`, { type: 'IssueTask', receiptDueOn: calendar.addWorkdays(day, 3) });
    }
    return this;
  }

  /** Schedules and opens a round, with a submission for everyone who owes one. */
  opened(
    day: string,
    period: string,
    dueOn: string,
    more: {
      kind?: 'month' | 'quarter' | 'half_year' | 'year';
      summary?: boolean;
      backfill?: boolean;
      scope?: readonly string[];
    } = {},
  ): this {
    const { kind = 'quarter', summary = false, backfill = false, scope = null } = more;
    const id = `${this.plan}:${period}`;
    this.round(day, period, {
      type: 'ScheduleRound',
      plan: this.plan,
      period,
      kind,
      dueOn,
      evidence: summary,
      summary,
      backfill,
      clause: '',
      scope,
    });
    const ledger = this.ledger();
    const round = ledger.rounds.get(id);
    if (!round) throw new Error(`no round ${id}`);
    const roster = rosterOf(ledger, round, day);
    this.round(day, period, { type: 'OpenRound', roster });
    for (const { unit, tasks, indicators, owesSubmission } of roster) {
      const open = {
        type: 'OpenSubmission',
        round: id,
        plan: this.plan,
        unit,
        tasks,
        indicators,
        needsEvidence: summary,
        needsSummary: summary,
      };
      if (owesSubmission) this.on(day, `submission-${id}/${unit}`, open);
    }
    return this;
  }

  /** Version 2 of a policy, from a day on. */
  adopted(day: string, kind: PolicyKind, from: string, content: object): this {
    const decided = { version: 2, from, content, reason: '会议议定', paper: null };
    return this.on(day, `policy-${kind}`, { type: 'AdoptPolicy', kind, ...decided });
  }

  ledger(): PlanLedger {
    const ledger = this.builder.ledger(this.plan);
    if (!ledger) throw new Error(`no plan ${this.plan}`);
    return ledger;
  }
}

/** A lead's report on a quarter, as the service would put it. */
export function report(
  unit: string,
  period: string,
  on: string,
  more: Partial<Extract<TaskCommand, { type: 'ReportProgress' }>> = {},
): TaskCommand {
  return {
    type: 'ReportProgress',
    unit,
    actsFor: [unit],
    period,
    aboutOn: on,
    receivedOn: null,
    percent: 50,
    summary: '进展顺利',
    evidence: [],
    supersedes: null,
    ...more,
  };
}

/** A provider's figure. */
export function value(unit: string, period: string, figure: number): IndicatorCommand {
  return {
    type: 'ReportValue',
    unit,
    actsFor: [unit],
    period,
    value: figure,
    confirmed: true,
    receivedOn: null,
    evidence: [],
  };
}

/** The unit says that the task is done. */
export function completion(unit: string, doneOn: string): TaskCommand {
  const evidence = [{ title: '验收材料', url: 'https://example.org/evidence' }];
  return {
    type: 'SubmitCompletion',
    unit,
    actsFor: [unit],
    doneOn,
    receivedOn: null,
    summary: '已完成',
    evidence,
  };
}

type Rule = {
  initial: unknown;
  decide: (state: unknown, command: object, context: Context) => readonly { type: string }[];
  evolve: (state: unknown, event: { type: string }) => unknown;
};

function ruleOf(stream: string): Rule {
  const category = stream.slice(0, stream.indexOf('-')) as keyof typeof deciders;
  return deciders[category] as unknown as Rule;
}
