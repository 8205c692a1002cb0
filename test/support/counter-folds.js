// What the counter of counter.ts folds, for the threads of a verification: they cannot run its source.
import { isMainThread } from 'node:worker_threads';

if (isMainThread) throw new Error('this is for threads');

export const refold = {
  counter: {
    initial: { plan: '004', count: 0, by: [] },
    evolve: (state, event) => ({ ...state, count: event.count, by: [...state.by, event.by] }),
  },
};
