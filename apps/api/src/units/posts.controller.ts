import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Outcome, type Request, UnitService } from '@duban/supervision';
import { type PostScope } from '@duban/unit';
import { Asked } from '../http/asked.js';
import { Lists, Records } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import { PlanQuery } from '../plans/plan.dto.js';
import { FillPostDto, FromDto, type OverDto, PostRow } from './unit.dto.js';
import { UnitViews } from './unit-views.js';

@ApiTags('units')
@Controller('v1/posts')
export class PostsController {
  constructor(
    private readonly views: UnitViews,
    private readonly units: UnitService,
  ) {}

  @Get()
  @Lists('plan.read', 'Posts over your units and plans', PostRow)
  list(@Asked() { actor }: Request, @Query() page: PlanQuery): Promise<Page<PostRow>> {
    return this.views.posts(actor, page);
  }

  @Post()
  @Records('unit.manage', 'Fill a post from a day on')
  async fill(@Asked() request: Request, @Body() { seat, scope, ...post }: FillPostDto): Promise<Outcome> {
    const over = await this.scopeOf(scope, post.jurisdiction);
    return this.units.fillPost(request, keyOf(over, post, seat), { ...post, scope: over });
  }

  @Post(':post/vacancy')
  @Records('unit.manage', 'Vacate a post from a day on')
  vacate(
    @Asked() request: Request,
    @Param('post', KeyPipe) post: string,
    @Body() body: FromDto,
  ): Promise<Outcome> {
    return this.units.vacatePost(request, post, body);
  }

  private async scopeOf({ unit, plan, section, units }: OverDto, jurisdiction: string): Promise<PostScope> {
    if (plan !== undefined) return { plan, ...(section !== undefined && { section }) };
    if (units !== undefined) return { units: await this.views.keys(units, jurisdiction) };
    const [key] = await this.views.keys([unit ?? ''], jurisdiction);
    return { unit: key! };
  }
}

/** Posts are keyed by what they are over and their kind; a leader's, over many units, by the place. */
function keyOf(
  scope: PostScope,
  { jurisdiction, kind }: Pick<FillPostDto, 'jurisdiction' | 'kind'>,
  seat?: string,
): string {
  const over =
    'unit' in scope ? [scope.unit] : 'plan' in scope ? [scope.plan, scope.section] : [jurisdiction];
  return [...over, kind, seat].filter(part => part !== undefined).join('/');
}
