import { type Day } from '@duban/calendar';
import { type Paper } from '@duban/platform';
import { type Ladder, type OwedKind } from './ladders.js';

/** What is decided by version: ladders, thresholds, rankings, rounds, days. */
export const policyKinds = ['reminder', 'light', 'score', 'round', 'date'] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** Which duties a ranking counts. */
export const rankedAreas = ['delivery', 'reporting', 'supporting'] as const;
export type RankedArea = (typeof rankedAreas)[number];

/**
 * What a version of each kind holds.
 * light: `onTrack` and `behind` are shares of the plan (or of the planned change); `points` and `places` say how far below
 * the plan still counts as behind rather than far behind; `tolerance` (percent) serves a target stated as "about".
 * round: `dueWorkdays` is the due day of a round for which none is stated, in workdays after its period.
 * score: units with fewer duties than `minimum` get no place: one report in time would lead the table.
 */
export type PolicyContents = {
  reminder: { ladders: Readonly<Record<OwedKind, Ladder>> };
  light: { onTrack: number; behind: number; points: number; places: number; tolerance: number };
  score: { minimum: number; areas: readonly RankedArea[] };
  round: {
    dueWorkdays: number;
    reviewWorkdays: number;
    readingWorkdays: number;
    restatementWorkdays: number;
    halfYearCoversQuarter: boolean;
  };
  date: {
    receiptWorkdays: number;
    contestWorkdays: number;
    contestDecisionWorkdays: number;
    decisionWorkdays: number;
    tollingWorkdays: number;
    assignLeadWorkdays: number;
    valueReworkWorkdays: number;
  };
};
export type PolicyContent = PolicyContents[PolicyKind];

/** A version that was adopted: what it holds, from which day, on whose decision. */
export type AdoptedVersion = {
  version: number;
  from: Day;
  content: PolicyContent;
  reason: string;
  paper: Paper | null;
  by: string;
  on: Day;
};

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type PolicyEvent = { type: 'PolicyAdopted'; kind: PolicyKind } & AdoptedVersion;

/** `content` is what differs from the version before, as it came in: it is judged here. */
export type PolicyCommand = {
  type: 'AdoptPolicy';
  kind: PolicyKind;
  version: number;
  from: Day;
  content: Readonly<Record<string, unknown>>;
  reason: string;
  paper: Paper | null;
};

/** The versions adopted of one kind, in their order; version 1 is built in. */
export type Policy = { kind: PolicyKind; versions: readonly AdoptedVersion[] };
