export type { Desk, DeskItem, DeskQueue, QueueRule, Settling, Waiting } from './desk-model.js';
export { deskOf } from './desk.js';
export { deskQueues } from './desk-queues.js';
export { renderDeskHtml } from './desk-html.js';
export { renderScorecardHtml, type Scorecard } from './scorecard-html.js';
export type { Dossier } from './dossier-model.js';
export { dossierOf, type DossierParts } from './dossier.js';
export { renderDossierHtml } from './dossier-html.js';
export { type Learnt, lightHistory, type LitFrom } from './light-history.js';
