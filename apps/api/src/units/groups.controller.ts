import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Outcome, type Request, UnitService } from '@duban/supervision';
import { jurisdictionOf } from '@duban/unit';
import { Asked } from '../http/asked.js';
import { Answers, Lists, Records } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import { DefineGroupDto, GroupRow, MemberDto, UnitQuery } from './unit.dto.js';
import { UnitViews } from './unit-views.js';

@ApiTags('units')
@Controller('v1/groups')
export class GroupsController {
  constructor(
    private readonly views: UnitViews,
    private readonly units: UnitService,
  ) {}

  @Get()
  @Lists('plan.read', 'Groups of your places with their members', GroupRow)
  list(@Asked() { actor }: Request, @Query() query: UnitQuery): Promise<Page<GroupRow>> {
    return this.views.groups(actor, query);
  }

  @Get(':group')
  @Answers('plan.read', 'One group', GroupRow)
  detail(@Asked() { actor }: Request, @Param('group', KeyPipe) group: string): Promise<GroupRow> {
    return this.views.group(actor, group);
  }

  @Post()
  @Records('unit.manage', 'Define a group')
  async define(@Asked() request: Request, @Body() body: DefineGroupDto): Promise<Outcome> {
    const { aliases = [], open = false, members = [], ...group } = body;
    const keys = await this.views.keys(
      members.map(({ unit }) => unit),
      group.jurisdiction,
    );
    const dated = members.map(({ from }, index) => ({ unit: keys[index]!, from }));
    return this.units.defineGroup(request, { ...group, aliases, open, members: dated });
  }

  @Post(':group/members')
  @Records('unit.manage', 'A unit joins a group')
  async join(
    @Asked() request: Request,
    @Param('group', KeyPipe) group: string,
    @Body() body: MemberDto,
  ): Promise<Outcome> {
    const [unit] = await this.views.keys([body.unit], jurisdictionOf(group));
    return this.units.joinGroup(request, group, { unit: unit!, from: body.from });
  }

  @Post(':group/departures')
  @Records('unit.manage', 'A unit leaves a group: `from` is the first day outside')
  async leave(
    @Asked() request: Request,
    @Param('group', KeyPipe) group: string,
    @Body() body: MemberDto,
  ): Promise<Outcome> {
    const [unit] = await this.views.keys([body.unit], jurisdictionOf(group));
    return this.units.leaveGroup(request, group, { unit: unit!, from: body.from });
  }
}
