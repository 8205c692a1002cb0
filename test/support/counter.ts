import {
  type Decider,
  type EventStore,
  type Handled,
  type HandleOptions,
  Rejection,
} from '@duban/event-store';

/** A small aggregate to try the store with: it counts, and refuses to go beyond its limit. */
export type Counter = { plan: string; count: number; by: readonly string[] };
export type CounterCommand = { type: 'Add'; by: string; times?: number; note?: string } | { type: 'Stay' };
export type CounterEvent = { type: 'Added'; by: string; count: number; note?: string; effectiveOn?: string };

export const counter: Decider<Counter, CounterCommand, CounterEvent, { limit: number }> = {
  initial: { plan: '004', count: 0, by: [] },
  decide(state, command, { limit }) {
    if (command.type === 'Stay') return [];
    const times = command.times ?? 1;
    if (state.count + times > limit) throw new Rejection('limit_reached', { limit });
    const added = (nth: number): CounterEvent => ({
      type: 'Added',
      by: command.by,
      count: state.count + nth,
      note: command.note,
    });
    return Array.from({ length: times }, (_, index) => added(index + 1));
  },
  evolve: (state, event) => ({ ...state, count: event.count, by: [...state.by, event.by] }),
};

export const now = '2023-07-15T01:02:03.004Z';
export const effectiveOn = '2023-07-15';
export const at = { now, effectiveOn, meta: { actor: 'office' } };

export function add(
  store: EventStore,
  stream: string,
  by: string,
  options: Partial<HandleOptions<Counter, CounterEvent>> & { times?: number; note?: string } = {},
): Promise<Handled<Counter, CounterEvent>> {
  const { times, note, ...rest } = options;
  return store.handle(counter, stream, { type: 'Add', by, times, note }, { limit: 1e9 }, { ...at, ...rest });
}
