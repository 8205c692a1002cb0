import { type UpcasterStep } from '@duban/event-store';

/**
 * How events of old schemas are read. None yet: every event is of schema 1. Whoever changes the data of a type adds a
 * step here, keeps `test/golden/<Type>.v<schema>.json` of the old one and adds that of the new one.
 */
export const upcasters: readonly UpcasterStep[] = [];
