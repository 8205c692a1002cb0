import { Body, Controller, Get, Param, type PipeTransform, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Problem } from '@duban/platform';
import { type PolicyKind, policyKinds } from '@duban/policy';
import { Backtester } from '@duban/reminder';
import { type Outcome, PolicyService, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Answers, Lists, Records } from '../http/operations.js';
import { type Page, pageOf, PageQuery } from '../http/paging.js';
import { AdoptPolicyDto, BacktestDto, PolicyRow, TrialDto } from './policy.dto.js';

/** A kind from a path. @throws Problem `not_found` */
class KindPipe implements PipeTransform<string, PolicyKind> {
  transform(given: string): PolicyKind {
    const kind = policyKinds.find(each => each === given);
    if (!kind) throw new Problem('not_found', { what: '' });
    return kind;
  }
}

const named = ApiParam({ name: 'kind', enum: policyKinds });

@ApiTags('policies')
@Controller('v1/policies')
export class PoliciesController {
  constructor(
    private readonly policies: PolicyService,
    private readonly backtester: Backtester,
  ) {}

  @Get()
  @Lists('plan.read', 'The rules by version, by kind', PolicyRow)
  async list(@Asked() request: Request, @Query() page: PageQuery): Promise<Page<PolicyRow>> {
    const known = await this.policies.known(request, policyKinds);
    return pageOf(known, ({ kind }) => kind, page);
  }

  @Get(':kind')
  @named
  @Answers('plan.read', 'The versions of one kind, and which holds today', PolicyRow)
  async show(@Asked() request: Request, @Param('kind', KindPipe) kind: PolicyKind): Promise<PolicyRow> {
    const [known] = await this.policies.known(request, [kind]);
    return known!;
  }

  @Post('backtest')
  @Answers('desk.read', 'Try ladders on what was owed, beside what went out', BacktestDto)
  async backtest(@Asked() { actor }: Request, @Body() trial: TrialDto): Promise<BacktestDto> {
    return { stages: await this.backtester.run(actor, trial) };
  }

  @Post(':kind')
  @named
  @Records('policy.adopt', 'Adopt the next version of a kind, from a day on')
  adopt(
    @Asked() request: Request,
    @Param('kind', KindPipe) kind: PolicyKind,
    @Body() { paper, ...body }: AdoptPolicyDto,
  ): Promise<Outcome> {
    return this.policies.adopt(request, kind, { ...body, paper: paper ?? null });
  }
}
