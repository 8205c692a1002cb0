export { bodyDigest, contentDigest } from './digests.js';
export { type Counters, countersOf, laterThan } from './counters.js';
export { type DiffLine, diffOf } from './edition-diff.js';
export { editionOf, type EditionInput } from './edition.js';
export type * from './edition-model.js';
export { type Closing, type Cut, EditionComputer } from './edition-computer.js';
export { type EditionKind, type EditionRow } from './edition.entity.js';
export { EditionTable, type PublishedLine } from './edition-table.js';
export { ledgerAt } from './ledger-at.js';
export { noteCorrectionsJob, rollupPeriodJob, rollupPlanJob, type WantedCut } from './jobs.js';
export { rollupMigrations } from './migrations.js';
export { rollupActor, type RollupParts } from './parts.js';
export { Publisher, rollupHandlers } from './publisher.js';
export { Restater } from './restater.js';
export { RollupRelay } from './rollup-relay.js';
export { rollupsSubscription } from './rollups-subscription.js';
export { type EditionCheck, isRollupId, type RollupHead, Rollups, type RollupState } from './rollups.js';
export {
  judgedQuarter,
  type OwnedIndicator,
  type QuarterScore,
  scoreOf,
  type ScorePart,
  scoreParts,
  type UnitRank,
} from './scorecard.js';
export { Scorecards } from './scorecards.js';
export { assertAddsUp } from './tally.js';
export { type CurrentEdition, type Quarter, quarterOf, type QuarterPlan, type Told } from './quarter.js';
export { renderQuarterHtml } from './quarter-html.js';
export { columns, renderQuarterText } from './quarter-text.js';
export { linesInChargeOf, linesSeenBy } from './lines-seen.js';
export { html, Markup } from './markup.js';
export { both, lightBar, lightSign } from './quarter-pieces.js';
export { quarterStyle } from './quarter-style.js';
export { type Said, saidPost, saidReason } from './sentences.js';
