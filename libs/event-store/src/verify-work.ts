import { type PoolClient } from 'pg';
import { type LogReader } from './reading.js';
import { rootOf } from './seal-root.js';
import { type Share, type ShareFindings, verifyShare } from './verify-share.js';
import { type Folding } from './verify-streams.js';

/** One piece of a verification: plain data, so that a thread can be given it. */
export type Work =
  | { readonly kind: 'share'; readonly share: Share }
  /** The Merkle root over the seal leaves of these positions. */
  | { readonly kind: 'root'; readonly from: number; readonly to: number };

/** What it found, as plain data again. */
export type Found =
  | { readonly kind: 'share'; readonly findings: ShareFindings }
  | { readonly kind: 'root'; readonly root: string };

/** What work is done with, in whatever thread. */
export interface WorkTools {
  readonly client: PoolClient;
  readonly reader: LogReader;
  readonly refold: Readonly<Record<string, Folding>>;
  onEvents(events: number): void;
}

export async function perform(work: Work, tools: WorkTools): Promise<Found> {
  if (work.kind === 'root') {
    const { root } = await rootOf(tools.client, work.from, work.to);
    return { kind: 'root', root };
  }
  return { kind: 'share', findings: await verifyShare(work.share, tools) };
}
