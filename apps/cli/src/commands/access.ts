import { type Could } from '@duban/supervision';
import { type AccessOptions } from '../command-options.js';
import { operator, withLedger } from '../database/open-ledger.js';
import { type Terminal } from '../terminal/terminal.js';
import { table } from '../terminal/width.js';

/** Who could have done what on a day. */
export async function showAccess(terminal: Terminal, options: AccessOptions): Promise<void> {
  const found = await withLedger(terminal, core => core.accessHistory.on(operator(), options));
  terminal.data(found, () => (found.length === 0 ? 'Nobody.' : table([heading, ...found.map(row)])));
}

const heading = ['holder', 'role', 'by', 'id', 'scope', 'from', 'to', 'may', 'event'];

function row({ holder, role, by, id, actingFor, unit, units, plans, from, to, may, event }: Could) {
  const scope = [actingFor ? `for ${actingFor}` : '', unit ?? '', ...units, ...plans].filter(
    part => part !== '',
  );
  return [
    holder,
    role,
    by,
    id,
    scope.join(' '),
    from,
    to ?? '',
    (may ?? []).join(' '),
    String(event.position),
  ];
}
