import { isSame } from '@duban/event-store';
import { type Actor, type Scope } from '@duban/platform';
import { isOpen } from './grants.js';
import { type Delegation, type Grant, type HolderAccess } from './holder-model.js';
import { type KeyAttributes } from './key.js';

type KeyRights = Pick<KeyAttributes, 'holder' | 'kind' | 'role' | 'unit' | 'units' | 'plans'>;
type Granting = Pick<KeyRights, 'role' | 'unit' | 'units' | 'plans'>;
type Days = { from: string; to: string | null };

const isOn = ({ from, to }: Days, endedOn: string | null, day: string) =>
  from <= day && isOpen({ to }, endedOn, day);

/** What a holder is granted for a role on a day. */
export function grantsOn(access: HolderAccess | null, role: Actor['role'], day: string): Grant[] {
  return (access?.grants ?? []).filter(each => each.role === role && isOn(each, each.revokedOn, day));
}

/** The delegation by which somebody may act for this holder on a day, or null: there is one at most. */
export function delegationOn(access: HolderAccess | null, delegate: string, day: string): Delegation | null {
  const all = access?.delegations ?? [];
  return all.find(each => each.delegate === delegate && isOn(each, each.endedOn, day)) ?? null;
}

/**
 * What a key may do: what it says, and what its holder is granted for its role. A key that names no unit speaks for the one
 * that its holder is granted.
 */
export function actorOf(key: KeyRights, grants: readonly Granting[] = []): Actor {
  const { holder, kind, role } = key;
  const unit = key.unit ?? grants.find(each => each.unit !== null)?.unit;
  return { id: holder, kind, role, ...(unit && { unit }), ...rowsFrom(role, [key, ...grants]) };
}

/**
 * Who acts for the giver of a delegation, with the giver's rows and role: what the giver's own keys of that role say, and
 * what the giver is granted. Null when the giver has nothing of it (any more).
 */
export function delegateOf(
  { delegate, role, unit }: Pick<Delegation, 'delegate' | 'role' | 'unit'>,
  giver: string,
  { keys, grants }: { keys: readonly KeyRights[]; grants: readonly Granting[] },
): Actor | null {
  const holdings = [...keys.filter(({ kind }) => kind === 'person'), ...grants].filter(
    each => each.role === role,
  );
  const lent = role === 'unit' ? holdings.filter(each => each.unit === unit) : holdings;
  const rows = rowsFrom(role, lent);
  if (role === 'unit' ? lent.length === 0 : !rows.plans?.length) return null;
  return { id: delegate, kind: 'person', role, ...(unit && { unit }), ...rows, actingFor: giver };
}

type Parts = Pick<Actor, 'plans' | 'units' | 'scopes'>;

function rowsFrom(role: Actor['role'], parts: readonly Granting[]): Parts {
  if (role === 'leader') return leadersRows(parts);
  const [own] = parts;
  const plans = role === 'unit' ? own?.plans : parts.some(({ plans: named }) => named) ? union(parts) : null;
  return { ...(own?.units && { units: own.units }), ...(plans && { plans }) };
}

const union = (parts: readonly { plans: readonly string[] | null }[]) => [
  ...new Set(parts.flatMap(({ plans }) => plans ?? [])),
];

/** Where each part names the same units they are one; else it is kept which units go with which plans. */
function leadersRows(parts: readonly Granting[]): Parts {
  const scopes = parts
    .filter(({ plans }) => plans?.length)
    .map(({ plans, units }): Scope => ({ plans: plans ?? [], ...(units?.length && { units }) }));
  const plans = union(parts);
  const [first] = scopes;
  const units = first?.units;
  if (scopes.every(each => isSame(each.units ?? [], units ?? []))) return { plans, ...(units && { units }) };
  const all = scopes.some(each => !each.units)
    ? undefined
    : [...new Set(scopes.flatMap(each => each.units ?? []))];
  return { plans, ...(all && { units: all }), scopes };
}
