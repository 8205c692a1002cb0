import { type Attempt, type History, labelOf, type LoggedEvent, type Operation } from './history.js';

/** Everything that a history says which must never be: empty for a store that kept its promises. */
export function violationsOf(history: History): string[] {
  return [
    ...checkPlaces(history),
    ...checkStreams(history),
    ...checkOperations(history),
    ...checkKept(history),
    ...history.observations.flatMap(each => checkObservation(each, history)),
    ...checkEffects(history),
  ];
}

function checkPlaces({ log, head }: History): string[] {
  const wrong = log.filter(({ position }, index) => position !== index + 1);
  return [
    ...wrong
      .slice(0, 3)
      .map(({ position, op }) => `position ${position} (${op}) does not follow the one before`),
    ...(log.length === head ? [] : [`the head is at ${head}, the log has ${log.length} events`]),
  ];
}

function checkStreams({ log, streams }: History): string[] {
  const found: string[] = [];
  const last = new Map<string, LoggedEvent>();
  for (const event of log) {
    const { stream, version, count, after } = event;
    const before = last.get(stream);
    const where = `${stream} version ${version} (${labelOf(event)})`;
    if (version !== (before?.version ?? 0) + 1)
      found.push(`${where} does not follow version ${before?.version ?? 0}`);
    if (count !== null && count !== version)
      found.push(`${where} was decided on a state that had counted ${count - 1}`);
    if (after !== null && after !== (before ? labelOf(before) : ''))
      found.push(`${where} was decided on a state whose last event was ${after}`);
    last.set(stream, event);
  }
  const rows = new Map(streams.map(row => [row.id, row]));
  for (const [stream, event] of last) {
    const row = rows.get(stream);
    if (row?.version !== event.version)
      found.push(`the row of ${stream} is at ${row?.version}, its events at ${event.version}`);
    if (row && (row.count !== row.version || row.last !== labelOf(event)))
      found.push(`the state of ${stream} has counted ${row.count} up to ${row.last}`);
  }
  return [
    ...found,
    ...streams.filter(({ id }) => !last.has(id)).map(({ id }) => `${id} has a row and no events`),
  ];
}

function checkOperations({ operations, attempts, log }: History): string[] {
  const known = new Set(operations.map(({ id }) => id));
  const events = grouped(log, ({ op }) => op);
  const sent = grouped(attempts, ({ op }) => op);
  const versions = new Map(log.map(({ stream, version }) => [stream, version]));
  const strangers = [...events.keys()].filter(op => !known.has(op));
  return [
    ...strangers.map(op => `events of ${op}, which nobody sent`),
    ...operations.flatMap(operation => {
      const stored = events.get(operation.id) ?? [];
      const tries = sent.get(operation.id) ?? [];
      const faults = [
        ...checkWhole(operation, stored),
        ...checkAllowed(operation, stored, tries),
        ...checkAnswers(operation, stored, tries),
        ...checkFailures(operation, tries),
        ...checkConflicts(operation, tries, versions),
      ];
      return faults.map(fault => `${operation.id} (${operation.kind}, key ${operation.key}): ${fault}`);
    }),
  ];
}

// All of its events or none, each once, side by side and in order.
function checkWhole({ parts }: Operation, stored: readonly LoggedEvent[]): string[] {
  if (stored.length === 0) return [];
  const wanted = parts.flatMap(({ stream, events }) =>
    Array.from({ length: events }, (_, index) => `${stream} ${index + 1}`),
  );
  const found = stored.map(({ stream, nth }) => `${stream} ${nth}`);
  const faults: string[] = [];
  if (new Set(found).size < found.length) faults.push(`stored twice, at ${spanOf(stored)}`);
  if (wanted.some(each => !found.includes(each))) faults.push(`stored by halves: ${found.join(', ')}`);
  else if (found.length === wanted.length && found.join() !== wanted.join())
    faults.push('stored in another order');
  const first = stored[0]?.position ?? 0;
  if (stored.some(({ position }, index) => position !== first + index))
    faults.push(`scattered over ${spanOf(stored)}`);
  return faults;
}

