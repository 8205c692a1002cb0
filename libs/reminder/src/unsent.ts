import { type Calendar, type Day } from '@duban/calendar';
import { isOfDay, type Obligation } from '@duban/ledger';
import { type Policies } from '@duban/policy';
import { datedStages, owedSince, type StageKey } from './ladder.js';
import { type Stage } from './stages.js';

/**
 * Why a stage never went out. before_owed: its day lay before anybody owed it. not_yet: its day is still to come.
 * handed_in, done: there was nothing to remind of any more. extension_pending, contest_pending: the clock stood still.
 * overtaken: a later stage went out in its place. lapsed: nobody looked in time, and after the due day it is no longer true. not_sent:
 * nobody looked. Otherwise what silenced it.
 */
export type Unsent =
  | 'before_owed'
  | 'not_yet'
  | 'handed_in'
  | 'done'
  | 'extension_pending'
  | 'contest_pending'
  | 'overtaken'
  | 'lapsed'
  | 'not_sent'
  | NonNullable<Obligation['silenced']>;

/** A stage that has not gone out for the due day in force, and why. */
export type UnsentStage = { stage: string; kind: Stage['kind']; on: Day; why: Unsent };

type Issued = StageKey & { skipped?: readonly string[] };

/** The stages of an obligation's ladder that have not gone out by a day, each with its reason, in the order of their days. */
export function unsentStages(
  obligation: Obligation,
  policies: Policies,
  issued: readonly Issued[],
  today: Day,
  calendar: Calendar,
): UnsentStage[] {
  const own = issued.filter(({ dueVersion }) => isOfDay(obligation.due, dueVersion));
  return datedStages(obligation, policies, calendar)
    .filter(({ stage }) => !own.some(each => each.stage === stage.name))
    .map(({ stage, on }) => ({
      stage: stage.name,
      kind: stage.kind,
      on,
      why: whyUnsent(obligation, stage, on, own, today),
    }));
}

function whyUnsent(
  obligation: Obligation,
  stage: Stage,
  on: Day,
  issued: readonly Issued[],
  today: Day,
): Unsent {
  const { kind, handedIn, settledOn, silenced, tolled, due } = obligation;
  if (on < owedSince(obligation)) return 'before_owed';
  if (handedIn && handedIn.on <= on) return 'handed_in';
  if (settledOn && settledOn <= on) return 'done';
  if (tolled && tolled.from <= on && on <= tolled.until)
    return kind === 'receipt' ? 'contest_pending' : 'extension_pending';
  if (issued.some(({ skipped }) => skipped?.includes(stage.name))) return 'overtaken';
  if (silenced) return silenced;
  if (on > today) return 'not_yet';
  return stage.kind === 'reminder' && today > due.on ? 'lapsed' : 'not_sent';
}
