import { type Day } from '@duban/calendar';
import { type Paper } from '@duban/platform';

/** The words of a bulletin: which editions of one plan's quarter there are, who got them, what has changed since. */

/** provisional: the round is still open. backfill: the period was over before the plan was issued. restated: of edition 2 on. */
export type Watermark = 'provisional' | 'backfill' | 'restated';

/** What a published edition rests on: enough to recompute it, and to see that it was not changed. */
export type Publication = {
  cutoffPosition: number;
  cutoffOn: Day;
  contentDigest: string;
  inputDigest: string; // of this ledger: its log up to the cutoff
  rules: Readonly<Record<string, string>>;
  watermarks: readonly Watermark[];
};

/** Which edition another one takes the place of, and why. */
export type Restatement = { of: number; reason: string; paper: Paper | null; by: string };

/** What a correction comes to in a published edition: a light, a place in the ranking, more than 5 % of a figure. */
export type Effect = 'light' | 'rank' | 'figure';

/**
 * A fact of the period that was recorded after the cutoff: told late, corrected or revised. `cause` names the event:
 * stream@version. `pending`: it corrects an accepted figure and counts once another person has confirmed it. `done`: it is
 * no figure; a task or milestone was finished on that day.
 */
export type Correction = {
  cause: string;
  subject: string;
  period: string;
  how: 'late' | 'corrected' | 'revised';
  unit: string | null;
  from: number | null;
  to: number | null;
  reason: string;
  correctedOn: Day;
  pending?: boolean;
  done?: { what: 'task' | 'milestone'; on: Day };
};

export type Explanation = { text: string; paper: Paper | null; by: string; on: Day };

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type BulletinEvent =
  | ({ type: 'EditionPublished'; plan: string; period: string; n: number; on: Day } & Publication)
  | ({
      type: 'EditionRestated';
      plan: string;
      period: string;
      n: number;
      on: Day;
      changes: number;
    } & Publication &
      Restatement)
  // n: the edition that does not know of it. effects: of one that counts at once.
  | ({ type: 'CorrectionNoted'; n: number; on: Day; effects?: readonly Effect[] } & Correction)
  | {
      type: 'CorrectionSettled'; // one that was pending: another person has confirmed it, or turned it down
      cause: string;
      n: number; // the edition that does not know of that
      outcome: 'counts' | 'refused';
      effects: readonly Effect[];
      on: Day;
    }
  | ({ type: 'CorrectionExplained'; cause: string } & Explanation)
  | {
      type: 'EditionCirculated';
      n: number;
      to: readonly string[]; // units, and posts such as leader:xiangtan/2
      paper: Paper | null;
      by: string;
      on: Day;
    }
  | { type: 'EditionSeen'; n: number; reader: string; by: string; on: Day };

export type BulletinCommand =
  | ({ type: 'PublishEdition'; plan: string; period: string } & Publication)
  // changes: how many lines differ from the edition restated.
  | ({ type: 'RestateEdition'; plan: string; period: string; changes: number } & Publication &
      Omit<Restatement, 'by'>)
  // position: where the cause, or what settles it, stands in the log. effects: null while it is pending.
  | ({ type: 'NoteCorrection'; position: number; effects: readonly Effect[] | null } & Correction)
  | {
      type: 'SettleCorrection';
      cause: string;
      position: number;
      outcome: 'counts' | 'refused';
      effects: readonly Effect[];
    }
  | { type: 'ExplainCorrection'; cause: string; text: string; paper: Paper | null }
  | { type: 'CirculateEdition'; n: number; to: readonly string[]; paper: Paper | null }
  | { type: 'SeeEdition'; n: number; reader: string };

/** An edition on record; `restates` from the second on. */
export type PublishedEdition = Publication & { n: number; on: Day; restates?: Restatement };

/** `countsOn`: since when it counts; null while it is pending, and when it was refused. */
export type NotedCorrection = Correction & {
  n: number;
  countsOn?: Day | null;
  refusedOn?: Day;
  effects?: readonly Effect[];
  explained?: Explanation;
};

/** One edition that a reader has to read: since it was circulated to him, or since it took the place of one he got. */
export type Reading = {
  n: number;
  reader: string;
  on: Day;
  through: 'circulated' | 'restated';
  circulated: { on: Day; paper: Paper | null } | null;
  seen: { on: Day; by: string } | null;
};

export type Bulletin = {
  plan: string;
  period: string;
  editions: readonly PublishedEdition[];
  corrections: readonly NotedCorrection[];
  readings?: readonly Reading[];
};

/** The stream of a round's editions: `rollup-004:2023Q2`. */
export function streamOf(round: string): string {
  return `rollup-${round}`;
}
