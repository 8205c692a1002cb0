import { type Decider, Rejection } from '@duban/event-store';
import { type Context } from '@duban/platform';
import { delegate, endDelegation } from './delegations.js';
import { grant, revoke } from './grants.js';
import { type HolderAccess, type HolderCommand, type HolderEvent } from './holder-model.js';

/** The state is written with each event: it must not grow without end. */
const mostEvents = 2000;

function decide(
  access: HolderAccess | null,
  command: HolderCommand,
  context: Context,
): readonly HolderEvent[] {
  const isMore = command.type === 'GrantAccess' || command.type === 'GiveDelegation';
  if (isMore && access && access.count >= mostEvents)
    throw new Rejection('access_record_full', { most: mostEvents });
  switch (command.type) {
    case 'GrantAccess':
      return grant(access, command, context);
    case 'RevokeAccess':
      return revoke(access, command, context);
    case 'GiveDelegation':
      return delegate(access, command, context);
    case 'EndDelegation':
      return endDelegation(access, command, context);
  }
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(access: HolderAccess | null, event: HolderEvent): HolderAccess | null {
  const known = access ?? startedBy(event);
  if (!known) return null;
  const next = { ...known, count: known.count + 1 };
  switch (event.type) {
    case 'AccessGranted': {
      const { role, unit, units, plans, from, to } = event;
      const granted = { n: next.count, role, unit, units, plans, from, to, revokedOn: null };
      return { ...next, grants: [...known.grants, granted] };
    }
    case 'AccessRevoked': {
      const { n, on: revokedOn } = event;
      return { ...next, grants: known.grants.map(each => (each.n === n ? { ...each, revokedOn } : each)) };
    }
    case 'DelegationGiven': {
      const { delegate: to, role, unit, from, to: until } = event;
      const given = { n: next.count, delegate: to, role, unit, from, to: until, endedOn: null };
      return { ...next, delegations: [...known.delegations, given] };
    }
    case 'DelegationEnded': {
      const { n, on: endedOn } = event;
      return {
        ...next,
        delegations: known.delegations.map(each => (each.n === n ? { ...each, endedOn } : each)),
      };
    }
    default:
      return next; // written by a newer version
  }
}

function startedBy(event: HolderEvent): HolderAccess | null {
  const holder =
    event.type === 'AccessGranted' ? event.holder : event.type === 'DelegationGiven' ? event.giver : null;
  return holder === null ? null : { holder, count: 0, grants: [], delegations: [] };
}

/** The record of a person or machine: what was granted, and who may act in its name, from which day to which. */
export const holderDecider: Decider<HolderAccess | null, HolderCommand, HolderEvent, Context> = {
  initial: null,
  decide,
  evolve,
};

/** The stream of a holder stands beside those of keys, whose ids hold no stroke. */
export function holderStream(holder: string): string {
  return `access-holder/${holder}`;
}

/** `p-017/3` names the third event of the stream of p-017. Null for what can be no entry. */
export function entryIn(id: string): { holder: string; n: number } | null {
  const [, holder, n] = /^(.+)\/([1-9]\d{0,8})$/s.exec(id) ?? [];
  return holder === undefined ? null : { holder, n: Number(n) };
}
