export {
  type Decider,
  type FieldError,
  fold,
  Rejection,
  type RejectionParam,
  type RejectionParams,
  VersionConflict,
} from './decider.js';
export { specFor, type SpecHistory, type SpecResult } from './spec-for.js';
