import { type FieldError } from '@duban/event-store';
import { faultsInNames, faultsInNumber, faultsInWords, type Given, isRecord } from './faults.js';
import { addressees, owedKinds } from './ladders.js';

const [earliest, latest] = [-60, 60];
const mostStages = 20;
const again = { every: { min: 1, max: 30, whole: true }, times: { min: 1, max: 30, whole: true } };

/** Stages in the order of their days, within sixty workdays of the due day, each with somebody whom it addresses. */
export function faultsInLadders(pointer: string, ladders: unknown): FieldError[] {
  if (!isRecord(ladders)) return [{ pointer, code: 'is_object' }];
  const known = Object.entries(ladders).filter(([kind]) => owedKinds.some(each => each === kind));
  return [
    ...faultsInNames(pointer, ladders, owedKinds),
    ...known.flatMap(([kind, ladder]) => faultsInLadder(`${pointer}/${kind}`, ladder)),
  ];
}

function faultsInLadder(pointer: string, ladder: unknown): FieldError[] {
  if (!isRecord(ladder)) return [{ pointer, code: 'is_object' }];
  const { stages, then } = ladder;
  return [
    ...faultsInNames(pointer, ladder, ['stages', 'then']),
    ...faultsInStages(`${pointer}/stages`, stages),
    ...(then === undefined ? [] : faultsInThen(`${pointer}/then`, then, stages)),
  ];
}

function faultsInStages(pointer: string, given: unknown): FieldError[] {
  if (!Array.isArray(given)) return [{ pointer, code: 'is_array' }];
  const stages: readonly unknown[] = given;
  if (stages.length === 0) return [{ pointer, code: 'array_min_size', params: { 0: 1 } }];
  if (stages.length > mostStages) return [{ pointer, code: 'array_max_size', params: { 0: mostStages } }];
  const faults = stages.flatMap((stage, n) => faultsInStage(`${pointer}/${n}`, stage));
  return faults.length > 0 ? faults : outOfOrder(pointer, stages as readonly Given[]);
}

function faultsInStage(pointer: string, stage: unknown): FieldError[] {
  if (!isRecord(stage)) return [{ pointer, code: 'is_object' }];
  const { offset, to } = stage;
  const limits = { min: earliest, max: latest, whole: true };
  return [
    ...faultsInNames(pointer, stage, ['offset', 'to']),
    ...(offset === 'opening' ? [] : faultsInNumber(`${pointer}/offset`, offset, limits)),
    ...faultsInWords(`${pointer}/to`, to, addressees),
  ];
}

/** The opening comes first, and no two stages on one day. */
function outOfOrder(pointer: string, stages: readonly Given[]): FieldError[] {
  const places = stages.map(({ offset }) => (offset === 'opening' ? earliest - 1 : Number(offset)));
  const n = places.findIndex((place, index) => index > 0 && place <= places[index - 1]!);
  return n < 0 ? [] : [{ pointer: `${pointer}/${n}/offset`, code: 'stages_out_of_order' }];
}

/** What comes again counts from the last stage, and so from a number. */
function faultsInThen(pointer: string, then: unknown, stages: unknown): FieldError[] {
  if (!isRecord(then)) return [{ pointer, code: 'is_object' }];
  const last: unknown = Array.isArray(stages) ? stages.at(-1) : null;
  if (isRecord(last) && last['offset'] === 'opening')
    return [{ pointer, code: 'not_beside', params: { 0: 'opening' } }];
  return [
    ...faultsInNames(pointer, then, ['every', 'times', 'to']),
    ...faultsInNumber(`${pointer}/every`, then['every'], again.every),
    ...faultsInNumber(`${pointer}/times`, then['times'], again.times),
    ...faultsInWords(`${pointer}/to`, then['to'], addressees),
  ];
}
