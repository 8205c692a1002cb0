import { type Fault, type MissingVersion } from './verify-faults.js';

/**
 * Puts missing positions and missing versions together. A position that can be only one stream's is said to be that
 * stream's; of several that went together, nothing tells which was whose.
 */
export function removals(positions: readonly number[], versions: readonly MissingVersion[]): Fault[] {
  const unclaimed = [...versions].sort(
    (one, other) => one.before - other.before || one.version - other.version,
  );
  const open: number[] = [];
  const placed = positions.map((position): Fault => {
    const fitting = unclaimed.filter(version => fits(version, position));
    const [found] = fitting;
    const message = found ? `version ${found.version} is missing` : 'the event is missing';
    if (!found || fitting.some(({ stream }) => stream !== found.stream)) {
      open.push(position);
      return { position, stream: null, kind: 'removed', message: 'the event is missing' };
    }
    unclaimed.splice(unclaimed.indexOf(found), 1);
    return { position, stream: found.stream, kind: 'removed', message };
  });
  const rest = unclaimed.filter(version => !open.some(position => fits(version, position)));
  return [...placed, ...rest.filter(isFirstOfRow).map(unplaced)];
}

const fits = ({ after, before }: MissingVersion, position: number) => after < position && position < before;

// A stream without any event is one finding, not one for each version.
const isFirstOfRow = (version: MissingVersion, index: number, all: readonly MissingVersion[]) =>
  version.begins === undefined || all.findIndex(({ stream }) => stream === version.stream) === index;

function unplaced({ stream, version, after, before, begins }: MissingVersion): Fault {
  if (begins !== undefined)
    return { position: begins, stream, kind: 'head_differs', message: 'the stream has a row and no events' };
  const position = before === Number.MAX_SAFE_INTEGER ? after : before;
  return { position, stream, kind: 'removed', message: `version ${version} is missing` };
}
