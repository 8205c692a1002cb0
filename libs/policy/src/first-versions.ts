import { firstLadders } from './ladders.js';
import { type PolicyContents } from './policy-model.js';

/** Version 1 of each kind: what holds until something else is adopted. Most of it no document states: it is our choice. */
export const firstVersions: PolicyContents = {
  reminder: { ladders: firstLadders },
  light: { onTrack: 0.95, behind: 0.8, points: 1, places: 2, tolerance: 5 },
  score: { minimum: 3, areas: ['delivery', 'reporting'] },
  round: {
    dueWorkdays: 5,
    reviewWorkdays: 5,
    readingWorkdays: 5,
    restatementWorkdays: 10,
    halfYearCoversQuarter: true,
  },
  date: {
    receiptWorkdays: 3,
    contestWorkdays: 5,
    contestDecisionWorkdays: 5,
    decisionWorkdays: 3,
    tollingWorkdays: 15,
    assignLeadWorkdays: 10,
    valueReworkWorkdays: 3,
  },
};
