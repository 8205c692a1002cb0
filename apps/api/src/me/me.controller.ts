import { Controller, Get, Inject } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { type Core, type Request } from '@duban/supervision';
import { CORE } from '../core.module.js';
import { Asked } from '../http/asked.js';
import { Answers } from '../http/operations.js';
import { LedgerViews } from '../ledger/ledger-views.js';

class MeDto {
  @ApiProperty({ type: 'string', example: 'p-017' })
  id!: string;

  @ApiProperty({ type: 'string', enum: ['person', 'machine'] })
  kind!: string;

  @ApiProperty({ type: 'string', enum: ['office', 'unit', 'leader', 'scheduler', 'auditor', 'admin'] })
  role!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'xiangtan:市科技局' })
  unit!: string | null;

  @ApiProperty({
    type: 'string',
    isArray: true,
    description: 'Units that you answer for, or are in charge of.',
  })
  units!: readonly string[];

  @ApiProperty({ type: 'string', isArray: true, description: 'Plans that you see.', example: ['004'] })
  plans!: readonly string[];

  @ApiProperty({ type: 'string', nullable: true, description: 'In whose name this machine acts.' })
  actingFor!: string | null;

  @ApiProperty({ type: 'string', format: 'date' })
  today!: string;

  @ApiProperty({ type: 'boolean', description: 'Whether the time of this ledger is simulated.' })
  simulated!: boolean;
}

@ApiTags('me')
@Controller('v1/me')
export class MeController {
  constructor(
    private readonly views: LedgerViews,
    @Inject(CORE) private readonly core: Core,
  ) {}

  @Get()
  @Answers('plan.read', 'Who you are here, and what you see', MeDto)
  async me(@Asked() { actor }: Request): Promise<MeDto> {
    const look = await this.views.look(actor);
    const { id, kind, role, unit = null, units = [], actingFor = null } = look.actor;
    const plans = (await this.views.plans(look)).map(({ code }) => code);
    return {
      id,
      kind,
      role,
      unit,
      units,
      plans,
      actingFor,
      today: look.today,
      simulated: this.core.simulated,
    };
  }
}
