import { Inject, Injectable } from '@nestjs/common';
import { personOf } from '@duban/actor';
import { obligationsOf } from '@duban/ledger';
import { type Actor } from '@duban/platform';
import { type Core } from '@duban/supervision';
import { type HeldPost, owedBy, toDoOf } from '@duban/view';
import { CORE } from '../core.module.js';
import { LedgerViews, type Look } from '../ledger/ledger-views.js';
import { type MeDto } from './me.dto.js';

/** The person behind a key: rows, posts, and what is owed. */
@Injectable()
export class MeViews {
  constructor(
    private readonly views: LedgerViews,
    @Inject(CORE) private readonly core: Core,
  ) {}

  /** @param most how many of what is to be done next are listed */
  async me(actor: Actor, most: number): Promise<MeDto> {
    const look = await this.views.look(actor);
    const { id, kind, role, unit = null, units = [], actingFor = null } = look.actor;
    const ledgers = await this.views.ledgers(look);
    const owed = ledgers.flatMap(ledger =>
      owedBy(look.actor, ledger, obligationsOf(ledger, look.today, this.views.calendar), look.today),
    );
    return {
      ...{ id, kind, role, unit, units, actingFor, today: look.today, simulated: this.core.simulated },
      plans: ledgers.map(ledger => ledger.id),
      posts: await this.postsOf(look),
      delegations: await this.core.grants.delegationsOf(id, look.today),
      toDo: toDoOf(owed, look.today, most),
    };
  }

  private async postsOf({ actor, today }: Look): Promise<HeldPost[]> {
    const person = personOf(actor);
    const posts = await this.views.posts();
    return [...posts].flatMap(([post, { kind, holders }]) =>
      holders
        .filter(holder => holder.person === person && (holder.to === null || holder.to > today))
        .map(({ from, to }) => ({ post, kind, from, to })),
    );
  }
}
