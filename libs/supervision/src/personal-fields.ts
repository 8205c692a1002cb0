import { type PersonalFields } from '@duban/event-store';

/**
 * The fields of events that are stored sealed, by event type. No event of the product holds one today: persons are
 * ids, and how they are reached is not recorded. Whoever adds a name, a telephone number or an address to an event
 * declares it here.
 */
export const personalFields: Readonly<Record<string, PersonalFields>> = {};
