import { type FieldError } from '@duban/event-store';
import { faultsInNames, faultsInNumber, faultsInWords, type Given, type Limits } from './faults.js';
import { firstVersions } from './first-versions.js';
import { faultsInLadders } from './ladder-faults.js';
import { type PolicyContents, type PolicyKind, rankedAreas } from './policy-model.js';

const share: Limits = { min: 0.01, max: 1 };
const width: Limits = { min: 0, max: 100 };
const workdays: Limits = { min: 1, max: 60, whole: true };

const numbers: Readonly<Record<string, Limits>> = {
  ...{ onTrack: share, behind: share, points: width, places: width, tolerance: width },
  minimum: { min: 1, max: 1000, whole: true },
  dueWorkdays: workdays,
  ...{ reviewWorkdays: workdays, readingWorkdays: workdays, restatementWorkdays: workdays },
  ...{ receiptWorkdays: workdays, contestWorkdays: workdays, contestDecisionWorkdays: workdays },
  ...{ decisionWorkdays: workdays, tollingWorkdays: workdays },
  ...{ assignLeadWorkdays: workdays, valueReworkWorkdays: workdays },
};

/** Everything that is wrong with what a version would hold, field by field. */
export function faultsIn(kind: PolicyKind, content: Given): FieldError[] {
  const pointer = '/content';
  const names = Object.keys(firstVersions[kind]);
  const faults = [
    ...faultsInNames(pointer, content, names),
    ...names.flatMap(name => faultsInField(`${pointer}/${name}`, name, content[name])),
  ];
  return faults.length > 0 ? faults : faultsBetween(pointer, kind, content);
}

function faultsInField(pointer: string, name: string, value: unknown): FieldError[] {
  if (name === 'ladders') return faultsInLadders(pointer, value);
  if (name === 'areas') return faultsInWords(pointer, value, rankedAreas);
  const limits = numbers[name];
  if (limits) return faultsInNumber(pointer, value, limits);
  return typeof value === 'boolean' ? [] : [{ pointer, code: 'is_boolean' }];
}

/** Colours follow each other, and the clock stands still no shorter than the office may take to decide. */
function faultsBetween(pointer: string, kind: PolicyKind, content: Given): FieldError[] {
  if (kind === 'light') {
    const { onTrack, behind } = content as PolicyContents['light'];
    return behind > onTrack ? [{ pointer: `${pointer}/behind`, code: 'max', params: { 0: onTrack } }] : [];
  }
  if (kind !== 'date') return [];
  const { decisionWorkdays, contestDecisionWorkdays, tollingWorkdays } = content as PolicyContents['date'];
  const least = Math.max(decisionWorkdays, contestDecisionWorkdays);
  return tollingWorkdays < least
    ? [{ pointer: `${pointer}/tollingWorkdays`, code: 'min', params: { 0: least } }]
    : [];
}
