import { type Day } from '@duban/calendar';
import { type Obligation, type ObligationKind, obligationState } from '@duban/ledger';
import { currentDue, leadsOf, reportingLeadOf, type Task } from '@duban/task';
import { corrections, figures } from './desk-figures.js';
import { keyed, post, rollupHref, submissionHref, taskHref } from './desk-links.js';
import { type Found, type QueueRule, type Settling, type Waiting } from './desk-model.js';

/** Who handed in or asked, and in which words. */
type Asked = { units: readonly string[]; note?: string | null };

type Owed = {
  kind: ObligationKind;
  /** The type of the event that opens it, where a kind has several. */
  openedBy?: string;
  asked?: (owed: Obligation, waiting: Waiting) => Asked;
  href?: (owed: Obligation) => string;
  settle: (owed: Obligation, waiting: Waiting) => readonly Settling[];
};

/**
 * The queue of what the office owes: an obligation of that kind, until it is discharged. A new kind of decision joins
 * the desk by one line of `deskQueues`.
 */
function owedByOffice({ kind, openedBy, asked, href = ({ subject }) => taskHref(subject), settle }: Owed) {
  return (waiting: Waiting): Found[] =>
    waiting.obligations
      .filter(owed => owed.kind === kind && (openedBy === undefined || owed.openedBy.type === openedBy))
      .filter(owed => obligationState(owed, waiting.today) === 'open')
      .map(owed => ({
        subject: owed.subject,
        title: owed.title,
        ...{ units: [], note: null, ...asked?.(owed, waiting) },
        since: owed.openedOn,
        dueOn: owed.due.on,
        href: href(owed),
        settle: settle(owed, waiting),
      }));
}

