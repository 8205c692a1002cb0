import { assertMay } from '@duban/access';
import { type Bulletin, bulletinDecider, streamOf } from '@duban/bulletin';
import { type Day } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type PlanLedger } from '@duban/ledger';
import { type Paper } from '@duban/platform';
import { leaderId } from '@duban/reminder';
import { isRollupId, type Restater } from '@duban/rollup';
import { holderOn, jurisdictionOf } from '@duban/unit';
import { type CommandRunner, step } from './command-runner.js';
import { type Lookup } from './lookup.js';
import { type Outcome, type Request } from './request.js';

/** What becomes of published editions: restated, explained, circulated, seen. Every method throws Rejection or VersionConflict. */
export class BulletinService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly lookup: Lookup,
    private readonly restater: Restater,
  ) {}

  /** Publishes edition n + 1 with all that is known now; of two who restate at once one does, the other is refused. */
  async restate(
    request: Request,
    round: string,
    { reason, paper = null, of: seen }: { reason: string; paper?: Paper | null; of?: number },
  ): Promise<Outcome> {
    const plan = await this.decided(request, round);
    return this.runner.once(request, async () => {
      const { today } = await this.runner.context(request);
      const why = { reason, paper, on: today };
      const { of, publication, changes } = await this.restater.prepare(round, why, seen);
      const period = round.slice(round.lastIndexOf(':') + 1);
      const command = { type: 'RestateEdition' as const, plan, period, of, reason, paper, changes };
      const outcome = await this.runner.run(
        request,
        bulletinDecider,
        streamOf(round),
        { ...command, ...publication },
        { commutes: true }, // what else is noted meanwhile is no other edition
      );
      await this.restater.keep(round, of + 1);
      return outcome;
    });
  }

  /** Says why an edition is not restated for a correction. */
  async explain(
    request: Request,
    round: string,
    { cause, text, paper = null }: { cause: string; text: string; paper?: Paper | null },
  ): Promise<Outcome> {
    await this.decided(request, round);
    const command = { type: 'ExplainCorrection' as const, cause, text, paper };
    return this.runner.run(request, bulletinDecider, streamOf(round), command);
  }

  /** Gives an edition to units and leaders; they are told, and told once more when another takes its place. */
  async circulate(
    request: Request,
    round: string,
    n: number,
    { to, paper = null }: { to: readonly string[]; paper?: Paper | null },
  ): Promise<Outcome> {
    const plan = await this.decided(request, round);
    const readers = await this.readers(plan, to);
    const command = { type: 'CirculateEdition' as const, n, to: readers, paper };
    return this.runner.run(request, bulletinDecider, streamOf(round), command, { commutes: true });
  }

  /** A reader has seen an edition: a unit for all that it answers for, a leader for the post held, the office for a reader named. */
  async see(
    request: Request,
    round: string,
    n: number,
    { reader }: { reader?: string | null } = {},
  ): Promise<Outcome> {
    const { plan } = await this.rollup(round);
    const { today } = await this.runner.context(request);
    const readers = await this.readersFor(request, plan, round, { named: reader ?? null, today });
    const bulletin = await this.lookup.reader.state<Bulletin>('rollup', round);
    const given = (bulletin?.state.readings ?? []).filter(each => each.n === n).map(each => each.reader);
    const own = readers.filter(each => given.includes(each));
    const steps = (own.length > 0 ? own : readers.slice(0, 1)).map(each =>
      step(bulletinDecider, streamOf(round), { type: 'SeeEdition', n, reader: each }),
    );
    return this.runner.runMany(request, steps, { commutes: true });
  }

  private async decided(request: Request, round: string): Promise<string> {
    const { plan } = await this.rollup(round);
    assertMay(request.actor, 'rollup.decide', { plan, named: round });
    return plan;
  }

  private async rollup(round: string): Promise<{ plan: string }> {
    if (!isRollupId(round)) throw new Rejection('not_found', { what: round });
    return this.lookup.round(round);
  }

  private async readers(plan: string, named: readonly string[]): Promise<string[]> {
    const ledger = await this.ledger(plan);
    const directory = await this.lookup.reader.directory();
    return named.map(text => {
      if (text.startsWith('leader:')) return leaderIn(ledger, text);
      const unit = this.lookup.unit(directory, text);
      if (!ledger.units.has(unit)) throw new Rejection('not_found', { what: text });
      return unit;
    });
  }

  private async readersFor(
    request: Request,
    plan: string,
    round: string,
    { named, today }: { named: string | null; today: Day },
  ): Promise<string[]> {
    const { actor } = request;
    if (actor.role === 'unit') {
      const { unit, actsFor } = await this.lookup.acting(request, named, today);
      const { jurisdiction } = await this.lookup.plan(plan);
      if (jurisdictionOf(unit) !== jurisdiction) throw new Rejection('not_found', { what: round });
      assertMay(actor, 'rollup.answer', { units: [unit], named: round });
      return [...actsFor];
    }
    assertMay(actor, 'rollup.answer', { plan, named: round });
    if (actor.role === 'leader')
      return leadersHeldBy(await this.ledger(plan), actor.actingFor ?? actor.id, today);
    return this.readers(plan, [named ?? actor.unit ?? '']);
  }

  private async ledger(plan: string): Promise<PlanLedger> {
    const ledger = await this.lookup.reader.planLedger(plan);
    if (!ledger) throw new Rejection('not_found', { what: plan });
    return ledger;
  }
}

/** The post of a leader as messages name it. @throws Rejection `not_found` */
function leaderIn(ledger: PlanLedger, text: string): string {
  const found = [...ledger.posts].find(
    ([id, { kind }]) => kind === 'in_charge' && leaderId(id, ledger) === text,
  );
  if (!found) throw new Rejection('not_found', { what: text });
  return text;
}

/** @throws Rejection `not_found` when the person holds no such post that day */
function leadersHeldBy(ledger: PlanLedger, person: string, day: Day): string[] {
  const held = [...ledger.posts].filter(
    ([, post]) => post.kind === 'in_charge' && holderOn(post, day) === person,
  );
  if (held.length === 0) throw new Rejection('not_found', { what: person });
  return held.map(([id]) => leaderId(id, ledger));
}
