import { Injectable } from '@nestjs/common';
import { personOf } from '@duban/actor';
import { type Actor } from '@duban/platform';
import { ReminderService } from '@duban/reminder';
import { type Told } from '@duban/rollup';
import { holderOn, type Post } from '@duban/unit';
import { LedgerViews } from '../ledger/ledger-views.js';

const mostMessages = 10_000;

/** What leaders were told, and when: a leader sees what went to his or her own posts, others what went to any leader. */
@Injectable()
export class ToldLeaders {
  constructor(
    private readonly views: LedgerViews,
    private readonly reminders: ReminderService,
  ) {}

  async told(actor: Actor): Promise<Told[]> {
    if (actor.role === 'unit') return [];
    const filter = { recipients: 'leader:', limit: mostMessages };
    const rows = await this.reminders.reminders(actor, filter);
    const posts = actor.role === 'leader' ? byRecipient(await this.views.posts()) : null;
    const person = personOf(actor);
    return rows
      .filter(({ recipient, issuedOn }) => {
        const post = posts?.get(recipient);
        return posts === null || (post !== undefined && holderOn(post, issuedOn) === person);
      })
      .map(({ subject, issuedOn, stage, stageKind }) => ({
        ...{ subject: subject.split('/')[0] ?? subject, on: issuedOn, stage, kind: stageKind },
      }));
  }
}

/** Posts by the names under which messages go to them: `leader:xiangtan/in_charge`. */
function byRecipient(posts: ReadonlyMap<string, Post>): Map<string, Post> {
  return new Map(
    [...posts].flatMap(([id, post]) => [
      [`leader:${id}`, post] as const,
      [`leader:${post.jurisdiction}/${id}`, post] as const,
    ]),
  );
}
