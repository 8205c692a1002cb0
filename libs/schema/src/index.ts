export { migrate, schemaVersion } from './migrate.js';
