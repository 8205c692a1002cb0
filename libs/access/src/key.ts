import { type Decider, isSame, Rejection } from '@duban/event-store';
import { type Actor, type Context } from '@duban/platform';

/** What a key says about its holder. `expiresAt` is an instant; null means until revoked. */
export type KeyAttributes = {
  holder: string;
  kind: Actor['kind'];
  role: Actor['role'];
  unit: string | null;
  units: readonly string[] | null;
  plans: readonly string[] | null;
  expiresAt: string | null;
};

// Stored for ever: add types and optional fields; never rename, remove or reuse one. Never the secret, nor its hash.
export type KeyEvent =
  | ({ type: 'KeyIssued'; by: string; on: string } & KeyAttributes)
  | { type: 'KeyRevoked'; by: string; on: string };

/** `granted`: whether the holder is granted something for the role, so that the key need not say it. */
export type KeyCommand = ({ type: 'IssueKey'; granted?: boolean } & KeyAttributes) | { type: 'RevokeKey' };

export type KeyState = KeyAttributes & { issuedOn: string; revokedOn: string | null };

function decide(key: KeyState | null, command: KeyCommand, context: Context): readonly KeyEvent[] {
  return command.type === 'IssueKey' ? issue(key, command, context) : revoke(key, context);
}

function issue(
  key: KeyState | null,
  { type: _, granted = false, ...attributes }: Extract<KeyCommand, { type: 'IssueKey' }>,
  { now, today, actor }: Context,
): KeyEvent[] {
  if (key) {
    if (key.revokedOn) throw new Rejection('key_revoked');
    if (!isSame(attributesOf(key), attributes)) throw new Rejection('key_differs');
    return []; // the same key again: a repeated set-up
  }
  const { role, unit, plans, expiresAt } = attributes;
  if (role === 'unit' && !unit && !granted) throw fault('unit', 'key_needs_unit');
  if ((role === 'office' || role === 'leader') && !plans?.length && !granted)
    throw fault('plans', 'key_needs_plans');
  if (expiresAt !== null && expiresAt <= now) throw fault('expiresAt', 'key_expires_in_past');
  return [{ type: 'KeyIssued', ...attributes, by: actor.id, on: today }];
}

function attributesOf({ holder, kind, role, unit, units, plans, expiresAt }: KeyAttributes): KeyAttributes {
  return { holder, kind, role, unit, units, plans, expiresAt };
}

function fault(field: string, code: string): Rejection {
  return new Rejection('validation_failed', {}, [{ pointer: `/${field}`, code }]);
}

function revoke(key: KeyState | null, { today, actor }: Context): KeyEvent[] {
  if (!key) throw new Rejection('not_found', { what: '' });
  return key.revokedOn ? [] : [{ type: 'KeyRevoked', by: actor.id, on: today }];
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(key: KeyState | null, event: KeyEvent): KeyState | null {
  switch (event.type) {
    case 'KeyIssued':
      return { ...attributesOf(event), issuedOn: event.on, revokedOn: null };
    case 'KeyRevoked':
      return key && { ...key, revokedOn: event.on };
    default:
      return key; // written by a newer version
  }
}

/** The record of a key: issued once, revoked once, so that "who could have" is answerable for any day. */
export const keyDecider: Decider<KeyState | null, KeyCommand, KeyEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
