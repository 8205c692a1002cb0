export { AccessHistory, type Could, type CouldFilter } from './access-history.js';
export {
  AccessService,
  type DelegationInput,
  type DelegationLine,
  type GrantInput,
} from './access.service.js';
export { BulletinService } from './bulletin.service.js';
export { EvidenceService, type FileInput, type KeptFile, type OpenedFile } from './evidence.service.js';
export { CommandRunner, type Step, step } from './command-runner.js';
export { type Core, createCore } from './core.js';
export { type ContestDecision, ExchangeService, type InstructionInput } from './exchange.service.js';
export { HolidayService } from './holiday.service.js';
export {
  concernedUnits,
  type CorrectionInput,
  IndicatorService,
  type ValueInput,
} from './indicator.service.js';
export { LogSealer } from './log-sealer.js';
export { Lookup } from './lookup.js';
export { PlanService } from './plan.service.js';
export { type KnownPolicy, PolicyService } from './policy.service.js';
export { type Outcome, type Request } from './request.js';
export { RoundService } from './round.service.js';
export { type DraftInput, type HandInInput, type SubmissionForm } from './submission-form.js';
export { SubmissionService } from './submission.service.js';
export { supervisionMigrations } from './migrations.js';
export {
  type CompletionInput,
  type ExtensionDecision,
  type ExtensionInput,
  type MilestoneInput,
  type ProgressInput,
  type ReviewInput,
  TaskService,
} from './task.service.js';
export { UnitService } from './unit.service.js';
export { upcasters } from './upcasters.js';
