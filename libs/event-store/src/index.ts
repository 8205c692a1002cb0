export {
  type Decider,
  type FieldError,
  fold,
  Rejection,
  type RejectionParam,
  type RejectionParams,
  VersionConflict,
} from './decider.js';
export { type ConnectionOptions, isConnectionFailure, isContention } from './connections.js';
export { type Answer, type IdempotencyKey } from './idempotency.js';
export { type LoadedStream } from './stream.js';
export { QueueFull } from './queue-full.js';
export { type ExpectedVersion, type StreamCommand } from './deciding.js';
export {
  type AppendResult,
  EventStore,
  type Handled,
  type HandleOptions,
  type StoreOptions,
  type StreamAppend,
} from './event-store.js';
export {
  commandFor,
  type HandleManyOptions,
  type ManyOutcome,
  type Respond,
  type StreamOutcome,
} from './handling.js';
export { fieldRejection } from './field-rejection.js';
export { isSame } from './is-same.js';
export { canonicalJson, type Json, type JsonObject, toJson } from './json.js';
export { type Erased, type EraseOptions } from './erasing.js';
export { MasterKeyFile } from './master-key-file.js';
export { uuidsIn } from './name-uuid.js';
export { fingerprintOf, MasterKeyMissing, type MasterKeySource, MasterKeyWrong } from './master-keys.js';
export { type PersonalFields } from './personal-fields.js';
export { type SealingOptions } from './sealing.js';
export { type Subject, type SubjectCommand, subjectDecider, type SubjectEvent } from './subject.js';
export { type EventStoreMigration } from './migration.js';
export { eventStoreMigrations } from './migrations.js';
export { type FlatEvent, LogDamaged, type LogHead, type StoredEvent } from './reading.js';
export { specFor, type SpecHistory, type SpecResult } from './spec-for.js';
export { type GoldenUpcast, specForUpcasters, type UpcasterRegistry } from './spec-for-upcasters.js';
export { NewerSchema, SealBroken, UnknownEventType } from './unreadable.js';
export {
  type Upcaster,
  type UpcasterFault,
  Upcasters,
  UpcastersInvalid,
  type UpcasterStep,
} from './upcasters.js';
export {
  type At,
  type AtOptions,
  type KnownStream,
  type Moment,
  NotYetKnown,
  type TemporalProjection,
} from './as-of.js';
export { type ProjectionTable, type ProjectionTables } from './projection-tables.js';
export { type Progress, type RebuildOptions, RebuildUnderWay, type Rebuilt } from './rebuild.js';
export { type StatesOptions, type StatesRebuilt } from './rebuild-states.js';
export { RebuildFailed } from './replay.js';
export { type Operator, type SubscriptionAction } from './operating.js';
export { type PageContext, type Subscription } from './subscription.js';
export { SubscriptionRunner } from './subscription-runner.js';
export { type DeadLetter, type SubscriptionStatus } from './subscription-status.js';
export { type SubscriptionFailure } from './subscription-table.js';
export { SubscriptionBehind, SubscriptionStopped } from './waiting.js';
export { type Verification, type VerifyOptions } from './verify.js';
export { type Fault, type FaultKind } from './verify-faults.js';
export { type Folding } from './verify-streams.js';
export { type FoldModule } from './verify-threads.js';
export { mostOpenPositions } from './cut-log.js';
export { createSealKey, digestOfSeal, nameOfKey, readSealKey, type Seal, type SealBody } from './seal.js';
export { readSealFile, SealFileInvalid, writeSealFile } from './seal-file.js';
export { type SealOptions, type SealRefusal, SealRefused } from './seal-log.js';
export { type SealedLog } from './sealed-log.js';
export { SealKeyFile, SealKeyUnusable } from './seal-key-file.js';
