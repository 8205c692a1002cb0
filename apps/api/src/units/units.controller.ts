import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Outcome, type Request, UnitService } from '@duban/supervision';
import { jurisdictionOf } from '@duban/unit';
import { Asked } from '../http/asked.js';
import { Answers, Lists, Records } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import { ReasonDto } from '../plans/plan.dto.js';
import {
  AliasDto,
  MergeDto,
  MoveDto,
  RegisterUnitDto,
  RenameDto,
  SplitDto,
  UnitDetail,
  UnitQuery,
  UnitRow,
} from './unit.dto.js';
import { UnitViews } from './unit-views.js';

@ApiTags('units')
@Controller('v1/units')
export class UnitsController {
  constructor(
    private readonly views: UnitViews,
    private readonly units: UnitService,
  ) {}

  @Get()
  @Lists('plan.read', 'Units of your places', UnitRow)
  list(@Asked() { actor }: Request, @Query() query: UnitQuery): Promise<Page<UnitRow>> {
    return this.views.units(actor, query);
  }

  @Get(':unit')
  @Answers('plan.read', 'One unit, by key, former name or alias', UnitDetail)
  detail(@Asked() { actor }: Request, @Param('unit', KeyPipe) unit: string): Promise<UnitDetail> {
    return this.views.unit(actor, unit);
  }

  @Post()
  @Records('unit.manage', 'Register a unit')
  async register(@Asked() request: Request, @Body() body: RegisterUnitDto): Promise<Outcome> {
    const { aliases = [], parent, ...unit } = body;
    const [above = null] = parent === undefined ? [] : await this.views.keys([parent], unit.jurisdiction);
    return this.units.register(request, { ...unit, aliases, parent: above });
  }

  @Post(':unit/renaming')
  @Records('unit.manage', 'Rename a unit; its key stays')
  rename(
    @Asked() request: Request,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: RenameDto,
  ): Promise<Outcome> {
    return this.units.rename(request, unit, { name: body.name, paper: body.paper ?? null });
  }

  @Post(':unit/aliases')
  @Records('unit.manage', 'Add another name that documents use')
  alias(
    @Asked() request: Request,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: AliasDto,
  ): Promise<Outcome> {
    return this.units.addAlias(request, unit, body);
  }

  @Post(':unit/move')
  @Records('unit.manage', 'Put a unit under another')
  async move(
    @Asked() request: Request,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: MoveDto,
  ): Promise<Outcome> {
    const [parent = null] =
      body.parent === undefined ? [] : await this.views.keys([body.parent], jurisdictionOf(unit));
    return this.units.move(request, unit, { parent, paper: body.paper ?? null });
  }

  @Post(':unit/merger')
  @Records('unit.manage', 'Merge a unit into another, from a day on')
  async merge(
    @Asked() request: Request,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: MergeDto,
  ): Promise<Outcome> {
    const [into] = await this.views.keys([body.into], jurisdictionOf(unit));
    return this.units.merge(request, unit, { into: into!, from: body.from, paper: body.paper ?? null });
  }

  @Post(':unit/split')
  @Records('unit.manage', 'Split a unit into others, from a day on')
  async split(
    @Asked() request: Request,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: SplitDto,
  ): Promise<Outcome> {
    const into = await this.views.keys(body.into, jurisdictionOf(unit));
    return this.units.split(request, unit, { into, from: body.from, paper: body.paper ?? null });
  }

  @Post(':unit/closure')
  @Records('unit.manage', 'Close a unit')
  close(
    @Asked() request: Request,
    @Param('unit', KeyPipe) unit: string,
    @Body() body: ReasonDto,
  ): Promise<Outcome> {
    return this.units.close(request, unit, body);
  }
}
