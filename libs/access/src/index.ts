export { accessEvents, AccessRecord, type Standing } from './access-record.js';
export { accessMigrations } from './migrations.js';
export { type ApiKey } from './api-key.entity.js';
export { accessFold } from './access-fold.js';
export { entryIn, holderDecider, holderStream } from './holder-access.js';
export {
  type Delegation,
  type Grant,
  type GrantedRole,
  grantedRoles,
  type HolderAccess,
  type HolderCommand,
  type HolderEvent,
} from './holder-model.js';
export { type KeyAttributes, keyDecider, type KeyEvent, type KeyState } from './key.js';
export {
  daysToRead,
  type Identity,
  type IssuedKey,
  KeyStore,
  type ListedKey,
  type NewKey,
} from './key-store.js';
export {
  type Action,
  assertMay,
  mayRole,
  rolesFor,
  type Rows,
  rowsOf,
  scopesOf,
  sees,
  type Target,
} from './scope.js';
