import fc from 'fast-check';
import { assertFolds, assertLaws } from '../../../test/support/decider-laws.js';
import type { SubmissionCommand, SubmissionEvent } from './round-model.js';
import {
  accept,
  accepted,
  context,
  handedIn,
  handIn,
  liaison,
  open,
  opened,
  returned,
  returnIt,
  waive,
  waived,
  withdraw,
  withdrawn,
} from './submission-examples.js';
import { submissionDecider } from './submission.js';

describe('any history of a submission', () => {
  const command = fc.constantFrom<SubmissionCommand>(
    open,
    handIn,
    { ...handIn, summary: 'another' },
    { ...handIn, receivedOn: '2023-07-06' },
    { ...handIn, items: [] },
    withdraw,
    returnIt,
    { ...returnIt, reworkBy: '2023-07-17' },
    accept,
    waive,
  );
  const around = fc.record({
    actor: fc.constantFrom(context.actor, liaison, { ...context.actor, id: 'officer-2' }),
    today: fc.constantFrom('2023-07-11', '2023-07-12', '2023-07-13'),
  });
  const step = fc.record({ command, context: around.map(change => ({ ...context, ...change })) });
  // The unit opens and hands in often, so that reviews find something there.
  const likely = fc.constantFrom(
    { command: open, context },
    { command: handIn, context: { ...context, actor: liaison } },
  );
  const steps = fc.array(fc.oneof(step, likely), { maxLength: 25 });
  const event = fc.oneof(
    fc.constantFrom<SubmissionEvent>(opened, waived),
    fc
      .tuple(
        fc.constantFrom<(n: number) => SubmissionEvent>(handedIn, withdrawn, returned, accepted),
        fc.nat(3),
      )
      .map(([eventOf, n]) => eventOf(n)),
  );

  it('keeps the laws of an aggregate', () =>
    fc.assert(fc.property(steps, taken => assertLaws(submissionDecider, taken))));
  it('folds', () =>
    fc.assert(fc.property(fc.array(event), history => assertFolds(submissionDecider, history))));
});
