import { type Decider } from './decider.js';

/** Recorded on the stream `subject-<id>` once the key of somebody was destroyed. Stored for ever: only add to it. */
export type SubjectEvent = { type: 'SubjectErased'; subject: string; reason: string; by: string; on: string };
export type SubjectCommand = { type: 'EraseSubject'; subject: string; reason: string; by: string };
export type Subject = { erasedOn: string; reason: string; by: string };

/** Whether somebody's personal fields were erased: once, for good. */
export const subjectDecider: Decider<Subject | null, SubjectCommand, SubjectEvent, { today: string }> = {
  initial: null,
  decide: (state, { subject, reason, by }, { today }) =>
    state ? [] : [{ type: 'SubjectErased', subject, reason, by, on: today }],
  evolve: (state, event) =>
    event.type === 'SubjectErased' ? { erasedOn: event.on, reason: event.reason, by: event.by } : state,
};
