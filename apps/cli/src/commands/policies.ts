import { Rejection } from '@duban/event-store';
import { policyKinds } from '@duban/policy';
import { type KnownPolicy } from '@duban/supervision';
import { operator, withLedger } from '../database/open-ledger.js';
import { type Terminal } from '../terminal/terminal.js';
import { table } from '../terminal/width.js';

/** The versions of every kind of policy, or of one with what they hold. @throws Rejection `not_found` */
export async function showPolicies(terminal: Terminal, kind?: string): Promise<void> {
  const kinds = kind === undefined ? policyKinds : policyKinds.filter(each => each === kind);
  if (kinds.length === 0) throw new Rejection('not_found', { what: kind ?? '' });
  const known = await withLedger(terminal, core => core.policies.known(operator(), kinds));
  terminal.data(known, () =>
    [table([heading, ...known.flatMap(rows)]), ...(kind ? known.map(held) : [])].join('\n\n'),
  );
}

const heading = ['policy', 'from', 'today', 'adopted on', 'by', 'reason'];

function rows({ versions, inForce }: KnownPolicy): string[][] {
  return versions.map(({ name, from, adopted }) => [
    ...[name, from ?? 'ever', name === inForce ? 'in force' : ''],
    ...[adopted?.on ?? 'built in', adopted?.by ?? '', adopted?.reason ?? ''],
  ]);
}

function held({ versions }: KnownPolicy): string {
  return versions.map(({ name, content }) => `${name} ${JSON.stringify(content, null, 2)}`).join('\n');
}
