import { isSame, Rejection, type FieldError } from '@duban/event-store';
import { type Context } from '@duban/platform';
import {
  type Grant,
  type GrantAttributes,
  type HolderAccess,
  type HolderCommand,
  type HolderEvent,
} from './holder-model.js';

type Of<Type extends HolderCommand['type']> = Extract<HolderCommand, { type: Type }>;
type Days = { from: string; to: string | null };

/**
 * Grants a role from a day to a day. Refuses with `already_granted` {id} what the holder has on one of these days, and
 * for a unit any second unit: whoever speaks for a unit speaks for one.
 */
export function grant(
  access: HolderAccess | null,
  { type: _, ...granted }: Of<'GrantAccess'>,
  context: Context,
): HolderEvent[] {
  refuse([...scopeFaults(granted), ...dayFaults(granted, context)]);
  const held = access?.grants.find(
    each => each.revokedOn === null && isShared(each, granted) && overlaps(each, granted),
  );
  if (held) throw new Rejection('already_granted', { id: `${granted.holder}/${held.n}` });
  return [{ type: 'AccessGranted', ...granted, by: context.actor.id, on: context.today }];
}

/** Ends a grant at once; one that is over already stays as it is. Refuses with `not_found`, `reason_needed`. */
export function revoke(
  access: HolderAccess | null,
  command: Of<'RevokeAccess'>,
  context: Context,
): HolderEvent[] {
  const { n, reason, paper } = command;
  const found = access?.grants.find(each => each.n === n);
  if (!found) throw new Rejection('not_found', { what: '' });
  if (reason.trim() === '')
    throw new Rejection('reason_needed', {}, [{ pointer: '/reason', code: 'reason_needed' }]);
  if (!isOpen(found, found.revokedOn, context.today)) return [];
  return [{ type: 'AccessRevoked', n, reason, paper, by: context.actor.id, on: context.today }];
}

/** Days that have begun are not given away any more: who could have on a past day must stay what it was. */
export function dayFaults({ from, to }: Days, { today }: Context): FieldError[] {
  return [
    ...(from < today ? [{ pointer: '/from', code: 'starts_in_past' }] : []),
    ...(to !== null && to < from ? [{ pointer: '/to', code: 'ends_before_start' }] : []),
  ];
}

/** @throws Rejection `validation_failed` with every fault, if there is one */
export function refuse(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw new Rejection('validation_failed', {}, faults);
}

export function overlaps(one: Days, other: Days): boolean {
  return (one.to === null || other.from <= one.to) && (other.to === null || one.from <= other.to);
}

/** Neither ended nor over: in force today or still to come. */
export function isOpen({ to }: { to: string | null }, endedOn: string | null, today: string): boolean {
  return endedOn === null && (to === null || today <= to);
}

function scopeFaults({ role, unit, units, plans }: GrantAttributes): FieldError[] {
  const unfit = (field: string, value: unknown) =>
    value === null ? [] : [{ pointer: `/${field}`, code: 'not_of_this_role' }];
  if (role === 'unit')
    return [
      ...(unit ? [] : [{ pointer: '/unit', code: 'grant_needs_unit' }]),
      ...unfit('units', units),
      ...unfit('plans', plans),
    ];
  return [
    ...(plans?.length ? [] : [{ pointer: '/plans', code: 'grant_needs_plans' }]),
    ...unfit('unit', unit),
    ...(role === 'leader' ? [] : unfit('units', units)),
  ];
}

function isShared(held: Grant, { role, units, plans }: GrantAttributes): boolean {
  if (held.role !== role) return false;
  return role === 'unit' || isSame({ units: held.units, plans: held.plans }, { units, plans });
}
