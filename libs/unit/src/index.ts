export type {
  Group,
  GroupCommand,
  GroupEvent,
  Post,
  PostCommand,
  PostEvent,
  PostKind,
  PostScope,
  Unit,
  UnitCommand,
  UnitEvent,
  UnitKind,
} from './unit-model.js';
export { groupDecider, membersOn } from './group.js';
export { holderOn, postDecider } from './post.js';
export {
  ancestorsOf,
  nameOn,
  predecessorsOf,
  type ResolveUnit,
  successorOn,
  successorsOf,
} from './succession.js';
export { idOf, jurisdictionOf, unitId } from './unit-id.js';
export { unitDecider } from './unit.js';
