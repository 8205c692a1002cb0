export { type Decision, type Overdue, overdueIn } from './alerts.js';
export { type StageCount } from './backtest.js';
export { Backtester, type Trial } from './backtester.js';
export { type Channel, type DigestBody, type Item, logChannel, webhookChannel } from './channels.js';
export { Deliverer, type DelivererOptions, type DeliveryResult } from './deliverer.js';
export { deliveriesSubscription } from './deliveries-subscription.js';
export { DeliveryRelay, mostAttempts } from './delivery-relay.js';
export { deliverJob, sweepJob } from './jobs.js';
export { nextDay, nextStage, type NextStage, type Rung, rungsOf } from './ladder.js';
export { LiveObligations, type PlanDuties } from './live-obligations.js';
export { reminderMigrations } from './migrations.js';
export { messageHour, ObligationTable } from './obligation-table.js';
export { obligationsSubscription } from './obligations-subscription.js';
export { reminderActor, type ReminderParts } from './parts.js';
export { leaderId, leaderOf, recipientsOf } from './recipients.js';
export {
  deliveryId,
  type Fate,
  type ReminderCommand,
  type ReminderEvent,
  reminderId,
  type ReminderRecord,
  type TextCode,
} from './reminder-model.js';
export { reminderDecider } from './reminder-rules.js';
export { findReminders, type ReminderFilter, type ReminderRow } from './reminder-rows.js';
export {
  type Alert,
  type AlertFilter,
  type Evidence,
  ReminderService,
  type Warning,
  type Why,
} from './reminder-service.js';
export { type Unsent, type UnsentStage, unsentStages } from './unsent.js';
export { Sweeper, type SweepResult } from './sweeper.js';
export { type Stage } from './stages.js';
export { sentenceOf } from './texts.js';
