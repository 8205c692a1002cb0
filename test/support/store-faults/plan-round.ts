import { Draw } from './draw.js';
import { type Expectation, type Operation, type Poison } from './history.js';
import { type Direction } from './proxy.js';

/** What goes wrong, between two bytes of one process's connections. */
export type Fault =
  | { readonly act: 'reset' | 'end' | 'half-end' | 'kill' | 'expire-leases' }
  | { readonly act: 'stall' | 'mute'; readonly millis: number }
  | { readonly act: 'terminate'; readonly backends: number }
  | { readonly act: 'restart'; readonly how: 'fast' | 'immediate' | 'kill' };

export interface PlannedFault {
  readonly process: ProcessName;
  readonly direction: Direction;
  readonly bytes: number;
  readonly fault: Fault;
}

export const writerNames = ['writer-1', 'writer-2'] as const;
export const followerNames = ['follower-1', 'follower-2'] as const;
export type ProcessName = (typeof writerNames | typeof followerNames)[number];

/** An operation given to one of a process's stores. */
export interface Sending {
  readonly store: number;
  readonly operation: Operation;
}

export interface RoundPlan {
  readonly seed: number;
  readonly theme: Theme;
  readonly operations: readonly Operation[];
  /** How many store instances a writer's process opens, and how many callers each of them has at once. */
  readonly stores: number;
  readonly callers: number;
  readonly sendings: Readonly<Record<(typeof writerNames)[number], readonly Sending[]>>;
  readonly faults: readonly PlannedFault[];
}

type Act = Fault['act'];
export const acts: readonly Act[] = [
  ...(['reset', 'end', 'half-end', 'stall', 'mute'] as const),
  ...(['kill', 'terminate', 'restart', 'expire-leases'] as const),
];
interface Shape {
  readonly operations: number;
  readonly callers: number;
  readonly poison: number;
  readonly writers: readonly Act[];
  readonly followers: readonly Act[];
}

const times = (count: number, act: Act): Act[] => Array.from({ length: count }, () => act);
const calm: Shape = { operations: 160, callers: 4, poison: 0.03, writers: [], followers: [] };
const stop: Shape = { ...calm, writers: ['restart', 'stall', 'stall'], followers: ['expire-leases'] };
const everything: readonly Act[] = ['kill', 'terminate', 'reset', 'end', 'half-end', 'stall', 'mute'];

const themes = {
  race: calm,
  terminated: { ...calm, writers: times(10, 'terminate'), followers: times(4, 'terminate') },
  killed: { ...calm, writers: times(3, 'kill') },
  cut: { ...calm, writers: [...times(5, 'reset'), ...times(5, 'end')], followers: ['reset', 'end', 'reset'] },
  mute: { ...calm, writers: times(10, 'mute'), followers: times(2, 'mute') },
  slow: {
    ...calm,
    writers: [...times(8, 'stall'), ...times(4, 'half-end')],
    followers: ['stall', 'half-end'],
  },
  stopped: stop,
  aborted: stop,
  crashed: stop,
  takeover: { ...calm, followers: ['kill', ...times(12, 'expire-leases'), 'stall', 'reset'] },
  flood: { ...calm, operations: 500, callers: 250, writers: ['stall', 'stall', 'mute'] },
  poison: { ...calm, callers: 24, poison: 0.3, writers: ['reset', 'mute'] },
  everything: {
    ...calm,
    writers: [...everything, ...everything, 'restart'],
    followers: ['kill', 'reset', 'stall', 'expire-leases', 'expire-leases', 'terminate'],
  },
} satisfies Record<string, Shape>;
export type Theme = keyof typeof themes;
export const themeNames = Object.keys(themes) as Theme[];

/** What a writer's process sends to the server, and a follower's process reads from it, for one operation. */
const bytesPerOperation = { writer: { up: 1900, down: 1000 }, follower: { up: 400, down: 900 } };

