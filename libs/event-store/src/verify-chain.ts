import { eventHash, genesisHash } from './chain.js';
import { type EventRow } from './reading.js';
import {
  envelopeOf,
  fault,
  type Fault,
  type FaultKind,
  type MissingVersion,
  positionOf,
} from './verify-faults.js';

/** What is wrong with one stream. */
export interface ChainFindings {
  readonly faults: readonly Fault[];
  readonly missing: readonly MissingVersion[];
}

type Verdict = { row: EventRow; kind: FaultKind | 'sound' | 'renumbered'; message: string };

/**
 * Names what was done to a stream whose chain does not hold, from all its rows in the order of version, then position.
 * @param misplaced positions whose seal does not fit: the hash of such a row may be the forger's own
 * @param isNameless the stream has no row: events that do not begin with the first version are another stream's
 */
export function examineChain(
  rows: readonly EventRow[],
  misplaced: ReadonlySet<number>,
  isNameless = false,
): ChainFindings {
  if (isNameless && rows[0] && rows[0].version > 1) {
    const message = 'it is of another stream: nobody began this one';
    return { faults: rows.map(row => fault('edited', row, message)), missing: [] };
  }
  const verdicts: Verdict[] = [];
  const missing: MissingVersion[] = [];
  for (const row of rows) {
    const before = verdicts.filter(({ kind }) => kind !== 'inserted').at(-1);
    const gap = row.version - (before?.row.version ?? 0) - 1;
    for (let nth = 1; nth <= gap; nth++) {
      const after = before ? positionOf(before.row) : 0;
      missing.push({
        stream: row.stream,
        version: row.version - gap + nth - 1,
        after,
        before: positionOf(row),
      });
    }
    judge(row, gap, verdicts, misplaced);
  }
  nameRenumbered(verdicts, missing);
  const wrong = verdicts.filter(({ kind }) => kind !== 'sound' && kind !== 'renumbered');
  const faults = wrong.map(({ row, kind, message }) => fault(kind as FaultKind, row, message));
  return { faults: [...faults, ...outOfOrder(verdicts, misplaced)], missing };
}

// A row behind a gap may be the very one that is missing before it, under another version.
function nameRenumbered(verdicts: readonly Verdict[], missing: MissingVersion[]): void {
  for (const verdict of verdicts) {
    const { row, kind } = verdict;
    const own = missing.filter(({ before }) => before === positionOf(row));
    if (kind !== 'sound' || own.length === 0) continue;
    const version = missing.slice(0, mostTried).find(({ version: nth }) => {
      const before = verdicts.find(each => each.row.version === nth - 1);
      return (before || nth === 1) && fits(row, before?.row.hash ?? genesisHash, nth);
    });
    if (!version) continue;
    convict(verdict, 'edited', `it was version ${version.version}`);
    const explained = new Set<MissingVersion>([version, ...own]);
    missing.splice(0, missing.length, ...missing.filter(each => !explained.has(each)));
  }
}

const mostTried = 100;

function judge(row: EventRow, gap: number, verdicts: Verdict[], misplaced: ReadonlySet<number>): void {
  const before = verdicts.filter(({ kind }) => kind !== 'inserted').at(-1);
  const add = (kind: Verdict['kind'], message = '') => verdicts.push({ row, kind, message });
  if (gap > 0) return void add('sound'); // what it was chained to is gone
  if (before && gap < 0) return judgeTwin(row, before, verdicts);
  const previous = before?.row.hash ?? genesisHash;
  if (fits(row, previous, row.version)) return void add('sound');
  const [older] = verdicts.filter(({ kind }) => kind !== 'inserted').slice(-2, -1);
  if (before && fits(row, older?.row.hash ?? genesisHash, row.version - 1)) {
    convict(before, 'inserted', 'it stands between two events that are chained to each other');
    return void add('renumbered');
  }
  if (fits(row, previous, row.version - 1)) return void add('renumbered');
  if (fits(row, previous, row.version + 1)) {
    if (before?.kind === 'edited')
      convict(before, 'removed', 'an event before this one; the later ones were renumbered');
    return void add('renumbered');
  }
  if (before && misplaced.has(positionOf(before.row))) {
    if (before.kind === 'sound')
      convict(before, 'edited', 'its hash is not the one that the next event is chained to');
    return void add('sound');
  }
  add('edited', 'its content does not give its hash');
}

// Two rows of one version: the one that does not follow from its predecessor was added, else the later one.
function judgeTwin(row: EventRow, twin: Verdict, verdicts: Verdict[]): void {
  const message = `the stream already has a version ${row.version}`;
  const [before] = verdicts
    .filter(({ kind, row: { version } }) => kind !== 'inserted' && version < row.version)
    .slice(-1);
  if (twin.kind === 'edited' && fits(row, before?.row.hash ?? genesisHash, row.version)) {
    convict(twin, 'inserted', message);
    verdicts.push({ row, kind: 'sound', message: '' });
  } else {
    verdicts.push({ row, kind: 'inserted', message });
  }
}

const fits = (row: EventRow, previous: Uint8Array, version: number) =>
  eventHash(previous, envelopeOf(row, version)).equals(row.hash);

const convict = (verdict: Verdict, kind: FaultKind, message: string) =>
  Object.assign(verdict, { kind, message });

// Where seals do not fit either, they name the very rows that changed places.
function outOfOrder(verdicts: readonly Verdict[], misplaced: ReadonlySet<number>): Fault[] {
  if (verdicts.some(({ row }) => misplaced.has(positionOf(row)))) return [];
  const sound = verdicts.filter(({ kind }) => kind !== 'inserted' && kind !== 'edited');
  return sound.flatMap(({ row }, index) => {
    const next = sound[index + 1]?.row;
    if (!next || positionOf(next) > positionOf(row)) return [];
    return [fault('reordered', next, `version ${next.version} stands before version ${row.version}`)];
  });
}
