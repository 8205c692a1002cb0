import { type Sending } from './plan-round.js';

/** What a worker is told to do. */
export type Order = WriteOrder | FollowOrder | { readonly do: 'finish'; readonly head: number };

export interface WriteOrder {
  readonly do: 'write';
  readonly url: string;
  /** Where it notes what it has sent and was told. */
  readonly file: string;
  readonly stores: number;
  readonly callers: number;
  readonly sendings: readonly Sending[];
}

export interface FollowOrder {
  readonly do: 'follow';
  readonly url: string;
  readonly file: string;
  readonly name: string;
}

/** What a worker says. */
export type Word = { readonly ready: true } | { readonly done: true };
