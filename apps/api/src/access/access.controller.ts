import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccessHistory, AccessService, type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Lists, Records } from '../http/operations.js';
import { pageOf, type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import { AccessQuery, AccessRow, NewGrantDto, RevocationDto } from './access.dto.js';

@ApiTags('access')
@Controller('v1/access')
export class AccessController {
  constructor(
    private readonly access: AccessService,
    private readonly history: AccessHistory,
  ) {}

  @Get()
  @Lists('record.read', 'Who could have done what on a day, by which key, grant or delegation', AccessRow)
  async could(
    @Asked() request: Request,
    @Query() { cursor, limit, ...filter }: AccessQuery,
  ): Promise<Page<AccessRow>> {
    const rows = await this.history.on(request, filter);
    return pageOf(rows, ({ holder, by, id }) => JSON.stringify([holder, by, id]), {
      ...(cursor !== undefined && { cursor }),
      ...(limit !== undefined && { limit }),
    });
  }

  @Post()
  @Records('key.manage', 'Grant a role for plans, or for a unit, from a day to a day')
  grant(@Asked() request: Request, @Body() body: NewGrantDto): Promise<Outcome> {
    return this.access.grant(request, body);
  }

  @Post(':grant/revocation')
  @Records('key.manage', 'End a grant at once; it stays on record')
  revoke(
    @Asked() request: Request,
    @Param('grant', KeyPipe) grant: string,
    @Body() body: RevocationDto,
  ): Promise<Outcome> {
    return this.access.revoke(request, grant, body);
  }
}
