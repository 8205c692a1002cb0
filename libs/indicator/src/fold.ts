import type {
  Indicator,
  IndicatorEvent,
  Observation,
  Part,
  PartChange,
  TargetVersion,
} from './indicator-model.js';
import { asCounted, pendingIn } from './acceptance.js';
import { isComplete } from './values.js';

type EventOf<Type extends IndicatorEvent['type']> = Extract<IndicatorEvent, { type: Type }>;

/** Folds one event. Never throws and never judges: what happened has happened, even under older rules. */
export function evolve(indicator: Indicator | null, event: IndicatorEvent): Indicator | null {
  if (event.type === 'IndicatorDefined') return indicator ?? defined(event);
  return indicator && (evolveTerms(indicator, event) ?? evolveValues(indicator, event) ?? indicator);
}

/** What the indicator is and what it should reach; null: this event is about something else. */
function evolveTerms(indicator: Indicator, event: IndicatorEvent): Indicator | null {
  switch (event.type) {
    case 'DefinitionChanged':
      return { ...indicator, title: event.title, definition: event.definition };
    case 'OwnerAssigned':
      return ownersAssigned(indicator, event);
    case 'ProviderAssigned':
      return providersAssigned(indicator, event);
    case 'CadenceSet': {
      const { frequency, lagDays } = event;
      return { ...withOriginal(indicator, { frequency, lagDays }), frequency, lagDays };
    }
    case 'IndicatorLinked':
      return { ...indicator, links: [...indicator.links, event.link] };
    case 'BaselineRecorded': {
      const { period, value } = event;
      return { ...indicator, baselines: [...without(indicator.baselines, period), { period, value }] };
    }
    case 'ComparatorRecorded': {
      const { period, value, source } = event;
      const comparators = [...without(indicator.comparators, period), { period, value, source }];
      return { ...indicator, comparators };
    }
    case 'TargetSet':
      return { ...indicator, targets: [...indicator.targets, firstVersion(event)] };
    case 'TargetRevised':
      return { ...indicator, targets: [...indicator.targets, ...nextVersions(indicator, event)] };
    case 'IndicatorExempted':
      return { ...indicator, exemptedOn: event.on };
    default:
      return null;
  }
}

/** What was observed; null: an event of a newer version. */
function evolveValues(indicator: Indicator, event: IndicatorEvent): Indicator | null {
  switch (event.type) {
    case 'ValueReported':
      return observed(indicator, event.period, observation => reported(indicator, observation, event));
    case 'ValueAwaited': {
      const { availableOn, reason, on } = event;
      return observed(indicator, event.period, observation => ({
        ...observation,
        awaitedUntil: availableOn,
        awaits: [...observation.awaits, { availableOn, reason, on }],
      }));
    }
    case 'ValueRevised':
      return observed(indicator, event.period, changedTo(event, 'revised'));
    case 'ValueCorrected':
      return observed(indicator, event.period, changedTo(event, 'corrected'));
    case 'ValueConfirmed':
      return observed(indicator, event.period, observation => confirmed(observation, event));
    case 'ValueCorrectionRefused':
      return observed(indicator, event.period, observation => correctionRefused(observation, event));
    case 'ValueRejected':
      return observed(indicator, event.period, observation => rejected(observation, event));
    default:
      return null;
  }
}

function defined(event: EventOf<'IndicatorDefined'>): Indicator {
  const { plan, code, title, measure, source, direction, kind, annualOnly, definition } = event;
  return {
    ...{ plan, code, title, measure, source, direction, kind, annualOnly, definition },
    owners: [],
    providers: [],
    providerMode: 'one_of',
    frequency: annualOnly ? 'year' : 'quarter',
    lagDays: 0,
    links: [],
    baselines: [],
    targets: [],
    comparators: [],
    observations: {},
    exemptedOn: null,
    original: {
      title,
      definition,
      owners: null,
      providers: null,
      providerMode: null,
      frequency: null,
      lagDays: null,
    },
  };
}

function withOriginal(indicator: Indicator, first: Partial<Indicator['original']>): Indicator {
  const known = Object.fromEntries(Object.entries(indicator.original).filter(([, value]) => value !== null));
  return { ...indicator, original: { ...indicator.original, ...first, ...known } };
}

/** What was complete stays so; what is incomplete is owed by the new providers. */
function ownersAssigned(indicator: Indicator, { units, on }: EventOf<'OwnerAssigned'>): Indicator {
  const isFirst = indicator.original.owners !== null && indicator.owners.length === 0;
  return {
    ...withOriginal(indicator, { owners: units }),
    owners: units,
    ...(isFirst && { ownedSince: on }),
  };
}

/** Who provided until now, as far as somebody did: what they stated by then stays theirs. */
function providedBefore(
  { original, providers, formerProviders = [] }: Indicator,
  until: string,
): Pick<Indicator, 'formerProviders' | 'providedSince'> {
  if (original.providers === null) return {};
  if (providers.length === 0) return { providedSince: until };
  return { formerProviders: [...formerProviders, { units: providers, until }] };
}

