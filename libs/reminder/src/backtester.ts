import { assertMay, sees } from '@duban/access';
import { type Actor } from '@duban/platform';
import { asIfAdopted, type PolicyCommand } from '@duban/policy';
import { compared, type Days, type StageCount, wouldSay } from './backtest.js';
import { type ObligationTable } from './obligation-table.js';
import { type ReminderParts } from './parts.js';
import { countStages } from './reminder-rows.js';

/** Ladders to be tried: what differs from the last version, on which days, under one plan or all of the actor's. */
export type Trial = Days & { content: PolicyCommand['content']; plan?: string | undefined };

/** Tries ladders on what was owed, without adopting them. */
export class Backtester {
  constructor(
    private readonly parts: ReminderParts,
    private readonly table: ObligationTable,
  ) {}

  /** What would have gone out beside what did. @throws Rejection `not_found`, `validation_failed` */
  async run(actor: Actor, { content, plan, ...days }: Trial): Promise<StageCount[]> {
    assertMay(actor, 'desk.read', plan === undefined ? {} : { plan });
    const { pool, reader, clock } = this.parts;
    const policies = asIfAdopted(await reader.policies(), 'reminder', content);
    const codes = (await reader.plans())
      .map(({ code }) => code)
      .filter(code => (plan === undefined || plan === code) && sees(actor, { plan: code }));
    const now = await clock.now();
    const would = [];
    for (const code of codes) {
      const duties = await this.table.live.of(code, now);
      if (duties) would.push(...wouldSay(duties.byId.values(), policies, days, duties.calendar));
    }
    return compared(await countStages(pool, codes, days), would);
  }
}
