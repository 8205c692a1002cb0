import { Rejection } from '@duban/event-store';
import { type Actor, type Context } from '@duban/platform';
import { dayFaults, isOpen, overlaps, refuse } from './grants.js';
import { type HolderAccess, type HolderCommand, type HolderEvent } from './holder-model.js';

type Of<Type extends HolderCommand['type']> = Extract<HolderCommand, { type: Type }>;

/**
 * Lets another person act in one's name (代理). It lends what the giver has by a role on each of the days, and is never
 * passed on: who acts for another gives none. Refuses with `delegation_not_own`, `delegation_to_self`,
 * `nothing_to_delegate`, `already_delegated` {id}.
 */
export function delegate(
  access: HolderAccess | null,
  { type: _, holds, ...given }: Of<'GiveDelegation'>,
  context: Context,
): HolderEvent[] {
  const { giver } = given;
  mustBeOwn(giver, context.actor);
  refuse([
    ...(given.delegate === giver ? [{ pointer: '/delegate', code: 'delegation_to_self' }] : []),
    ...dayFaults(given, context),
  ]);
  if (!holds) throw new Rejection('nothing_to_delegate', { giver, role: given.role });
  const held = access?.delegations.find(
    each => each.endedOn === null && each.delegate === given.delegate && overlaps(each, given),
  );
  if (held) throw new Rejection('already_delegated', { id: `${giver}/${held.n}` });
  return [{ type: 'DelegationGiven', ...given, by: context.actor.id, on: context.today }];
}

/** Ends a delegation at once; one that is over already stays as it is. Refuses with `delegation_not_own`, `not_found`. */
export function endDelegation(
  access: HolderAccess | null,
  { giver, n }: Of<'EndDelegation'>,
  { today, actor }: Context,
): HolderEvent[] {
  mustBeOwn(giver, actor);
  const found = access?.delegations.find(each => each.n === n);
  if (!found) throw new Rejection('not_found', { what: '' });
  if (!isOpen(found, found.endedOn, today)) return [];
  return [{ type: 'DelegationEnded', n, by: actor.id, on: today }];
}

// An administrator may do it for a person who cannot; a machine or whoever acts for another may not.
function mustBeOwn(giver: string, { id, kind, role, actingFor }: Actor): void {
  const isOwn = id === giver || role === 'admin';
  if (!isOwn || kind === 'machine' || actingFor !== undefined) throw new Rejection('delegation_not_own');
}
