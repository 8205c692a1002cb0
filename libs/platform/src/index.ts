export { startEmbedded, type EmbeddedOptions, type EmbeddedServer } from './embedded/embedded-server.js';
export { EmbeddedServerError } from './embedded/faults.js';
export { freePort, isFree } from './embedded/ports.js';
export { createPool, poolConfig, typeParsers, type PoolOptions } from './database/pool.js';
export { withTransaction } from './database/transaction.js';
export { createDataSource, runMigrations, type DataSourceParts } from './database/data-source.js';
export {
  type Clock,
  FixedClock,
  hasSimulatedTime,
  SimulatedClock,
  simulatedClockTable,
  SystemClock,
} from './clock.js';
export { type Actor, type ActorRole, type Context, type Scope } from './context.js';
export { metaOf, type Origin } from './origin.js';
export { randomId, uuidFrom } from './ids.js';
export { cleanText, IsCleanText, textFault, type TextFault, type TextLimits } from './text.js';
export { type FieldProblem, Problem, type ProblemParam, type ProblemParams } from './problems/problem.js';
export { catalogue, type ProblemCode, type Sentences, sentencesOf } from './problems/catalogue.js';
export { fieldProblemsOf } from './problems/constraints.js';
export { type Language, languageOf } from './problems/language.js';
export { isDefect, problemOf, type ProblemBody } from './problems/problem-of.js';
export { Logger, LoggerFactory, type LogThreshold } from './logger.js';
export { collectProcessMetrics, metrics } from './metrics.js';
export { keepHeapSmall } from './small-heap.js';
export { Configuration } from './configuration/configuration.js';
export { type ConfigurationRow, configurationTable } from './configuration/configuration-table.js';
export { ConfigurationError, loadConfiguration } from './configuration/load-configuration.js';
export { isSampleSecret } from './configuration/secrets.js';
export { AlreadyRunning, Supervisor, type SupervisorOptions } from './supervisor/supervisor.js';
export { type ChildProgram } from './supervisor/supervised-child.js';
export { announceReady, followSupervisor } from './supervisor/following.js';
export type { Due, Evidence, Paper } from './record-values.js';