// What is stored was sent with expectations that held there, and nobody was told that it is not.
function checkAllowed(
  { parts, poison }: Operation,
  stored: readonly LoggedEvent[],
  tries: readonly Attempt[],
): string[] {
  if (stored.length === 0) return [];
  if (poison) return [`stored although it is poison (${poison})`];
  const open = tries.filter(({ outcome: { kind } }) => kind === 'ok' || kind === 'unknown');
  if (open.length === 0) return [`stored, but its callers were told: ${kindsOf(tries)}`];
  const before = parts.map(
    ({ stream }) => (stored.find(event => event.stream === stream && event.nth === 1)?.version ?? 1) - 1,
  );
  const fits = (attempt: Attempt) =>
    parts.every(({ events }, nth) => events === 0 || isAllowed(attempt.expected[nth], before[nth] ?? 0));
  return open.some(fits) ? [] : [`stored on versions ${before.join(', ')}, which nobody expected`];
}

function isAllowed(expected: Attempt['expected'][number] | undefined, version: number): boolean {
  if (expected === 'none') return version === 0;
  if (expected === 'exists') return version > 0;
  return expected === 'any' || expected === version;
}

// Who was told "done" finds it done, and all who asked under one key were told the same.
function checkAnswers(
  operation: Operation,
  stored: readonly LoggedEvent[],
  tries: readonly Attempt[],
): string[] {
  const answers = tries.flatMap(({ by, outcome }) => (outcome.kind === 'ok' ? [{ ...outcome, by }] : []));
  if (answers.length === 0) return [];
  const { parts, key, poison } = operation;
  const total = parts.reduce((sum, { events }) => sum + events, 0);
  const last = stored.at(-1)?.position ?? null;
  const faults: string[] = [];
  if (poison) faults.push(`acknowledged although it is poison (${poison})`);
  if (total > 0 && stored.length === 0) faults.push(`acknowledged to ${answers[0]?.by} and missing`);
  if (answers.length > 1 && key === 'none') faults.push('acknowledged twice without a key');
  if (new Set(answers.map(({ response }) => response)).size > 1)
    faults.push(`answered differently: ${answers.map(({ response }) => response).join(' and ')}`);
  if (answers.filter(({ replayed }) => replayed === false).length > 1)
    faults.push('done anew for two callers');
  for (const { by, position, versions, counts, replayed } of answers) {
    if (total > 0 && position !== last) faults.push(`${by} was told position ${position}, it is at ${last}`);
    if (counts.some((count, nth) => count !== versions[nth]))
      faults.push(`${by} was given a state of ${counts.join()} at versions ${versions.join()}`);
    const reached = parts.map(
      ({ stream }) => stored.findLast(event => event.stream === stream)?.version ?? 0,
    );
    const fits = (version: number, nth: number) =>
      replayed === false && parts[nth]!.events > 0
        ? version === reached[nth]
        : version >= (reached[nth] ?? 0);
    if (!versions.every(fits))
      faults.push(`${by} was told versions ${versions.join()}, the log has ${reached.join()}`);
  }
  return faults;
}

// The server may be busy; but nobody is refused for what another's operation contains.
function checkFailures({ poison }: Operation, tries: readonly Attempt[]): string[] {
  return tries.flatMap(({ by, outcome }) => {
    if (outcome.kind === 'rejected' && !poison) return [`refused to ${by} with ${outcome.code}`];
    if (outcome.kind !== 'failed' || poison || busy.test(outcome.code)) return [];
    return [`failed for ${by} with ${outcome.code}: ${outcome.message}`];
  });
}

