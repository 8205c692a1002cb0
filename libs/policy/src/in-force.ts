import { type Day } from '@duban/calendar';
import { firstVersions } from './first-versions.js';
import { type AdoptedVersion, type Policy, type PolicyContents, type PolicyKind } from './policy-model.js';

/** What was adopted of each kind, by kind; a kind that is missing stands at version 1. */
export type Policies = ReadonlyMap<string, Policy>;

/** One version as it is printed and applied. `from`, `adopted`: null for what is built in and has always held. */
export type Version<K extends PolicyKind = PolicyKind> = {
  name: string; // kind@version
  version: number;
  from: Day | null;
  content: PolicyContents[K];
  adopted: Pick<AdoptedVersion, 'reason' | 'paper' | 'by' | 'on'> | null;
};

const first: { readonly [K in PolicyKind]: Version<K> } = {
  reminder: builtIn('reminder'),
  light: builtIn('light'),
  score: builtIn('score'),
  round: builtIn('round'),
  date: builtIn('date'),
};

function builtIn<K extends PolicyKind>(kind: K): Version<K> {
  return { name: `${kind}@1`, version: 1, from: null, content: firstVersions[kind], adopted: null };
}

/** Every version of a kind in its order, the built-in one first. */
export function versionsOf<K extends PolicyKind>(policies: Policies, kind: K): Version<K>[] {
  const adopted = policies.get(kind)?.versions ?? [];
  return [first[kind], ...adopted.map(version => asVersion(kind, version))];
}

/**
 * The version that holds on a day: the last one adopted whose first day has come.
 * @param known only what had been adopted before this day
 * @example inForce(policies, 'light', '2023-06-30').name // 'light@1'
 */
export function inForce<K extends PolicyKind>(
  policies: Policies,
  kind: K,
  day: Day,
  { known }: { known?: Day } = {},
): Version<K> {
  const holds = ({ from, on }: AdoptedVersion) => from <= day && (known === undefined || on < known);
  const last = policies.get(kind)?.versions.findLast(holds);
  return last ? asVersion(kind, last) : first[kind];
}

/** What came into being after a version was adopted stands in it as it does in version 1. */
function asVersion<K extends PolicyKind>(
  kind: K,
  { version, from, content, reason, paper, by, on }: AdoptedVersion,
): Version<K> {
  const adopted = { reason, paper, by, on };
  return {
    name: `${kind}@${version}`,
    version,
    from,
    content: over(kind, firstVersions[kind], content),
    adopted,
  };
}

/** The content of a version, changed as far as the other says something; ladders one by one. */
export function over<K extends PolicyKind>(
  kind: K,
  base: PolicyContents[K],
  change: Readonly<Record<string, unknown>> | PolicyContents[PolicyKind],
): PolicyContents[K] {
  const ladders = laddersIn(change);
  if (kind !== 'reminder' || !ladders) return { ...base, ...change };
  return { ...base, ...change, ladders: { ...laddersIn(base), ...ladders } };
}

function laddersIn(content: object): object | null {
  const { ladders } = content as { ladders?: unknown };
  return typeof ladders === 'object' && ladders !== null && !Array.isArray(ladders) ? ladders : null;
}
