import { Rejection } from '@duban/event-store';
import { type ListedKey } from '@duban/access';
import { operator, withLedger } from '../database/open-ledger.js';
import { type NewKeyOptions } from '../command-options.js';
import { type Terminal } from '../terminal/terminal.js';
import { table } from '../terminal/width.js';

const dayMillis = 86_400_000;
const pageSize = 200;

/** Makes a key. Its token goes to stdout alone, so that it can be caught without the talk around it. */
export async function createKey(terminal: Terminal, options: NewKeyOptions): Promise<void> {
  const { role, unit, machine = false } = options;
  await withLedger(terminal, async core => {
    const holder = options.holder ?? `${machine ? 'machine' : 'person'}:${unit ?? role}`;
    const issued = await core.access.issue(operator(), {
      holder,
      kind: machine ? 'machine' : 'person',
      role,
      unit: unit ? await unitKey(core.reader, unit) : null,
      units: options.units ?? null,
      plans: options.plans ?? null,
      expiresAt: options.days === undefined ? null : inDays(await core.clock.now(), options.days),
    });
    terminal.say(`Key ${issued.id} for ${holder} (${role}). It is shown this once and kept nowhere:`);
    terminal.data({ ...issued, holder, role }, () => issued.token);
  });
}

type Reader = { directory(): Promise<{ resolve(text: string): string | null }> };

/** A key for a unit that does not exist would open nothing, and nobody would know why. */
async function unitKey(reader: Reader, text: string): Promise<string> {
  const id = (await reader.directory()).resolve(text);
  if (!id) throw new Rejection('not_found', { what: text });
  return id;
}

function inDays(now: string, days: number): string {
  return new Date(Date.parse(now) + days * dayMillis).toISOString();
}

export async function listKeys(terminal: Terminal): Promise<void> {
  const keys = await withLedger(terminal, async core => {
    const all: ListedKey[] = [];
    for (let page = await core.access.list(operator(), { limit: pageSize }); page.length > 0;) {
      all.push(...page);
      page = await core.access.list(operator(), { after: page.at(-1)?.id ?? '', limit: pageSize });
    }
    return all;
  });
  terminal.data(keys, () =>
    keys.length === 0 ? 'No keys yet: duban keys create --role admin' : table([heading, ...keys.map(row)]),
  );
}

const heading = ['id', 'role', 'holder', 'scope', 'created', 'last used', 'state'];

function row({
  id,
  role,
  holder,
  unit,
  units,
  plans,
  createdAt,
  lastUsedOn,
  revokedAt,
  expiresAt,
}: ListedKey) {
  const scope = [unit ?? '', ...(units ?? []), ...(plans ?? [])].filter(part => part !== '').join(' ');
  const state = revokedAt
    ? `revoked ${revokedAt.slice(0, 10)}`
    : expiresAt
      ? `until ${expiresAt.slice(0, 10)}`
      : '';
  return [id, role, holder, scope, createdAt.slice(0, 10), lastUsedOn ?? 'never', state];
}

export async function revokeKey(terminal: Terminal, id: string): Promise<void> {
  await withLedger(terminal, core => core.access.revoke(operator(), id));
  terminal.data({ id, revoked: true }, () => `Key ${id} is revoked.`);
}