function providersAssigned(indicator: Indicator, event: EventOf<'ProviderAssigned'>): Indicator {
  const observations = Object.fromEntries(
    Object.entries(indicator.observations).map(([period, observation]) => [
      period,
      isComplete(indicator, observation) ? observation : { ...observation, roster: null },
    ]),
  );
  const original = { providers: event.units, providerMode: event.mode };
  return {
    ...withOriginal(indicator, original),
    ...providedBefore(indicator, event.on),
    providers: event.units,
    providerMode: event.mode,
    observations,
  };
}

function without<Item extends { period: string }>(items: readonly Item[], period: string): Item[] {
  return items.filter(item => item.period !== period);
}

function firstVersion({ plan, target, on }: EventOf<'TargetSet'>): TargetVersion {
  return { ...target, plan, version: 1, setOn: on, reason: null, paper: null, easedAfterMiss: false };
}

function nextVersions(indicator: Indicator, event: EventOf<'TargetRevised'>): TargetVersion[] {
  const { plan, reason, paper, easedAfterMiss, on: setOn } = event;
  return event.changes.flatMap(({ horizon, floor, stretch }) => {
    const current = indicator.targets.findLast(target => target.plan === plan && target.horizon === horizon);
    if (!current) return [];
    const version = current.version + 1;
    return [{ ...current, floor, stretch, version, setOn, reason, paper, easedAfterMiss }];
  });
}

function observed(
  indicator: Indicator,
  period: string,
  change: (observation: Observation) => Observation,
): Indicator {
  const before: Observation = indicator.observations[period] ?? {
    period,
    parts: [],
    awaitedUntil: null,
    awaits: [],
    confirmedOn: null,
    confirmations: [],
    selfReviewed: false,
    roster: null,
  };
  return { ...indicator, observations: { ...indicator.observations, [period]: change(before) } };
}

function reported(
  indicator: Indicator,
  observation: Observation,
  event: EventOf<'ValueReported'>,
): Observation {
  const { unit, value, reporter, delegate, on } = event;
  const before = observation.parts.find(part => part.unit === unit);
  const hand = { by: reporter, ...(delegate && { delegate }) };
  const change = { n: nextNumber(observation), value, on, ...hand, through: 'reported' } as const;
  const part: Part = {
    unit,
    value,
    reporter,
    firstOn: before?.firstOn ?? on,
    on,
    rejected: false,
    confirmedByReporter: event.confirmed,
    onBehalf: event.onBehalf ?? false,
    evidence: event.evidence,
    history: [...(before?.history ?? []), change],
  };
  const roster = { units: indicator.providers, mode: indicator.providerMode };
  return unconfirmed({ ...observation, roster, parts: replaced(observation.parts, part) });
}

function changedTo(
  { unit, to, on, by, delegate, evidence = [] }: EventOf<'ValueRevised'> | EventOf<'ValueCorrected'>,
  through: 'revised' | 'corrected',
): (observation: Observation) => Observation {
  return observation => {
    const part = observation.parts.find(item => item.unit === unit);
    if (!part) return observation;
    const hand = { by, ...(delegate && { delegate }) };
    const change: PartChange = { n: nextNumber(observation), value: to, on, ...hand, through };
    const shown = [...part.evidence, ...evidence];
    const history = [...part.history, change];
    const changed = { ...part, value: to, reporter: by, on, evidence: shown, history };
    return unconfirmed({ ...observation, parts: replaced(observation.parts, changed) });
  };
}

function confirmed(observation: Observation, event: EventOf<'ValueConfirmed'>): Observation {
  const { on, by, selfReviewed } = event;
  const confirmation = { n: nextNumber(observation), on, by, selfReviewed };
  const confirmations = [...observation.confirmations, confirmation];
  return { ...observation, confirmedOn: on, selfReviewed, confirmations };
}

function rejected(observation: Observation, { unit, on, by }: EventOf<'ValueRejected'>): Observation {
  const part = observation.parts.find(item => item.unit === unit);
  if (!part) return observation;
  const change = { n: nextNumber(observation), value: part.value, on, by, through: 'rejected' } as const;
  const turnedDown = { ...part, rejected: true, history: [...part.history, change] };
  return unconfirmed({ ...observation, parts: replaced(observation.parts, turnedDown) });
}

/** What was accepted stands again, confirmed as it was unless another part is still being put right. */
function correctionRefused(
  observation: Observation,
  { unit, from: value, on, by }: EventOf<'ValueCorrectionRefused'>,
): Observation {
  const part = observation.parts.find(item => item.unit === unit);
  if (!part) return observation;
  const change = { n: nextNumber(observation), value, on, by, through: 'refused' } as const;
  const back = { ...part, value, history: [...part.history, change] };
  const changed = { ...observation, parts: replaced(observation.parts, back) };
  const { confirmedOn, selfReviewed } = asCounted(changed);
  return pendingIn(changed).length > 0 ? changed : { ...changed, confirmedOn, selfReviewed };
}

function unconfirmed(observation: Observation): Observation {
  return { ...observation, confirmedOn: null, selfReviewed: false };
}

function replaced(parts: readonly Part[], part: Part): Part[] {
  const known = parts.some(item => item.unit === part.unit);
  return known ? parts.map(item => (item.unit === part.unit ? part : item)) : [...parts, part];
}

function nextNumber(observation: Observation): number {
  const changes = observation.parts.reduce((count, part) => count + part.history.length, 0);
  return changes + observation.confirmations.length + 1;
}