/** Everything that a round does, drawn from its seed; the theme follows from the seed, too. */
export function planRound(seed: number): RoundPlan {
  const draw = new Draw(seed * 7919);
  const theme = themeNames[seed % themeNames.length] as Theme;
  const shape: Shape = themes[theme];
  const operations = Array.from({ length: shape.operations }, (_, index) =>
    planOperation(draw, index + 1, shape),
  );
  const stores = 1 + draw.below(3);
  const sendings = planSendings(draw, operations, stores);
  const volume = shape.operations / writerNames.length;
  const faults = [
    ...shape.writers.map(act =>
      planFault(draw, theme, act, draw.pick(writerNames), volume, bytesPerOperation.writer),
    ),
    ...shape.followers.map(act =>
      planFault(draw, theme, act, draw.pick(followerNames), shape.operations, bytesPerOperation.follower),
    ),
  ];
  return { seed, theme, operations, stores, callers: shape.callers, sendings, faults };
}

const unstorable = ['date', 'schema', 'instant'] as const;

function planOperation(draw: Draw, nth: number, { poison, operations }: Shape): Operation {
  const kind = draw.pick(['handle', 'handle', 'handle', 'handleMany', 'append'] as const);
  const several = kind === 'handle' ? 1 : 1 + draw.below(3);
  // Some streams that everybody writes to, some that few do, and one that only this operation knows.
  const candidates = [`hot-${1 + draw.below(2)}`, `warm-${1 + draw.below(operations / 8)}`, `cold-${nth}`];
  const streams = draw.chance(0.5) ? candidates : candidates.reverse();
  const isLong = draw.chance(0.03);
  const bad = draw.chance(poison)
    ? draw.pick<Poison>(kind === 'append' ? unstorable : ['refused', ...unstorable])
    : null;
  const least = kind === 'append' || bad || draw.chance(0.95) ? 1 : 0;
  const parts = streams.slice(0, several).map(stream => ({
    stream,
    expected: draw.pick<Expectation>(['any', 'any', 'any', 'seen', 'seen', 'exists', 'none']),
    events: isLong ? 40 : least * (1 + draw.below(3)),
  }));
  return {
    id: `o${nth}`,
    kind,
    parts,
    key: draw.pick(['none', 'command', 'command', 'idempotency'] as const),
    commutes: draw.chance(0.6),
    poison: bad,
    resends: draw.below(3),
  };
}

// Every third operation with a key is sent by both processes, as by a caller who lost patience with the first.
function planSendings(draw: Draw, operations: readonly Operation[], stores: number): RoundPlan['sendings'] {
  const sendings: Record<(typeof writerNames)[number], Sending[]> = { 'writer-1': [], 'writer-2': [] };
  for (const operation of operations) {
    const isDoubled = operation.key !== 'none' && draw.chance(1 / 3);
    for (const name of isDoubled ? writerNames : [draw.pick(writerNames)])
      sendings[name].push({ store: draw.below(stores), operation });
  }
  return sendings;
}

function planFault(
  draw: Draw,
  theme: Theme,
  act: Act,
  process: ProcessName,
  operations: number,
  bytes: Record<Direction, number>,
): PlannedFault {
  const direction = draw.pick(['up', 'down'] as const);
  return {
    process,
    direction,
    bytes: 1 + draw.below(operations * bytes[direction]),
    fault: faultOf(draw, theme, act),
  };
}

const restarts = { stopped: 'fast', aborted: 'immediate', crashed: 'kill' } as const;

function faultOf(draw: Draw, theme: Theme, act: Act): Fault {
  if (act === 'stall' || act === 'mute') return { act, millis: 5 + draw.below(60) };
  if (act === 'terminate') return { act, backends: 1 + draw.below(3) };
  if (act !== 'restart') return { act };
  const how = restarts[theme as keyof typeof restarts] ?? draw.pick(Object.values(restarts));
  return { act, how };
}
