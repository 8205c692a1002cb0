import { type PoolClient } from 'pg';
import { type LogReader } from './reading.js';
import { type Share, type ShareFindings, verifyShare } from './verify-share.js';
import { type Folding } from './verify-streams.js';

/** One piece of a verification: plain data, so that a thread can be given it. */
export type Work = { readonly kind: 'share'; readonly share: Share };

/** What it found, as plain data again. */
export type Found = { readonly kind: 'share'; readonly findings: ShareFindings };

/** What work is done with, in whatever thread. */
export interface WorkTools {
  readonly client: PoolClient;
  readonly reader: LogReader;
  readonly refold: Readonly<Record<string, Folding>>;
  onEvents(events: number): void;
}

export async function perform(work: Work, tools: WorkTools): Promise<Found> {
  return { kind: 'share', findings: await verifyShare(work.share, tools) };
}
