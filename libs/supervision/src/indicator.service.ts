import { assertMay } from '@duban/access';
import { type Day } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type Indicator, type IndicatorCommand, indicatorDecider, type Link } from '@duban/indicator';
import { type Evidence, type Paper } from '@duban/platform';
import { type CommandRunner, step } from './command-runner.js';
import { type Lookup, type Reviewer } from './lookup.js';
import { type Outcome, type Request } from './request.js';
import { standing } from './resting-on.js';

type Command<T extends IndicatorCommand['type']> = Omit<Extract<IndicatorCommand, { type: T }>, 'type'>;
type Unit = { unit?: string | null };
type Provider = { unit: string; actsFor: string[]; provider?: string };

export type ValueInput = Unit & {
  period: string;
  value: number;
  confirmed?: boolean;
  receivedOn?: Day | null;
  paper?: Paper | null;
  evidence?: readonly Evidence[];
};
export type RevisionInput = Unit & {
  period: string;
  value: number;
  reason: string;
  confirmed?: boolean;
  paper?: Paper | null;
  evidence?: readonly Evidence[];
};
export type CorrectionInput = RevisionInput & { basis: string };

/** Values, their corrections and the targets they are held against. Every method throws Rejection or VersionConflict. */
export class IndicatorService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly lookup: Lookup,
  ) {}

  async define(request: Request, indicator: Command<'DefineIndicator'>): Promise<Outcome> {
    assertMay(request.actor, 'plan.manage', { plan: indicator.plan });
    for (const { plan } of indicator.links) assertMay(request.actor, 'plan.manage', { plan });
    return this.decide(request, `${indicator.plan}:${indicator.code}`, {
      type: 'DefineIndicator',
      ...indicator,
    });
  }

  /** A provider's figure for a period; with joint providers its part of the sum. */
  async reportValue(request: Request, id: string, input: ValueInput): Promise<Outcome> {
    const commandOf = (acting: Provider): IndicatorCommand => ({
      type: 'ReportValue',
      ...acting,
      period: input.period,
      value: input.value,
      confirmed: input.confirmed ?? false,
      receivedOn: input.receivedOn ?? null,
      paper: input.paper ?? null,
      evidence: input.evidence ?? [],
    });
    return this.provide(request, id, input.unit, commandOf, true); // the parts of a sum come in any order
  }

  /** A preliminary figure gives way to the final one: revised, not corrected. */
  async reviseValue(
    request: Request,
    id: string,
    { unit, period, value, reason, confirmed = false, evidence = [], paper = null }: RevisionInput,
  ): Promise<Outcome> {
    return this.provide(request, id, unit, acting => ({
      type: 'ReviseValue',
      ...acting,
      ...{ period, value, reason, confirmed, evidence, paper },
    }));
  }

  /** A figure was wrong: the provider corrects it, with a reason and what the right one rests on. */
  async correctValue(
    request: Request,
    id: string,
    { unit, period, value, reason, basis, confirmed = false, evidence = [], paper = null }: CorrectionInput,
  ): Promise<Outcome> {
    return this.provide(request, id, unit, acting => ({
      type: 'CorrectValue',
      ...acting,
      ...{ period, value, reason, basis, confirmed, evidence, paper },
    }));
  }

  async confirmValue(request: Request, id: string, { period }: { period: string }): Promise<Outcome> {
    const reviewer = await this.reviewer(request, id);
    return this.decide(request, id, { type: 'ConfirmValue', period, ...reviewer });
  }

  async rejectValue(
    request: Request,
    id: string,
    { period, unit, reason }: { period: string; unit: string; reason: string },
  ): Promise<Outcome> {
    const reviewer = await this.reviewer(request, id);
    return this.decide(request, id, { type: 'RejectValue', period, unit, reason, ...reviewer });
  }

  /** Another place where a plan states the indicator, of a plan that the actor decides about as well. */
  async link(request: Request, id: string, link: Link): Promise<Outcome> {
    assertMay(request.actor, 'value.decide', { plan: link.plan });
    if (link.task !== null && (await this.lookup.task(link.task)).plan !== link.plan)
      throw new Rejection('not_found', { what: link.task }, [{ pointer: '/task', code: 'not_found' }]);
    return this.order(request, id, { type: 'LinkIndicator', link });
  }

  async reviseTarget(request: Request, id: string, input: Command<'ReviseTarget'>): Promise<Outcome> {
    return this.order(request, id, { type: 'ReviseTarget', ...input });
  }

  /** What the office orders without anything to look up: owners, providers, cadence, exemptions, comparators, … */
  async order(request: Request, id: string, command: IndicatorCommand): Promise<Outcome> {
    const { plan } = await this.lookup.indicator(id);
    assertMay(request.actor, 'value.decide', { plan, named: id });
    return this.decide(request, id, command);
  }

  private async reviewer(request: Request, id: string): Promise<Reviewer> {
    const { plan } = await this.lookup.indicator(id);
    assertMay(request.actor, 'value.decide', { plan, named: id });
    const { today } = await this.runner.context(request);
    return this.lookup.reviewer(request, plan, today);
  }

  private async provide(
    request: Request,
    id: string,
    unit: string | null | undefined,
    commandOf: (acting: Provider) => IndicatorCommand,
    commutes = false,
  ): Promise<Outcome> {
    const stream = `indicator-${id}`;
    const state = async () => {
      const { today } = await this.runner.context(request);
      const directory = await this.lookup.reader.directory();
      const speaker = () => this.lookup.actingIn(directory, request, unit, today);
      const own = request.actor.role === 'unit' ? speaker() : null; // first, as with tasks
      const indicator = await this.lookup.indicator(id);
      const concerned = concernedUnits(indicator).map(named => directory.holder(named, today));
      assertMay(
        request.actor,
        'value.report',
        request.actor.role === 'unit' ? { units: concerned, named: id } : { plan: indicator.plan, named: id },
      );
      const acting = own ?? speaker();
      // Who answers for several providers says whose figure this is.
      const named = unit ? directory.resolve(unit) : null;
      const provider = named !== null && indicator.providers.includes(named) ? named : undefined;
      const command = commandOf({ ...acting, ...(provider && { provider }) });
      const files = { units: this.lookup.filesOf(directory, request, unit, today) };
      const steps = [step(indicatorDecider, stream, command), ...standing(request.actor)];
      return this.runner.runMany(request, steps, { commutes, files });
    };
    return this.runner.afresh(
      request,
      () => this.runner.once(request, state),
      moved => moved === stream,
    );
  }

  private decide(request: Request, id: string, command: IndicatorCommand): Promise<Outcome> {
    return this.runner.run(request, indicatorDecider, `indicator-${id}`, command);
  }
}

/** The units that may see an indicator as their own: who answers for the target and who provides the figure. */
export function concernedUnits({ owners, providers }: Indicator): string[] {
  return [...new Set([...owners, ...providers])];
}
