import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ProviderMode } from '@duban/indicator';
import { IndicatorService, type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { OneOf, Texts } from '../http/fields.js';
import { Records } from '../http/operations.js';
import { KeyPipe } from '../http/path.pipes.js';
import { Holders } from '../tasks/holders.js';
import { planOf } from '../tasks/task-decisions.controller.js';

export class OwnersDto {
  @Texts({ min: 1, max: 50, longest: 200, example: ['xiangtan:市科技局'] })
  units!: string[];
}

export class ProvidersDto extends OwnersDto {
  @OneOf(['one_of', 'sum'], { optional: true, about: 'sum: each states a part. Any one of them by default.' })
  mode?: ProviderMode;
}

/** Who answers for reaching a target, and who supplies its figure. */
@ApiTags('indicators')
@Controller('v1/indicators/:indicator')
export class IndicatorHoldersController {
  constructor(
    private readonly indicators: IndicatorService,
    private readonly holders: Holders,
  ) {}

  @Post('owners')
  @Records('value.decide', 'Name who answers for the indicator')
  async own(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() body: OwnersDto,
  ): Promise<Outcome> {
    const units = await this.holders.keys(request.actor, planOf(id), body.units);
    return this.indicators.order(request, id, { type: 'AssignOwner', units });
  }

  @Post('providers')
  @Records('value.decide', 'Name who supplies the figure')
  async provide(
    @Asked() request: Request,
    @Param('indicator', KeyPipe) id: string,
    @Body() { units: named, mode = 'one_of' }: ProvidersDto,
  ): Promise<Outcome> {
    const units = await this.holders.keys(request.actor, planOf(id), named);
    return this.indicators.order(request, id, { type: 'AssignProvider', units, mode });
  }
}
