import { type Calendar, type Day } from '@duban/calendar';
import { obligationsOf, type PlanLedger } from '@duban/ledger';
import { nameOn } from '@duban/unit';
import { type Desk, type DeskItem, type DeskQueue, type QueueRule, type Waiting } from './desk-model.js';
import { deskQueues } from './desk-queues.js';

/**
 * What waits for the office under these plans on a day, by queue, the oldest first. Derived from the ledger at once: what
 * was just settled is gone.
 * @param only the name of one queue, to look at nothing else
 */
export function deskOf(ledgers: readonly PlanLedger[], today: Day, calendar: Calendar, only?: string): Desk {
  const waiting = ledgers.map((ledger): Waiting => ({
    ledger,
    obligations: obligationsOf(ledger, today, calendar),
    today,
    calendar,
  }));
  const rules = deskQueues.filter(({ queue }) => only === undefined || queue === only);
  const queues = rules.map(rule => queueOf(rule, waiting)).filter(({ count }) => count > 0);
  return {
    today,
    plans: ledgers.map(({ id, plan }) => ({ plan: id, title: plan.title })),
    count: queues.reduce((sum, { count }) => sum + count, 0),
    overdue: queues.reduce((sum, { overdue }) => sum + overdue, 0),
    queues,
    names: namesIn(ledgers, queues, today),
  };
}

function queueOf({ queue, title, find }: QueueRule, waiting: readonly Waiting[]): DeskQueue {
  const items = waiting.flatMap(each =>
    find(each).map((found): DeskItem => ({
      count: 1,
      ...found,
      plan: each.ledger.id,
      overdue: found.dueOn !== null && found.dueOn < each.today,
    })),
  );
  const total = (of: readonly DeskItem[]) => of.reduce((sum, { count }) => sum + count, 0);
  return {
    queue,
    title,
    count: total(items),
    overdue: total(items.filter(({ overdue }) => overdue)),
    items: items.sort(byAge),
  };
}

function byAge(a: DeskItem, b: DeskItem): number {
  const [left, right] = [a, b].map(({ since, dueOn, subject }) => `${since} ${dueOn ?? '9'} ${subject}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

function namesIn(
  ledgers: readonly PlanLedger[],
  queues: readonly DeskQueue[],
  today: Day,
): Record<string, string> {
  const spoken = new Set(queues.flatMap(({ items }) => items.flatMap(({ units }) => units)));
  const known = ledgers.flatMap(({ units }) => [...units]);
  return Object.fromEntries(
    known.flatMap(([id, unit]) => (spoken.has(id) ? [[id, nameOn(unit, today)] as const] : [])),
  );
}
