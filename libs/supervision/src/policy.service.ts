import { assertMay, rowsOf } from '@duban/access';
import { Rejection } from '@duban/event-store';
import { type LedgerReader } from '@duban/ledger';
import {
  inForce,
  type PolicyCommand,
  policyDecider,
  type PolicyKind,
  type Version,
  versionsOf,
} from '@duban/policy';
import { type CommandRunner } from './command-runner.js';
import { type Outcome, type Request } from './request.js';

export type PolicyInput = Omit<PolicyCommand, 'type' | 'kind'>;

/** A kind of policy with all its versions, and the one that holds on a day. */
export type KnownPolicy = { kind: PolicyKind; inForce: string; versions: readonly Version[] };

/** Policies: the rules by version. They hold for every plan of the ledger. */
export class PolicyService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly reader: LedgerReader,
  ) {}

  /** Adopts a version of one kind. @throws Rejection, VersionConflict */
  async adopt(request: Request, kind: PolicyKind, input: PolicyInput): Promise<Outcome> {
    assertMay(request.actor, 'policy.adopt');
    if (rowsOf(request.actor).plans !== '*') throw new Rejection('needs_all_plans');
    const command = { type: 'AdoptPolicy' as const, kind, ...input };
    return this.runner.run(request, policyDecider, `policy-${kind}`, command);
  }

  /** The versions of these kinds, and which of them hold today. */
  async known(request: Request, kinds: readonly PolicyKind[]): Promise<KnownPolicy[]> {
    assertMay(request.actor, 'plan.read');
    const policies = await this.reader.policies();
    const { today } = await this.runner.context(request);
    return kinds.map(kind => ({
      kind,
      inForce: inForce(policies, kind, today).name,
      versions: versionsOf(policies, kind),
    }));
  }
}
