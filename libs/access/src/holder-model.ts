import { type Paper } from '@duban/platform';

/** The roles that are granted to persons by name and that a person may lend to another: those who answer and decide. */
export const grantedRoles = ['office', 'unit', 'leader'] as const;
export type GrantedRole = (typeof grantedRoles)[number];

/** `units`: those that a leader is in charge of, all of the plans when null. */
type Scope = { unit: string | null; units: readonly string[] | null; plans: readonly string[] | null };

/** Both days included; a grant without a last day stands until it is revoked. */
export type GrantAttributes = Scope & { role: GrantedRole; from: string; to: string | null };
export type DelegationAttributes = {
  delegate: string;
  role: GrantedRole;
  unit: string | null;
  from: string;
  to: string;
};

/** `n`: the event of the holder's stream by which it came about. */
export type Grant = GrantAttributes & { n: number; revokedOn: string | null };
export type Delegation = DelegationAttributes & { n: number; endedOn: string | null };

/** What a person or machine was granted, and whom a person lets act in its name. */
export type HolderAccess = {
  holder: string;
  count: number;
  grants: readonly Grant[];
  delegations: readonly Delegation[];
};

type Decided = { by: string; on: string };

// Stored for ever: add types and optional fields; never rename, remove or reuse one. Holders are ids, not names.
export type HolderEvent =
  | ({ type: 'AccessGranted'; holder: string; paper: Paper | null } & GrantAttributes & Decided)
  | ({ type: 'AccessRevoked'; n: number; reason: string; paper: Paper | null } & Decided)
  | ({ type: 'DelegationGiven'; giver: string } & DelegationAttributes & Decided)
  | ({ type: 'DelegationEnded'; n: number } & Decided);

export type HolderCommand =
  | ({ type: 'GrantAccess'; holder: string; paper: Paper | null } & GrantAttributes)
  | { type: 'RevokeAccess'; n: number; reason: string; paper: Paper | null }
  // `holds`: whether the giver has the role that is lent.
  | ({ type: 'GiveDelegation'; giver: string; holds: boolean } & DelegationAttributes)
  | { type: 'EndDelegation'; giver: string; n: number };
