export type { Finding, Plan, PlanCommand, PlanEvent, Section } from './plan-model.js';
export { planDecider } from './plan.js';
export {
  blockingFindings,
  goalWithoutHolder,
  holdersOfGoal,
  holderWanted,
  openFindings,
  taskWithoutUnit,
} from './findings.js';
export { sectionPath } from './sections.js';
