import { isShown } from '@duban/actor';
import type { Period } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import type { Evidence } from '@duban/platform';
import type { Indicator } from './indicator-model.js';
import { kindOf, targetFor } from './targets.js';

/** Whether a figure for the period says yes or no: by its own kind, or by that of the year's target. */
export function isYesOrNo(indicator: Indicator, period: Period): boolean {
  const target = targetFor(indicator, indicator.plan, period.slice(0, 4))?.current;
  return indicator.kind === 'yes_no' || (target !== undefined && kindOf(indicator, target) === 'yes_no');
}

/** A yes has to be shown, however it comes to stand (domain: 有). Refuses with `evidence_needed`, which names the figure. */
export function refuseBareYes(
  indicator: Indicator,
  { period, value }: { period: Period; value: number },
  evidence: readonly Evidence[],
): void {
  if (value !== 1 || isShown(evidence) || !isYesOrNo(indicator, period)) return;
  const params = { period, of: [`${indicator.plan}:${indicator.code} ${period}`] };
  throw new Rejection('evidence_needed', params, [{ pointer: '/evidence', code: 'evidence_needed', params }]);
}
