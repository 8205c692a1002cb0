import { type Decider, type PersonalFields, Rejection } from '@duban/event-store';

/** An aggregate with personal fields: how a post can be reached. Its state copies what is sealed, and never looks into it. */
export type ContactEvent = {
  type: 'ContactGiven';
  person: string;
  phone: string | null;
  also?: readonly { person: string; address: unknown }[];
};
export type ContactCommand = Omit<ContactEvent, 'type'> | { expectedPhone: string | null };
export type Contact = { by: readonly string[]; phone: string | null; also: ContactEvent['also'] };

export const contact: Decider<Contact, ContactCommand, ContactEvent, unknown> = {
  initial: { by: [], phone: null, also: [] },
  decide: (state, command) => {
    if (!('expectedPhone' in command)) return [{ type: 'ContactGiven', ...command }];
    if (state.phone !== command.expectedPhone) throw new Rejection('phone_differs', { phone: state.phone });
    return [];
  },
  evolve: (state, { person, phone, also }) => ({
    by: [...state.by, person],
    phone,
    also: also ?? state.also,
  }),
};

export const contactFields: Record<string, PersonalFields> = {
  ContactGiven: {
    fields: ['/phone', '/also/*/address'],
    subject: (data, pointer) => {
      const [, , index] = pointer.split('/');
      const also = data.also as ContactEvent['also'];
      return index === undefined ? String(data.person) : String(also?.[Number(index)]?.person);
    },
  },
};
