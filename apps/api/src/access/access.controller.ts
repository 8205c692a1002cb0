import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccessService, type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Records } from '../http/operations.js';
import { KeyPipe } from '../http/path.pipes.js';
import { NewGrantDto, RevocationDto } from './access.dto.js';

@ApiTags('access')
@Controller('v1/access')
export class AccessController {
  constructor(private readonly access: AccessService) {}

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
