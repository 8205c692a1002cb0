import { sealLeaf } from './chain.js';
import { type EventRow } from './reading.js';
import { fault, type Fault, positionOf } from './verify-faults.js';

/**
 * Names why the seals of rows do not fit, given in the order of position. A seal covers hash, position and time of
 * recording.
 */
export function examinePlaces(misplaced: readonly EventRow[]): Fault[] {
  const faults: Fault[] = [];
  let offset = 0;
  for (const row of misplaced) {
    const moved = [offset, offset + 1, offset - 1].find(
      by => by !== 0 && sealFits(row, positionOf(row) - by),
    );
    const swapped = misplaced.some(
      other => other !== row && (sealFits(row, positionOf(other)) || tookTime(row, other)),
    );
    if (moved !== undefined && !(swapped && offset === 0 && isAlone(row, misplaced, moved))) {
      if (moved < offset)
        faults.push(fault('removed', row, 'an event before this one; the later ones were moved up'));
      offset = moved;
    } else if (swapped) {
      faults.push(fault('reordered', row, 'it was recorded at another place'));
    } else {
      faults.push(strange(row, misplaced));
    }
  }
  return faults;
}

const sealFits = (row: EventRow, position: number, micros = row.micros) =>
  position > 0 && sealLeaf(row.hash, position, BigInt(micros)).equals(row.seal_leaf);

// Swapped together with the times, so that these do not fall along the log.
const tookTime = (row: EventRow, other: EventRow) => sealFits(row, positionOf(other), other.micros);

// Two neighbours that changed places are each moved by one, but nothing after them is.
function isAlone(row: EventRow, misplaced: readonly EventRow[], moved: number): boolean {
  const next = misplaced[misplaced.indexOf(row) + 1];
  return !next || !sealFits(next, positionOf(next) - moved);
}

// A stranger is followed by rows that were moved down to make room for it.
function strange(row: EventRow, misplaced: readonly EventRow[]): Fault {
  const next = misplaced[misplaced.indexOf(row) + 1];
  const madeRoom = next && positionOf(next) === positionOf(row) + 1 && sealFits(next, positionOf(row));
  return madeRoom
    ? fault('inserted', row, 'the later events were moved to make room for it')
    : fault('leaf_differs', row, 'its hash, position or time of recording is not what was sealed');
}
