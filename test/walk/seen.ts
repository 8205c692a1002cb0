import { type Digest, type Stage } from './stage.js';
import { plans } from './people.js';

/** What the API says, in the words of the fixture: `report-Q2 3.1 | 市科技局+市工信局`. */

export type Row = {
  plan: string;
  kind: string;
  subject: string;
  period: string | null;
  holders: readonly string[];
};
export type Owed = Row & { state: string; overdue: boolean };

const officeKinds = ['review', 'extension_decision', 'assign_lead'];

/** `xiangtan:市科技局` is 市科技局; units of other places keep their place. */
export function shortUnit(unit: string): string {
  return unit.replace(/^xiangtan:/, '');
}

/** What is owed, without who owes it. */
export function dutyOf({ kind, subject, period }: Pick<Row, 'kind' | 'subject' | 'period'>): string {
  const named = shortSubject(subject);
  const isPaper = /^(Q|H)\d/.test(named);
  const kindAndPeriod = period === null ? kind : `${kind}-${shortPeriod(period) || 'year'}`;
  return period !== null && isPaper ? kindAndPeriod : `${kindAndPeriod} ${named}`;
}

/** `004:3.1` is 3.1, `004:2023H1/xiangtan:市科协` is H1/市科协, `001:1` stays. */
function shortSubject(subject: string): string {
  return shortPeriod(subject.replace(/^004:/, '').replace('xiangtan:', ''));
}

function shortPeriod(text: string): string {
  return text.replace(/2023/, '');
}

/** Whether it is the office's to decide: it stands on its desk. */
export function isOfDesk({ kind }: Row): boolean {
  return officeKinds.includes(kind);
}

export function keyOf(row: Row): string {
  return `${dutyOf(row)} | ${row.holders.map(shortUnit).sort().join('+')}`;
}

export function stateOf({ state, overdue }: Owed): string {
  const names: Readonly<Record<string, string>> = {
    met_late: 'late',
    awaiting_publication: 'awaiting',
  };
  return overdue ? 'overdue' : (names[state] ?? state);
}

/** Everything owed under all plans, as their offices see it; what they themselves owe stands on their desks. */
export async function owedNow(stage: Stage, state?: string): Promise<Map<string, string>> {
  const owed = new Map<string, string>();
  for (const plan of plans)
    for (const row of (await stage.list(
      `office:${plan}`,
      `/v1/obligations?${state ? `state=${state}` : ''}`,
    )) as Owed[])
      if (!isOfDesk(row)) owed.set(keyOf(row), stateOf(row));
  return owed;
}

type DeskItem = { subject: string; title: string; since: string; overdue: boolean };
type Desk = { queues: { queue: string; items: DeskItem[] }[] };

/** What waits on the desks of all plans, by queue. @throws Error when something older lies below something newer */
export async function desks(stage: Stage): Promise<string[]> {
  const lines: string[] = [];
  for (const plan of plans) {
    const { queues } = (await stage.get(`office:${plan}`, `/v1/desk?plan=${plan}`)) as Desk;
    for (const { queue, items } of queues) {
      const days = items.map(({ since }) => since);
      if (days.join() !== [...days].sort().join())
        throw new Error(`${queue} of ${plan} is not sorted by age`);
      lines.push(...items.map(item => deskLine(queue, item)));
    }
  }
  return lines.sort();
}

function deskLine(queue: string, { subject, title, overdue }: DeskItem): string {
  const period = ['values', 'corrections'].includes(queue)
    ? `@${shortPeriod(title.slice(title.lastIndexOf(' ') + 1))}`
    : '';
  const name = queue === 'receipts' ? shortUnit(subject) : shortSubject(subject);
  return `${overdue ? '! ' : ''}${queue} ${name}${period}`;
}

/** What one unit's liaison still has to do, by his or her own key: the office's part of it stands on the desk. */
export async function ownList(stage: Stage, unit: string): Promise<Map<string, string>> {
  const rows = (await stage.list(unit, '/v1/obligations')) as Owed[];
  return new Map(rows.filter(row => !isOfDesk(row)).map(row => [keyOf(row), stateOf(row)]));
}

type AlertRow = Row & { workdaysLate: number };

/** What a leader is alarmed of, sorted by what it is. */
export async function alerts(stage: Stage, leader: string): Promise<{ key: string; workdaysLate: number }[]> {
  const rows = (await stage.list(leader, '/v1/alerts')) as AlertRow[];
  const found = rows.map(row => ({ key: keyOf(row), workdaysLate: row.workdaysLate }));
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** One line for each message: who is told at which stage of what, and by whom it is owed where that is not the reader. */
export function messages(digests: readonly Digest[]): string[] {
  return digests
    .flatMap(({ recipient, reminders }) =>
      reminders.map(({ stage, holders, ...row }) => {
        const isOfUnit = recipient.includes('/') && !recipient.startsWith('leader:');
        const owing = isOfUnit ? '' : ` of ${holders.map(shortUnit).sort().join('+')}`;
        return `${shortUnit(recipient)}: ${stage} ${dutyOf(row)}${owing}`;
      }),
    )
    .sort();
}
