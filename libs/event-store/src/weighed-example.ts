import { type Decider } from './decider.js';
import { type UpcasterRegistry } from './spec-for-upcasters.js';

/** An aggregate whose only event has been written in three schemas: pounds, kilograms, grams with several weighers. */
export type WeighedEvent = { type: 'Weighed'; grams: number; by: readonly string[] };
export type Scale = { grams: number; by: readonly string[] };

export const scale: Decider<Scale, { by: string; grams: number }, WeighedEvent, unknown> = {
  initial: { grams: 0, by: [] },
  decide: (_, { by, grams }) => [{ type: 'Weighed', grams, by: [by] }],
  evolve: (state, { grams, by }) => ({ grams: state.grams + grams, by: [...state.by, ...by] }),
};

export function registerWeighed(registry: UpcasterRegistry): void {
  registry.registerUpcaster('Weighed', 2, ({ kilograms, by, ...rest }) => ({
    ...rest,
    grams: Math.round(Number(kilograms) * 1000),
    by: [by ?? null],
  }));
  registry.registerUpcaster('Weighed', 1, ({ pounds, ...rest }) => ({
    ...rest,
    kilograms: Number(pounds) * 0.45359237,
  }));
}
