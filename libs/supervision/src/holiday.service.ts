import { assertMay } from '@duban/access';
import { type Calendar } from '@duban/calendar';
import {
  announcedCalendar,
  type HolidayCommand,
  holidayDecider,
  type Holidays,
  holidayStream,
} from '@duban/holiday';
import { type LedgerReader, usualDue } from '@duban/ledger';
import { type Policies } from '@duban/policy';
import { type Actor } from '@duban/platform';
import { dueOn, type Round, roundDecider } from '@duban/round';
import { type CommandRunner, type Step, step } from './command-runner.js';
import { type Outcome, type Request } from './request.js';

/** Holidays as they are announced, for all plans of the zone at once. Every method throws Rejection or VersionConflict. */
export class HolidayService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly reader: LedgerReader,
    private readonly base: Calendar,
  ) {}

  /**
   * Days that were counted without the notice are counted anew, and nothing that was said is said again. Due days of rounds
   * that were counted, not stated, move with it, all or none.
   */
  announce(request: Request, notice: Omit<HolidayCommand, 'type'>): Promise<Outcome> {
    assertMay(request.actor, 'holiday.manage');
    const stream = holidayStream(this.base.zone);
    return this.runner.once(request, () =>
      this.runner.afresh(request, async () => {
        const command: HolidayCommand = { type: 'AnnounceHolidays', ...notice };
        const context = await this.runner.context(request);
        const known = await this.reader.state<Holidays>('calendar', this.base.zone);
        const state = known?.state ?? null;
        const after = holidayDecider.decide(state, command, context).reduce(holidayDecider.evolve, state);
        const moves = await this.moves(announcedCalendar(this.base, after), context.calendar, context.today);
        return this.runner.runMany(request, [
          step(holidayDecider, stream, command, known?.version ?? 0),
          ...moves,
        ]);
      }),
    );
  }

  /** What was announced here, beside the table of the build, with the version by which days are counted now. */
  async announced(actor: Actor): Promise<Holidays & { version: string }> {
    assertMay(actor, 'plan.read');
    const known = await this.reader.state<Holidays>('calendar', this.base.zone);
    const { version } = await this.reader.calendar(this.base);
    return { version, notices: known?.state.notices ?? [] };
  }

  private async moves(after: Calendar, before: Calendar, today: string): Promise<Step[]> {
    const policies = await this.reader.policies();
    const plans = (await this.reader.plans()).filter(
      ({ zone, status }) => zone === this.base.zone && status !== 'closed',
    );
    const ledgers = await Promise.all(plans.map(({ code }) => this.reader.planSeen(code)));
    return ledgers.flatMap(seen =>
      [...(seen?.ledger.rounds ?? [])].flatMap(([id, round]) => {
        const to = movedTo(round, { policies, after, before, today });
        if (to === null) return [];
        const command = { type: 'MoveRoundDue' as const, to, reason: '节假日安排已公布，按工作日重新计算' };
        return [step(roundDecider, `round-${id}`, command, seen?.versions.get(`round-${id}`))];
      }),
    );
  }
}

type Moving = { policies: Policies; after: Calendar; before: Calendar; today: string };

/** The day that the round is due on by the new calendar, where it was counted by the old one and is still to come. */
function movedTo(round: Round, { policies, after, before, today }: Moving): string | null {
  if (!round.dueByCalendar || round.status === 'closed') return null;
  const [on, to] = [dueOn(round), usualDue(policies, round.period, after)];
  const isCounted = on === usualDue(policies, round.period, before);
  return isCounted && on !== to && on >= today && to >= today ? to : null;
}
