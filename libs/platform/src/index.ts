export { startEmbedded, type EmbeddedOptions, type EmbeddedServer } from './embedded/embedded-server.js';
export { EmbeddedServerError } from './embedded/faults.js';
export { createPool, poolConfig, typeParsers, type PoolOptions } from './database/pool.js';
export { withTransaction } from './database/transaction.js';
export { createDataSource, runMigrations, type DataSourceParts } from './database/data-source.js';
