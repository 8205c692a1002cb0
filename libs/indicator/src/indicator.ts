import { refuseBareMachine } from '@duban/actor';
import { type Decider, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import {
  assignOwner,
  assignProvider,
  changeDefinition,
  define,
  linkIndicator,
  recordBaseline,
  recordComparator,
  setCadence,
} from './definition-rules.js';
import { evolve } from './fold.js';
import type { Indicator, IndicatorCommand, IndicatorEvent } from './indicator-model.js';
import { refuseWithoutReason } from './refusals.js';
import { reviseTarget, setTarget } from './target-rules.js';
import {
  awaitValue,
  confirmValue,
  correctValue,
  rejectValue,
  reportValue,
  reviseValue,
} from './value-rules.js';

function decide(
  indicator: Indicator | null,
  command: IndicatorCommand,
  context: Context,
): readonly IndicatorEvent[] {
  if (command.type === 'DefineIndicator') return define(indicator, command, context);
  if (!indicator) throw new Rejection('indicator_not_found');
  switch (command.type) {
    case 'ChangeDefinition':
      return changeDefinition(indicator, command, context);
    case 'AssignOwner':
      return assignOwner(indicator, command, context);
    case 'AssignProvider':
      return assignProvider(indicator, command, context);
    case 'SetCadence':
      return setCadence(indicator, command, context);
    case 'LinkIndicator':
      return linkIndicator(indicator, command);
    case 'RecordBaseline':
      return recordBaseline(indicator, command);
    case 'RecordComparator':
      return recordComparator(indicator, command, context);
    case 'SetTarget':
      return setTarget(indicator, command, context);
    case 'ReviseTarget':
      return reviseTarget(indicator, command, context);
    case 'ReportValue':
      return reportValue(indicator, command, context);
    case 'AwaitValue':
      return awaitValue(indicator, command, context);
    case 'ReviseValue':
      return reviseValue(indicator, command, context);
    case 'CorrectValue':
      return correctValue(indicator, command, context);
    case 'ConfirmValue':
      return confirmValue(indicator, command, context);
    case 'RejectValue':
      return rejectValue(indicator, command, context);
    case 'ExemptIndicator':
      return exempt(indicator, command, context);
  }
}

/** Ends reminders and scoring; figures may still be told. */
function exempt(
  indicator: Indicator,
  { reason, paper }: Extract<IndicatorCommand, { type: 'ExemptIndicator' }>,
  context: Context,
): IndicatorEvent[] {
  if (indicator.exemptedOn) return [];
  refuseBareMachine(context.actor);
  refuseWithoutReason(reason);
  return [{ type: 'IndicatorExempted', on: context.today, reason, paper }];
}

/** The rules of one indicator: what it is, what it should reach, and what was observed. */
export const indicatorDecider: Decider<Indicator | null, IndicatorCommand, IndicatorEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
