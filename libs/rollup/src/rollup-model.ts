import { type Day } from '@duban/calendar';
import { type Watermark } from './edition-model.js';

/** What a published edition rests on: enough to recompute it, and to see that it was not changed. */
export type Publication = {
  cutoffPosition: number;
  cutoffOn: Day;
  contentDigest: string;
  inputDigest: string; // of this ledger: its log up to the cutoff
  rules: Readonly<Record<string, string>>;
  watermarks: readonly Watermark[];
};

/** A value or report of the period that was put right after the cutoff. `cause` names the event: stream@version. */
export type Correction = {
  cause: string;
  subject: string;
  period: string;
  how: 'corrected' | 'revised';
  unit: string | null;
  from: number | null;
  to: number | null;
  reason: string;
  correctedOn: Day;
};

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type RollupEvent =
  | ({ type: 'EditionPublished'; plan: string; period: string; n: number; on: Day } & Publication)
  | ({ type: 'CorrectionNoted'; n: number; on: Day } & Correction); // n: the edition that does not know of it

export type RollupCommand =
  | ({ type: 'PublishEdition'; plan: string; period: string } & Publication)
  | ({ type: 'NoteCorrection' } & Correction);

export type Rollup = {
  plan: string;
  period: string;
  editions: readonly (Publication & { n: number; on: Day })[];
  corrections: readonly (Correction & { n: number })[];
};

/** The stream of a round's editions: `rollup-004:2023Q2`. */
export function streamOf(round: string): string {
  return `rollup-${round}`;
}
