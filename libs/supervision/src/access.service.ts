import {
  assertMay,
  type Delegation,
  entryIn,
  type GrantedRole,
  type HolderAccess,
  type HolderCommand,
  holderDecider,
  holderStream,
  type KeyStore,
} from '@duban/access';
import { type Day } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type Paper } from '@duban/platform';
import { type Pool } from 'pg';
import { type CommandRunner } from './command-runner.js';
import { type Lookup } from './lookup.js';
import { type Outcome, type Request } from './request.js';

/** Left out: from today, until revoked. */
export type GrantInput = {
  holder: string;
  role: GrantedRole;
  unit?: string | null;
  units?: readonly string[] | null;
  plans?: readonly string[] | null;
  from?: Day;
  to?: Day | null;
  paper?: Paper | null;
};

/** Whoever gives it lends the role that he or she asks with; an administrator says whose, and which. */
export type DelegationInput = {
  delegate: string;
  from?: Day;
  to: Day;
  giver?: string;
  role?: GrantedRole;
  unit?: string | null;
};

/** In whose name somebody may act, or whom somebody lets act; both days included. */
export type DelegationLine = Pick<Delegation, 'delegate' | 'role' | 'unit' | 'from' | 'to'> & {
  id: string;
  giver: string;
};

type Parts = { runner: CommandRunner; lookup: Lookup; keys: KeyStore; pool: Pick<Pool, 'query'> };

/** Grants of roles to persons and machines, and delegations. Every method throws Rejection or VersionConflict. */
export class AccessService {
  constructor(private readonly parts: Parts) {}

  /** Grants a role for plans, or for a unit, from a day to a day. The outcome's id names the grant: `p-017/3`. */
  async grant(request: Request, input: GrantInput): Promise<Outcome> {
    assertMay(request.actor, 'key.manage');
    const { lookup, runner } = this.parts;
    const outcome = await runner.once(request, async () => {
      const { today } = await runner.context(request);
      const directory = await lookup.reader.directory();
      const { holder, role, unit, units, plans = null, from = today, to = null, paper = null } = input;
      return this.run(request, holder, {
        ...{ type: 'GrantAccess', holder, role, plans, from, to, paper },
        unit: unit ? lookup.unit(directory, unit) : null,
        units: units?.length ? units.map(each => lookup.unit(directory, each)) : null,
      });
    });
    return named(outcome);
  }

  /** Ends a grant at once. @throws Rejection `not_found` */
  async revoke(
    request: Request,
    id: string,
    { reason, paper = null }: { reason: string; paper?: Paper | null },
  ): Promise<Outcome> {
    assertMay(request.actor, 'key.manage');
    const { holder, n } = entryOf(id);
    return { ...(await this.run(request, holder, { type: 'RevokeAccess', n, reason, paper })), id };
  }

  /** Lets another person act in one's name from a day to a day. @throws Rejection as the rules, `not_found` */
  async delegate(request: Request, input: DelegationInput): Promise<Outcome> {
    const { actor } = request;
    assertMay(actor, 'delegation.give');
    const outcome = await this.parts.runner.once(request, async () => {
      const { today } = await this.parts.runner.context(request);
      const { delegate, from = today, to } = input;
      const lent = actor.role === 'admin' ? await this.lentBy(input) : await this.own(request, input, today);
      return this.run(request, lent.giver, { type: 'GiveDelegation', ...lent, delegate, from, to });
    });
    return named(outcome);
  }

  /** Ends a delegation at once. To whoever did not give it there is none. @throws Rejection `not_found` */
  async endDelegation(request: Request, id: string): Promise<Outcome> {
    const { actor } = request;
    assertMay(actor, 'delegation.give');
    const { holder: giver, n } = entryOf(id);
    if (giver !== actor.id && actor.role !== 'admin') throw new Rejection('not_found', { what: id });
    return { ...(await this.run(request, giver, { type: 'EndDelegation', giver, n })), id };
  }

  /** Delegations given to and by a person that are in force or still to come. */
  async delegationsOf(person: string, today: Day): Promise<DelegationLine[]> {
    const { rows } = await this.parts.pool.query<{ state: HolderAccess }>({
      name: 'delegations_of',
      text: `SELECT state FROM streams WHERE category = 'access' AND (id = $1
             OR (state -> 'delegations')::jsonb @> jsonb_build_array(jsonb_build_object('delegate', $2::text))) ORDER BY id`,
      values: [holderStream(person), person],
    });
    return rows.flatMap(({ state: { holder: giver, delegations } }) =>
      delegations
        .filter(({ delegate }) => giver === person || delegate === person)
        .filter(({ endedOn, to }) => endedOn === null && to >= today)
        .map(({ n, delegate, role, unit, from, to }) => ({
          ...{ id: `${giver}/${n}`, giver, delegate, role, unit, from, to },
        })),
    );
  }

  /** What an administrator lends for a person who cannot: only what that person has. */
  private async lentBy({ giver, role, unit: named }: DelegationInput) {
    if (giver === undefined || role === undefined)
      throw new Rejection('validation_failed', {}, [
        ...(giver === undefined ? [{ pointer: '/giver', code: 'required' }] : []),
        ...(role === undefined ? [{ pointer: '/role', code: 'required' }] : []),
      ]);
    const { lookup, keys } = this.parts;
    const unit = named ? lookup.unit(await lookup.reader.directory(), named) : null;
    return { giver, role, unit, holds: await keys.holds(giver, role, unit) };
  }

  /** The role that somebody asks with is had. @throws Rejection `unit_ended` */
  private async own(request: Request, { giver, role, unit: named }: DelegationInput, today: Day) {
    const { actor } = request;
    const unit =
      actor.role === 'unit' ? (await this.parts.lookup.acting(request, named, today)).unit : actor.unit;
    const own = { giver: giver ?? actor.id, role: role ?? (actor.role as GrantedRole), unit: unit ?? null };
    return { ...own, holds: own.role === actor.role };
  }

  private async run(request: Request, holder: string, command: HolderCommand): Promise<Outcome> {
    const outcome = await this.parts.runner.run(request, holderDecider, holderStream(holder), command, {
      commutes: true,
    });
    this.parts.keys.forgetHolder(holder);
    return outcome;
  }
}

/** Under the id of the entry that came about: `p-017/3`. */
function named(outcome: Outcome): Outcome {
  return { ...outcome, id: `${outcome.id.slice('holder/'.length)}/${outcome.version}` };
}

function entryOf(id: string): { holder: string; n: number } {
  const entry = entryIn(id);
  if (!entry) throw new Rejection('not_found', { what: id });
  return entry;
}
