import { personOf } from '@duban/actor';
import { type Day } from '@duban/calendar';
import { type Decider, fieldRejection, isSame, Rejection } from '@duban/event-store';
import { type Context } from '@duban/platform';
import { faultsIn } from './content-faults.js';
import { over, type Policies, type Version, versionsOf } from './in-force.js';
import {
  type Policy,
  type PolicyCommand,
  type PolicyContent,
  type PolicyEvent,
  type PolicyKind,
} from './policy-model.js';

/**
 * Adopts the next version of a kind, complete: what the command leaves out stays as in the version before. A version is
 * never changed afterwards, and it holds from tomorrow at the earliest: today's days, lights and messages are given.
 * Refuses with `policy_in_use`, `policy_version_skipped`, `policy_from_past`, `reason_needed`, `validation_failed`.
 */
function decide(policy: Policy | null, command: PolicyCommand, context: Context): readonly PolicyEvent[] {
  const { kind, version, from, reason, paper } = command;
  const versions = versionsOf(policy ? new Map([[kind, policy]]) : new Map(), kind);
  const before = versions.findLast(each => each.version < version) ?? versions[0]!;
  const content = contentOver(before, kind, command.content);
  const known = versions.find(each => each.version === version);
  if (known) {
    if (isSame([known.from ?? from, known.content], [from, content])) return [];
    throw new Rejection('policy_in_use', { policy: known.name });
  }
  const next = versions.length + 1;
  if (version !== next) throw fieldRejection('/version', 'policy_version_skipped', { version, next });
  refuseReachingBack(from, context.today);
  if (reason.trim() === '') throw fieldRejection('/reason', 'reason_needed');
  const [by, on] = [personOf(context.actor), context.today];
  return [{ type: 'PolicyAdopted', kind, version, from, content, reason, paper, by, on }];
}

/** What the version would hold, over the one before it. */
function contentOver(before: Version, kind: PolicyKind, change: PolicyCommand['content']): PolicyContent {
  const whole = over(kind, before.content, change);
  const errors = faultsIn(kind, whole as Readonly<Record<string, unknown>>);
  if (errors.length > 0) throw new Rejection('validation_failed', {}, errors);
  return whole;
}

function refuseReachingBack(from: Day, today: Day): void {
  if (from <= today) throw fieldRejection('/from', 'policy_from_past', { from, today });
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(policy: Policy | null, event: PolicyEvent): Policy | null {
  if (event.type !== 'PolicyAdopted') return policy; // written by a newer version
  const { kind, version, from, content, reason, paper, by, on } = event;
  return { kind, versions: [...(policy?.versions ?? []), { version, from, content, reason, paper, by, on }] };
}

/**
 * The policies as if the next version of a kind had always held. @throws Rejection `validation_failed`
 */
export function asIfAdopted(
  policies: Policies,
  kind: PolicyKind,
  change: PolicyCommand['content'],
): Policies {
  const last = versionsOf(policies, kind).at(-1)!;
  const content = contentOver(last, kind, change);
  const always = { version: last.version + 1, from: beforeAll, on: beforeAll, content };
  const versions = [{ ...always, reason: '', paper: null, by: '' }];
  return new Map([...policies, [kind, { kind, versions }]]);
}

const beforeAll = '0001-01-01';

/** The rules by version: one stream for each kind. */
export const policyDecider: Decider<Policy | null, PolicyCommand, PolicyEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