/** The queues of the desk in the order in which they are worked through. */
export const deskQueues: readonly QueueRule[] = [
  {
    queue: 'submissions',
    title: { zh: '待审报送件', en: 'submissions to review' },
    find: owedByOffice({
      kind: 'review',
      openedBy: 'SubmissionHandedIn',
      asked: ({ subject }, { ledger }) => ({ units: unitsOf(ledger.submissions.get(subject)?.unit) }),
      href: ({ subject }) => submissionHref(subject),
      settle: ({ subject }) => [
        post(`${submissionHref(subject)}/acceptance`),
        post(`${submissionHref(subject)}/return`, { reasons: [], reworkBy: null }),
      ],
    }),
  },
  {
    queue: 'completions',
    title: { zh: '待审办结', en: 'completions to review' },
    find: owedByOffice({
      kind: 'review',
      openedBy: 'CompletionSubmitted',
      asked: ({ subject, openedBy }, { ledger }) => {
        const completion = ledger.tasks.get(subject)?.completions.find(({ n }) => n === openedBy.n);
        return { units: unitsOf(completion?.unit), note: completion?.summary ?? null };
      },
      settle: ({ subject }) => [
        post(`${taskHref(subject)}/reviews`, { verdict: 'accept' }),
        post(`${taskHref(subject)}/reviews`, { verdict: 'return', reasons: [], reworkBy: null }),
      ],
    }),
  },
  {
    queue: 'extensions',
    title: { zh: '待批延期', en: 'extensions to decide' },
    find: owedByOffice({
      kind: 'extension_decision',
      asked: (owed, { ledger }) => {
        const { unit, to, reason } = extensionOf(owed, ledger.tasks.get(owed.subject)) ?? {};
        return { units: unitsOf(unit), note: to === undefined ? null : `${to} ${reason ?? ''}`.trim() };
      },
      settle: (owed, { ledger }) => {
        const href = `${taskHref(owed.subject)}/extensions/${owed.openedBy.n ?? 1}/decisions`;
        const to = extensionOf(owed, ledger.tasks.get(owed.subject))?.to ?? null;
        return [post(href, { verdict: 'grant', dueOn: to }), post(href, { verdict: 'refuse', reason: null })];
      },
    }),
  },
  {
    queue: 'contests',
    title: { zh: '待批退回申请', en: 'contests to decide' },
    find: owedByOffice({
      kind: 'contest_decision',
      asked: ({ subject, openedBy }, { ledger }) => {
        const contest = ledger.tasks.get(subject)?.contests?.find(({ n }) => n === openedBy.n);
        return { units: unitsOf(contest?.unit), note: contest?.reason ?? null };
      },
      settle: ({ subject, openedBy }) => {
        const href = `${taskHref(subject)}/contests/${openedBy.n ?? 1}/decisions`;
        return [
          post(href, { verdict: 'uphold', reason: null }),
          post(href, { verdict: 'reject', reason: null }),
        ];
      },
    }),
  },
  { queue: 'corrections', title: { zh: '待确认更正', en: 'corrections to confirm' }, find: corrections },
  { queue: 'values', title: { zh: '待确认数据', en: 'figures to confirm' }, find: figures },
  {
    queue: 'leads',
    title: { zh: '待明确牵头单位', en: 'leads to assign' },
    find: owedByOffice({
      kind: 'assign_lead',
      href: holderHref,
      settle: ({ plan, subject }, { ledger }) =>
        ledger.indicators.has(subject)
          ? ['owners', 'providers'].map(of => post(`/v1/indicators/${keyed(subject)}/${of}`, { units: [] }))
          : ledger.tasks.has(subject)
            ? [post(`${taskHref(subject)}/assignments`, { roles: [], reason: null })]
            : [post(`/v1/plans/${keyed(plan)}/goal-holders`, { subject: goalOf(subject), units: [] })],
    }),
  },
  {
    queue: 'restatements',
    title: { zh: '待重述或说明', en: 'editions to restate or explain' },
    find: owedByOffice({
      kind: 'restatement',
      href: ({ subject }) => rollupHref(subject),
      settle: ({ subject, openedBy }) => [
        post(`${rollupHref(subject)}/restate`, { reason: null }),
        post(`${rollupHref(subject)}/explanations`, { cause: openedBy.cause ?? null, text: null }),
      ],
    }),
  },
  { queue: 'presumed_leads', title: { zh: '待确认推定牵头', en: 'presumed leads' }, find: presumedLeads },
  { queue: 'presumed_dates', title: { zh: '待确认推定时限', en: 'presumed dates' }, find: presumedDates },
  { queue: 'receipts', title: { zh: '未签收', en: 'receipts not in' }, find: receipts },
  { queue: 'unread_editions', title: { zh: '通报未阅', en: 'editions not read' }, find: unreadEditions },
];

/** Where somebody is to be named: a task, an indicator, or the plan for the goals of a section. */
function holderHref({ plan, subject, openedBy }: Obligation): string {
  if (openedBy.type !== 'FindingWaived') return taskHref(subject);
  return subject.includes('/') ? `/v1/plans/${keyed(plan)}` : `/v1/indicators/${keyed(subject)}`;
}

/** `003/6.2` → `6.2`. */
const goalOf = (subject: string) => subject.slice(subject.indexOf('/') + 1);

function unitsOf(unit: string | undefined): string[] {
  return unit === undefined ? [] : [unit];
}

function extensionOf({ openedBy }: Obligation, task: Task | undefined) {
  return task?.extensions.find(({ n }) => n === openedBy.n);
}

/** Tasks that still run: what is over needs no confirmation. */
function running({ ledger: { tasks } }: Waiting): [string, Task, Day][] {
  const over = new Set<Task['status']>(['draft', 'accepted', 'closed', 'cancelled']);
  return [...tasks].flatMap(([id, task]): [string, Task, Day][] =>
    over.has(task.status) || task.issuedOn === null || task.exemptedOn !== null
      ? []
      : [[id, task, task.issuedOn]],
  );
}