// Who was told that another was first finds that other in the log, unless there was never a stream that had to exist.
function checkConflicts(
  { parts }: Operation,
  tries: readonly Attempt[],
  versions: ReadonlyMap<string, number>,
): string[] {
  const couldLose = ({ expected }: Attempt) =>
    parts.some(({ stream }, nth) => {
      const wanted = expected[nth];
      return wanted === 'exists' || (versions.get(stream) ?? 0) > (typeof wanted === 'number' ? wanted : 0);
    });
  const lost = tries.filter(({ outcome }) => outcome.kind === 'conflict');
  return lost
    .filter(attempt => !couldLose(attempt))
    .map(({ by }) => `${by} was told of a conflict with nobody`);
}

// Rolled back for another transaction, a lock not given in time, a statement that took too long.
const busy = /^(40...|55P03|57014)$/;

function checkKept({ operations, log, kept }: History): string[] {
  const events = grouped(log, ({ op }) => op);
  const endsAt = new Map([...events].map(([op, stored]) => [stored.at(-1)?.position ?? 0, op]));
  const named = kept.map(({ op, position }) => ({ op: op ?? endsAt.get(position) ?? '', position }));
  const perOp = grouped(named, ({ op }) => op);
  return [
    ...named
      .filter(({ op }) => op === '')
      .map(({ position }) => `an answer is kept for nothing at ${position}`),
    ...operations.flatMap(({ id, key, parts }) => {
      const answers = perOp.get(id) ?? [];
      const last = events.get(id)?.at(-1)?.position;
      const isSilent = parts.every(({ events: wanted }) => wanted === 0);
      if (answers.length > (key === 'none' ? 0 : 1)) return [`${id} has ${answers.length} kept answers`];
      if (isSilent || key === 'none') return [];
      if (answers.length === 0)
        return last === undefined ? [] : [`${id} is stored and its answer is not kept`];
      return answers[0]?.position === last
        ? []
        : [`the answer kept for ${id} is at ${answers[0]?.position}, its events end at ${last}`];
    }),
  ];
}

function checkObservation(
  { reader, seen, faults, complete }: History['observations'][number],
  { log, head }: History,
): string[] {
  const found = faults.map(fault => `${reader}: ${fault}`);
  const jump = seen.findIndex(({ position }, index) => position !== index + 1);
  if (jump >= 0) found.push(`${reader} saw ${seen[jump]?.position} after ${seen[jump - 1]?.position ?? 0}`);
  const gone = seen.find(({ position, id }) => log[position - 1]?.id !== id);
  if (gone) found.push(`${reader} saw an event at ${gone.position} that is not in the log`);
  if (complete && jump < 0 && seen.length !== head)
    found.push(`${reader} saw ${seen.length} of ${head} events`);
  return found;
}

function checkEffects({ log, effects, counted }: History): string[] {
  const found: string[] = [];
  const jump = effects.findIndex(({ position }, index) => position !== index + 1);
  if (jump >= 0)
    found.push(`the projection wrote ${effects[jump]?.position} after ${effects[jump - 1]?.position ?? 0}`);
  if (effects.length !== log.length)
    found.push(`the projection has ${effects.length} effects of ${log.length} events`);
  const other = effects.find(({ position, id }) => log[position - 1]?.id !== id);
  if (other) found.push(`the projection has an event at ${other.position} that is not in the log`);
  const perStream = grouped(log, ({ stream }) => stream);
  const counts = new Map(counted.map(({ stream, events }) => [stream, events]));
  const wrong = [...new Set([...perStream.keys(), ...counts.keys()])].find(
    stream => (perStream.get(stream)?.length ?? 0) !== (counts.get(stream) ?? 0),
  );
  if (wrong) found.push(`the projection counted ${counts.get(wrong) ?? 0} events of ${wrong}`);
  return found;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const spanOf = (stored: readonly LoggedEvent[]) => stored.map(({ position }) => position).join(', ');
const kindsOf = (tries: readonly Attempt[]) =>
  tries.map(({ outcome }) => outcome.kind).join(', ') || 'nothing, it was never sent';
