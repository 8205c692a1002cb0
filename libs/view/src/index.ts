export type { Desk, DeskItem, DeskQueue, QueueRule, Settling, Waiting } from './desk-model.js';
export { deskOf } from './desk.js';
export { deskQueues } from './desk-queues.js';
export { renderDeskHtml } from './desk-html.js';
export { renderScorecardHtml, type Scorecard } from './scorecard-html.js';
