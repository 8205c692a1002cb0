import { Injectable } from '@nestjs/common';
import { sees } from '@duban/access';
import { Rejection } from '@duban/event-store';
import { type Actor } from '@duban/platform';
import { type Plan } from '@duban/plan';
import { type Assignment } from '@duban/task';
import { jurisdictionOf } from '@duban/unit';
import { LedgerViews } from '../ledger/ledger-views.js';
import { type AssignmentDto } from './task.dto.js';

/** Finds the units and groups that a body names: of the plan's own place, by key, former name or alias. */
@Injectable()
export class Holders {
  constructor(private readonly views: LedgerViews) {}

  /** @throws Rejection `not_found` for a plan or holder that is unknown or foreign */
  async named(actor: Actor, plan: string, roles: readonly AssignmentDto[]): Promise<Assignment[]> {
    const keys = await this.keys(
      actor,
      plan,
      roles.map(({ holder }) => holder),
    );
    return roles.map(({ isGroup, role, presumed }, index) => ({
      ...{ isGroup, role, presumed: presumed ?? false },
      holder: keys[index]!,
    }));
  }

  /** @throws Rejection `not_found` */
  async keys(actor: Actor, plan: string, names: readonly string[]): Promise<string[]> {
    const known = sees(actor, { plan }) ? await this.views.reader.state<Plan>('plan', plan) : null;
    if (!known) throw new Rejection('not_found', { what: plan });
    const directory = await this.views.reader.directory();
    return names.map(name => {
      const key = directory.resolve(name);
      if (!key || jurisdictionOf(key) !== known.state.jurisdiction)
        throw new Rejection('not_found', { what: name });
      return key;
    });
  }
}
