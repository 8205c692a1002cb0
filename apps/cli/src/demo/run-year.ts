import { addDays, type Day } from '@duban/calendar';
import { type Core } from '@duban/supervision';
import { type ApiClient, ScriptBroken } from './api-client.js';
import { type LockStep } from './lock-step.js';
import { patiently } from './patience.js';
import { type Act } from './script/act.js';
import { type Phase, phasesOf } from './script/phases.js';
import { type Scene } from './script/story.js';
import { type YearScript } from './script/year.js';
import { type Teller } from './teller.js';

export type YearParts = {
  core: Core;
  client: ApiClient;
  step: LockStep;
  script: YearScript;
  teller: Teller;
  /** Called on a day on which quarterly rounds were closed, when all that follows from it is done. */
  onQuarter: (quarter: string, day: Day) => Promise<void>;
};

// The API answers one plan's units side by side; more than this only wait for each other in the database.
const abreast = 4;

/** What came of the race: the statuses of the two answers, and the code of the refusal. */
export type Race = { statuses: readonly number[]; code: unknown };

/** Lives through the year day by day, each plan in a lane of its own. */
export class Year {
  readonly races: Race[] = [];
  /** The next day on which something is done under a plan; null until its ledger changes. */
  private readonly next = new Map<string, Day | null>();
  private readonly closedQuarters = new Set<string>();

  constructor(private readonly parts: YearParts) {}

  async run(plans: readonly string[], from: Day, until: Day): Promise<void> {
    for (const plan of plans) this.next.set(plan, from);
    for (let day = from; day <= until; day = addDays(day, 1)) await this.day(plans, day);
  }

  private async day(plans: readonly string[], day: Day): Promise<void> {
    const { core, step, script, teller } = this.parts;
    const scenes = new Map(plans.map(plan => [plan, script.scenesOn(day, plan)]));
    const lanes = plans.filter(plan => scenes.get(plan)!.length > 0 || this.isTime(plan, day));
    const works = core.calendar.isWorkday(day);
    if (lanes.length === 0 && !(works && (await step.hasDue(day)))) return;
    teller.progress(`${day}  ${lanes.join(' ')}`);
    await step.begin(day);
    const worked = await Promise.all(lanes.map(plan => this.lane(plan, day, scenes.get(plan)!)));
    await step.finish(day);
    // What was done may call for more on the next day; a sweep changes nothing that the script looks at.
    for (const plan of lanes.filter((_, index) => worked[index])) this.next.set(plan, addDays(day, 1));
    await this.closeQuarters(day);
  }

  private isTime(plan: string, day: Day): boolean {
    const next = this.next.get(plan) ?? null;
    return next !== null && next <= day && this.parts.core.calendar.isWorkday(day);
  }

  /** The scenes of the story first, then whatever the ledger makes of the day; whether anything was done. */
  private async lane(plan: string, day: Day, scenes: readonly Scene[]): Promise<boolean> {
    const { core, script } = this.parts;
    for (const scene of scenes) await this.scene(day, scene);
    const ledger = await patiently(() => core.reader.planLedger(plan));
    if (!ledger) throw new ScriptBroken(`There is no plan ${plan}`);
    const { acts, next } = script.dayPlan(ledger, day);
    this.next.set(plan, next);
    for (const phase of phasesOf(acts)) await this.phase(day, phase);
    return acts.length + scenes.length > 0;
  }

  /** A few sequences at a time; told in their order once all are done. */
  private async phase(day: Day, phase: Phase): Promise<void> {
    const waiting = [...phase];
    const work = async () => {
      for (let acts = waiting.shift(); acts; acts = waiting.shift())
        for (const act of acts) await this.parts.client.act(act);
    };
    await Promise.all(Array.from({ length: abreast }, work));
    for (const act of phase.flat()) this.done(day, act);
  }

  private done(day: Day, { name, line }: Act): void {
    if (line) this.parts.teller.act(day, line);
    const [, quarter] = /^close\/[^:]+:(\d{4}Q\d)$/.exec(name) ?? [];
    if (quarter) this.closedQuarters.add(quarter);
  }

  private async scene(day: Day, { act, together }: Scene): Promise<void> {
    const { client, teller } = this.parts;
    if (!together) {
      await client.act(act);
      return this.done(day, act);
    }
    const answers = await Promise.all([client.command(act), client.command(together)]);
    const refused = answers.find(({ status }) => status >= 400);
    const won = answers[0]?.status === 201 ? act.who : together.who;
    this.races.push({ statuses: answers.map(({ status }) => status).sort(), code: refused?.body['code'] });
    const winner = won.slice(won.indexOf(':') + 1);
    teller.act(
      day,
      `004/3.1 both leads report at once: ${winner} is taken, the other told "already reported"`,
    );
  }

  private async closeQuarters(day: Day): Promise<void> {
    for (const quarter of this.closedQuarters) await this.parts.onQuarter(quarter, day);
    this.closedQuarters.clear();
  }
}
