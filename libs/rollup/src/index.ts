export { bodyDigest, contentDigest } from './digests.js';
export { editionOf, type EditionInput } from './edition.js';
export type * from './edition-model.js';
export { quarterOf as quarterEndingWith } from './duties.js';
export { scoreRule } from './tally.js';
