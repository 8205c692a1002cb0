import { type Decider, isSame, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { Post, PostCommand, PostEvent } from './unit-model.js';

type Of<Type extends PostCommand['type']> = Extract<PostCommand, { type: Type }>;
type Holder = Post['holders'][number];

function decide(post: Post | null, command: PostCommand, context: Context): readonly PostEvent[] {
  return command.type === 'FillPost' ? fill(post, command, context) : vacate(post, command, context);
}

function fill(post: Post | null, { type: _, ...filled }: Of<'FillPost'>, { today }: Context): PostEvent[] {
  const { person, from, ...over } = filled;
  if (post) {
    const { holders, ...isOver } = post;
    if (!isSame(isOver, over)) throw new Rejection('post_differs', { kind: post.kind });
    const holder = holders.find(({ to }) => to === null || to > from);
    if (holder?.person === person && holder.from === from && holder.to === null) return [];
    // Handing over is two facts: whoever leaves is said to leave, so that no day has two holders.
    if (holder) throw new Rejection('post_filled', { from: holder.from, to: holder.to });
  }
  return [{ type: 'PostFilled', ...filled, on: today }];
}

function vacate(post: Post | null, { from }: Of<'VacatePost'>, { today }: Context): PostEvent[] {
  if (!post) throw new Rejection('post_not_found');
  const holder = post.holders.find(({ to }) => to === null);
  if (!holder) {
    if (post.holders.at(-1)?.to === from) return [];
    throw new Rejection('post_vacant');
  }
  if (from < holder.from) throw new Rejection('vacated_before_filled', { from, filledFrom: holder.from });
  return [{ type: 'PostVacated', from, on: today }];
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(post: Post | null, event: PostEvent): Post | null {
  switch (event.type) {
    case 'PostFilled': {
      const { jurisdiction, kind, scope, person, from } = event;
      const before = (post?.holders ?? []).map(holder => until(holder, from));
      return { jurisdiction, kind, scope, holders: [...before, { person, from, to: null }] };
    }
    case 'PostVacated':
      return post && { ...post, holders: post.holders.map(holder => until(holder, event.from)) };
    default:
      return post; // written by a newer version
  }
}

const until = (holder: Holder, day: string): Holder => (holder.to === null ? { ...holder, to: day } : holder);

/** The id of the person who holds the post on the day, or null when it is vacant then. */
export function holderOn(post: Post, day: string): string | null {
  const holder = post.holders.findLast(({ from, to }) => from <= day && (to === null || day < to));
  return holder?.person ?? null;
}

/** A post over a unit, a plan or a section: filled from a day, vacated from a day, never held by two at once. */
export const postDecider: Decider<Post | null, PostCommand, PostEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
