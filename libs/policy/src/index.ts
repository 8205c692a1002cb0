export { firstVersions } from './first-versions.js';
export { inForce, type Policies, type Version, versionsOf } from './in-force.js';
export { type Addressee, type Ladder, type OwedKind } from './ladders.js';
export { asIfAdopted, policyDecider } from './policy.js';
export {
  type Policy,
  type PolicyCommand,
  type PolicyContents,
  type PolicyEvent,
  type PolicyKind,
  policyKinds,
  type RankedArea,
} from './policy-model.js';