function presumedLeads(waiting: Waiting): Found[] {
  return running(waiting).flatMap(([id, task, issuedOn]): Found[] => {
    const lead = reportingLeadOf(task);
    if (!lead?.presumed) return [];
    const href = taskHref(id);
    return [
      {
        ...{ subject: id, title: task.title, units: leadsOf(task), note: lead.unit, dueOn: null, href },
        since: task.assignedOn ?? issuedOn,
        settle: [post(`${href}/reporting-lead`, { unit: lead.unit })],
      },
    ];
  });
}

function presumedDates(waiting: Waiting): Found[] {
  return running(waiting).flatMap(([id, task, issuedOn]): Found[] => {
    const href = taskHref(id);
    const own = { units: leadsOf(task), dueOn: null, href };
    const milestones = task.milestones.filter(({ reachedOn }) => reachedOn === null);
    return [
      ...presumed(currentDue(task), task.dues, issuedOn).map(({ due, ...told }) => ({
        ...{ ...own, ...told, subject: id, title: task.title },
        settle: [post(`${href}/due-dates`, { due, reason: null })],
      })),
      ...milestones.flatMap(({ code, title, due: current, dues }) =>
        presumed(current, dues, issuedOn).map(({ due, ...told }) => ({
          ...{ ...own, ...told, subject: `${id}/${code}`, title: `${task.title}: ${title}` },
          settle: [post(`${href}/milestone-dates`, { code, due, reason: null })],
        })),
      ),
    ];
  });
}

/** A day that nobody has stated yet, as it would be confirmed; nothing where it is stated. */
function presumed(due: Task['dues'][number]['due'], dues: Task['dues'], issuedOn: Day) {
  if (due?.basis !== 'presumed') return [];
  const note = `${due.on} ${due.clause}`.trim();
  return [{ due: { ...due, basis: 'stated' as const }, note, since: dues.at(-1)?.setOn ?? issuedOn }];
}

/** One line for each unit: whoever has not read twelve tasks is asked once. */
function receipts({ ledger, obligations, today }: Waiting): Found[] {
  const open = obligations.filter(owed => owed.kind === 'receipt' && obligationState(owed, today) === 'open');
  return grouped(open, ({ holders }) => holders[0] ?? '').map(([unit, owed]) => ({
    subject: unit,
    title: ledger.plan.title,
    units: [unit],
    note: owed.map(({ subject }) => subject).join(' '),
    since: owed.map(({ openedOn }) => openedOn).sort()[0] ?? '',
    dueOn: owed.map(({ due }) => due.on).sort()[0] ?? null,
    count: owed.length,
    href: `/v1/obligations?plan=${keyed(ledger.id)}&kind=receipt&state=open&holder=${keyed(unit)}`,
    settle: [post('/v1/acknowledgements', { plan: ledger.id, unit })],
  }));
}

/** One line for each edition, with everybody who has not said that it was seen. */
function unreadEditions({ obligations, today }: Waiting): Found[] {
  const unread = obligations.filter(
    owed => owed.kind === 'edition_receipt' && obligationState(owed, today) === 'open',
  );
  return grouped(unread, ({ subject }) => subject).map(([subject, owed]) => {
    const readers = owed.flatMap(({ holders }) => holders);
    const href = rollupHref(subject);
    const n = subject.slice(subject.lastIndexOf('/') + 1);
    return {
      ...{ subject, title: owed[0]?.title ?? '', units: readers, note: readers.join(' '), href },
      since: owed.map(({ openedOn }) => openedOn).sort()[0] ?? '',
      dueOn: owed.map(({ due }) => due.on).sort()[0] ?? null,
      count: owed.length,
      settle: readers.map(reader => post(`${href}/editions/${n}/receipts`, { reader })),
    };
  });
}

function grouped(all: readonly Obligation[], keyOf: (owed: Obligation) => string): [string, Obligation[]][] {
  const groups = new Map<string, Obligation[]>();
  for (const owed of all) groups.set(keyOf(owed), [...(groups.get(keyOf(owed)) ?? []), owed]);
  return [...groups];
}
