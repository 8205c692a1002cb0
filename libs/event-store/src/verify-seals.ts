import { digestOfSeal, isSignedAsSaid, noSeal, type Seal } from './seal.js';
import { type Fault, type FaultKind } from './verify-faults.js';

export interface SealsToCheck {
  /** Those of the log, in the order of their numbers. */
  readonly own: readonly Seal[];
  /** Those that somebody outside has kept: what is said against them is wrong. */
  readonly kept: readonly Seal[];
  /** The key that seals here, as seals name it. */
  readonly key?: string | undefined;
  /** Null where nothing tells which log it is. */
  readonly epoch: string | null;
  readonly head: number;
}

/** Names what is wrong with the seals themselves. Whether the events give their roots is asked afterwards. */
export function examineSeals({ own, kept, key, epoch, head }: SealsToCheck): Fault[] {
  const vouched = new Set(kept.map(digestOfSeal));
  const faults = own.flatMap((seal, index) =>
    faultsOf(seal, own[index - 1] ?? null, vouched.has(digestOfSeal(seal))),
  );
  const last = own.at(-1);
  if (key !== undefined && last && last.nextKey !== key)
    faults.push(about(last, 'key_changed', `names ${last.nextKey} as the next key, the key here is ${key}`));
  const numbers = new Map(own.map(seal => [seal.number, seal]));
  for (const seal of kept) {
    const same = numbers.get(seal.number);
    if (!same) faults.push(about(seal, 'seal_missing', 'was kept outside and is not in the log'));
    else if (digestOfSeal(same) !== digestOfSeal(seal))
      faults.push(about(seal, 'seal_differs', 'is another one than was kept outside'));
  }
  const signed = [...own, ...kept].filter(isSignedAsSaid);
  return [...faults, ...signed.flatMap(seal => placeOf(seal, epoch, head))].filter(isFirst);
}

/** The seals whose roots the events between two positions must give; where two tell different things, both. */
export function sealsWithin({ own, kept, epoch, head }: SealsToCheck, from: number, to: number): Seal[] {
  const all = new Map([...own, ...kept].map(seal => [digestOfSeal(seal), seal]));
  return [...all.values()].filter(
    seal =>
      (epoch === null || seal.epoch === epoch) &&
      isSignedAsSaid(seal) &&
      seal.from >= from &&
      seal.to <= Math.min(to, head) &&
      seal.to >= seal.from,
  );
}

/** That the events do not give a seal's root; said only where nothing else tells what is wrong there. */
export function rootFault(seal: Seal): Fault {
  const message = `over positions ${seal.from} to ${seal.to}: one of these events is not what was sealed`;
  return about(seal, 'seal_differs', message);
}

function faultsOf(seal: Seal, before: Seal | null, isVouched: boolean): Fault[] {
  const number = (before?.number ?? 0) + 1;
  if (seal.number > number) {
    const message = `seal ${number}${seal.number - 1 > number ? ` to ${seal.number - 1}` : ''} is missing before seal ${seal.number}`;
    return [{ position: (before?.to ?? 0) + 1, stream: null, kind: 'seal_missing', message }];
  }
  if (!isSignedAsSaid(seal)) return [about(seal, 'seal_forged', 'is not signed by the key that it names')];
  const isChained =
    seal.previous === (before ? digestOfSeal(before) : noSeal) && seal.from === (before?.to ?? 0) + 1;
  if (!isChained) return [about(seal, 'seal_forged', 'does not follow the seal before it')];
  if (before && before.nextKey !== seal.publicKey && !isVouched)
    return [about(seal, 'key_changed', 'is signed by a key that the seal before it does not name')];
  return [];
}

function placeOf(seal: Seal, epoch: string | null, head: number): Fault[] {
  if (epoch !== null && seal.epoch !== epoch)
    return [about(seal, 'other_log', `is of the log ${seal.epoch}, this one is ${epoch}`)];
  if (seal.to <= head) return [];
  const message = `seal ${seal.number} reaches to ${seal.to}, the log to ${head}: the events between are gone`;
  return [{ position: head + 1, stream: null, kind: 'tail_cut', message }];
}

const about = (seal: Seal, kind: FaultKind, message: string): Fault => ({
  position: seal.from,
  stream: null,
  kind,
  message: `seal ${seal.number} ${message}`,
});

// The log's seals and those that were kept tell the same, mostly; and of another log they all are.
const isFirst = (fault: Fault, index: number, all: readonly Fault[]) =>
  all.findIndex(
    ({ position, kind }) => kind === fault.kind && (position === fault.position || kind === 'other_log'),
  ) === index;
