import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { AccessService, type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Does, Records } from '../http/operations.js';
import { KeyPipe } from '../http/path.pipes.js';
import { NewDelegationDto } from './access.dto.js';

@ApiTags('access')
@Controller('v1/delegations')
export class DelegationsController {
  constructor(private readonly access: AccessService) {}

  @Post()
  @Records('delegation.give', 'Let another person act in your name from a day to a day')
  give(@Asked() request: Request, @Body() body: NewDelegationDto): Promise<Outcome> {
    return this.access.delegate(request, body);
  }

  @Delete(':delegation')
  @HttpCode(204)
  @Does('delegation.give', 'End a delegation at once; it stays on record')
  @ApiNoContentResponse()
  async end(@Asked() request: Request, @Param('delegation', KeyPipe) delegation: string): Promise<void> {
    await this.access.endDelegation(request, delegation);
  }
}
