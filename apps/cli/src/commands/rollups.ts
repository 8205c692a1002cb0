import {
  type CurrentEdition,
  type DiffLine,
  diffOf,
  type Edition,
  type EditionCheck,
  laterThan,
  Publisher,
  quarterOf,
  renderQuarterText,
  type RollupHead,
  Rollups,
} from '@duban/rollup';
import { type Core, type Request } from '@duban/supervision';
import { type RestateOptions } from '../command-options.js';
import { operator, withLedger } from '../database/open-ledger.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { CliFault } from '../terminal/failure.js';
import { type Terminal } from '../terminal/terminal.js';
import { table } from '../terminal/width.js';

const pipeColumns = 100;

/**
 * Computes what is wanted of a quarter and publishes what is closed. A worker may be at the same: whoever comes second
 * finds the edition that is there.
 */
export async function runRollup(
  terminal: Terminal,
  period: string,
  { plans }: { plans?: readonly string[] },
): Promise<void> {
  const heads = await withLedger(terminal, async core => {
    const rollups = new Rollups(core);
    const asked = await rollups.request({ period, ...(plans ? { plans } : {}) });
    await compute(core, rollups, new Set(asked.map(({ id }) => id)), terminal);
    const now = await rollups.list({ period });
    return now.filter(({ id }) => asked.some(each => each.id === id));
  });
  terminal.data(heads, () => table(heads.map(headRow)));
}

async function compute(
  core: Core,
  rollups: Rollups,
  wanted: ReadonlySet<string>,
  terminal: Terminal,
): Promise<void> {
  const publisher = new Publisher(core);
  const closed = (await rollups.table.unpublished()).map(cut => ({ ...cut, isFinal: true }));
  const open = (await rollups.table.requested()).map(cut => ({ ...cut, isFinal: false }));
  const cuts = [...closed, ...open].filter(({ round }) => wanted.has(round));
  const progress = terminal.progress();
  try {
    for (const cut of cuts) {
      progress.show(`computing ${cut.round}`);
      await publisher.compute(cut);
    }
  } finally {
    progress.end();
  }
  await publisher.publishAll(cuts);
}

function headRow({ id, state, n }: RollupHead): string[] {
  return [id, state, n === null ? '' : `edition ${n}`];
}

/**
 * The page of a quarter: one plan in full, the others below it.
 * @throws CliFault `no_edition`
 */
export async function showRollup(
  terminal: Terminal,
  period: string,
  { first = null }: { first?: string | null },
): Promise<void> {
  const editions = await withLedger(terminal, core => currentEditions(new Rollups(core), period));
  if (editions.length === 0) throw new CliFault('no_edition', { what: period });
  const page = quarterOf(period, editions, { first });
  const width = process.stdout.columns ?? pipeColumns;
  terminal.data(page, () => renderQuarterText(page, { width }));
}

async function currentEditions(rollups: Rollups, period: string): Promise<CurrentEdition[]> {
  const rounds = (await rollups.list({ period })).map(({ id }) => id);
  const editions: CurrentEdition[] = [];
  for (const { id, plan, n, body } of await rollups.table.currents(rounds)) {
    const corrections = laterThan(n, await rollups.corrections(`${plan}:${period}`));
    editions.push({ id, n, edition: body, corrections });
  }
  return editions;
}

/**
 * What one edition of a quarter says otherwise than another: the last one and the one before it, unless named.
 * @throws CliFault `no_edition`
 */
export async function diffRollup(
  terminal: Terminal,
  id: string,
  named: { from?: number; to?: number },
): Promise<void> {
  const lines = await withLedger(terminal, async core => {
    const rollups = new Rollups(core);
    const to = named.to ?? (await rollups.bulletin(id))?.editions.at(-1)?.n ?? 1;
    const from = named.from ?? to - 1;
    return diffOf(await bodyOf(rollups, `${id}/${from}`), await bodyOf(rollups, `${id}/${to}`));
  });
  terminal.data(lines, () => (lines.length === 0 ? 'Both say the same.' : table(lines.map(diffRow))));
}

async function bodyOf(rollups: Rollups, id: string): Promise<Edition> {
  const row = await rollups.table.find(id);
  if (!row) throw new CliFault('no_edition', { what: id });
  return row.body;
}

function diffRow({ subject, title, field, from, to }: DiffLine): string[] {
  return [subject, field, `${from ?? '–'} → ${to ?? '–'}`, title];
}

/**
 * Publishes another edition of a quarter and says what it says otherwise. A decision of the office, which the record lays
 * to the account that typed it.
 */
export async function restateRollup(
  terminal: Terminal,
  id: string,
  { reason, of, paper, paperOn }: RestateOptions,
): Promise<void> {
  const { actor, channel } = operator();
  const office: Request = { actor: { ...actor, role: 'office', plans: ['*'] }, channel };
  const why = { reason, of, paper: paper && paperOn ? { number: paper, on: paperOn } : null };
  const restated = await withLedger(terminal, async core => {
    await core.bulletins.restate(office, id, why);
    const rollups = new Rollups(core);
    const n = (await rollups.bulletin(id))?.editions.at(-1)?.n ?? 1;
    const lines = diffOf(await bodyOf(rollups, `${id}/${n - 1}`), await bodyOf(rollups, `${id}/${n}`));
    return { id: `${id}/${n}`, lines };
  });
  terminal.say(`Edition ${restated.id} is out.`);
  terminal.data(restated, () => table(restated.lines.map(diffRow)));
}

/** Computes published editions anew and compares. @throws CliFault `edition_differs` */
export async function verifyRollups(terminal: Terminal, id: string | undefined): Promise<void> {
  const checks = await withLedger(terminal, core => checked(new Rollups(core), id, terminal));
  terminal.data(checks, () =>
    checks.length === 0 ? 'No edition is published yet.' : table(checks.map(checkRow)),
  );
  const differing = checks.filter(({ ok }) => !ok).map(each => each.id);
  if (differing.length > 0) throw new CliFault('edition_differs', { ids: differing }, exitCodes.tampered);
}

async function checked(
  rollups: Rollups,
  id: string | undefined,
  terminal: Terminal,
): Promise<EditionCheck[]> {
  const ids = id === undefined ? await rollups.published() : [id];
  const progress = terminal.progress();
  const checks: EditionCheck[] = [];
  try {
    for (const each of ids) {
      progress.show(`verifying ${each}, ${checks.length} of ${ids.length} done`);
      checks.push(await rollups.verify(each));
    }
  } finally {
    progress.end();
  }
  return checks;
}

function checkRow({ id, ok, content }: EditionCheck): string[] {
  return [id, ok ? 'same' : 'DIFFERS', content.recomputed];
}
