import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IndicatorService, type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Records } from '../http/operations.js';
import { KeyPipe } from '../http/path.pipes.js';
import { orderOf } from '../tasks/task-decisions.controller.js';
import {
  CadenceDto,
  ComparatorDto,
  DefinitionDto,
  NewTargetDto,
  PublicationDto,
  SourcedBaselineDto,
} from './indicator-definition.dto.js';
import { LinkDto, linkOf, targetOf } from './indicator.dto.js';

/** What an indicator is: its words, when its figures come, what they are held against, and where a plan states it. */
@ApiTags('indicators')
@Controller('v1/indicators/:indicator')
export class IndicatorDefinitionsController {
  constructor(private readonly indicators: IndicatorService) {}

  @Post('definitions')
  @Records('value.decide', 'Change title and definition, with a reason')
  change(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() { title, definition, ...order }: DefinitionDto,
  ): Promise<Outcome> {
    return this.indicators.order(request, id, {
      type: 'ChangeDefinition',
      ...{ title, definition: definition ?? null, ...orderOf(order) },
    });
  }

  @Post('cadence')
  @Records('value.decide', 'Say how often the figure comes, and how long after the period')
  setCadence(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() { frequency, lagDays, source }: CadenceDto,
  ): Promise<Outcome> {
    return this.indicators.order(request, id, {
      type: 'SetCadence',
      frequency,
      lagDays,
      source: source ?? null,
    });
  }

  @Post('links')
  @Records('value.decide', 'Name another place where a plan states the indicator')
  link(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() body: LinkDto,
  ): Promise<Outcome> {
    return this.indicators.link(request, id, linkOf(body));
  }

  @Post('baselines')
  @Records('value.decide', 'Record where the indicator started')
  recordBaseline(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() { period, value, source }: SourcedBaselineDto,
  ): Promise<Outcome> {
    return this.indicators.order(request, id, {
      type: 'RecordBaseline',
      period,
      value,
      source: source ?? null,
    });
  }

  @Post('new-targets')
  @Records('value.decide', 'Set a target for a horizon that has none')
  setTarget(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() { target }: NewTargetDto,
  ): Promise<Outcome> {
    return this.indicators.order(request, id, { type: 'SetTarget', target: targetOf(target) });
  }

  @Post('comparators')
  @Records('value.decide', 'Record the figure that a relative target is held against')
  recordComparator(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() { period, value, source }: ComparatorDto,
  ): Promise<Outcome> {
    return this.indicators.order(request, id, { type: 'RecordComparator', period, value, source });
  }

  @Post('publication-days')
  @Records('value.decide', 'Say when the figure of a period will be published')
  awaitValue(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() { period, availableOn, reason }: PublicationDto,
  ): Promise<Outcome> {
    return this.indicators.order(request, id, { type: 'AwaitValue', period, availableOn, reason });
  }
}
