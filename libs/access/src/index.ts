export { accessMigrations } from './migrations.js';
export { type ApiKey } from './api-key.entity.js';
export { type KeyAttributes, keyDecider, type KeyEvent, type KeyState } from './key.js';
export { type Identity, type IssuedKey, KeyStore, type ListedKey, type NewKey } from './key-store.js';
export { type Action, assertMay, mayRole, rolesFor, type Rows, rowsOf, sees, type Target } from './scope.js';
