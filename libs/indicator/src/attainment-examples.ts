import type { AttainmentInput } from './attainment-model.js';

/** One figure of each kind, on its way: for specs only. */
export const flow: AttainmentInput = {
  kind: 'flow_cumulative',
  direction: 'more',
  planned: 50,
  target: 236,
  baseline: null,
  actual: 52,
  elapsed: 0.25,
};
export const yearEnd = { elapsed: 1 } as const;
export const stock = {
  ...flow,
  kind: 'stock',
  baseline: 100,
  planned: 110,
  target: 120,
  elapsed: 0.5,
} as const;
export const level = {
  ...flow,
  kind: 'ratio',
  planned: 57,
  target: 58,
  baseline: 56,
  elapsed: 0.75,
} as const;
export const less = {
  ...flow,
  kind: 'ratio',
  direction: 'less',
  baseline: 1.75,
  planned: 1.73,
  target: 1.73,
  elapsed: 1,
} as const;
