import { ApiProperty } from '@nestjs/swagger';
import { Key, Parts } from '../http/fields.js';
import { OutcomeDto, ProblemDto } from '../http/operations.js';
import { ValueDto } from '../indicators/indicator.dto.js';
import { ReportDto } from '../tasks/task.dto.js';

const mostItems = 1000;

export class ReportItemDto extends ReportDto {
  @Key({ example: '004:3.1' })
  task!: string;
}

export class ReportsDto {
  @Parts(() => ReportItemDto, { min: 1, max: mostItems })
  items!: ReportItemDto[];
}

export class ValueItemDto extends ValueDto {
  @Key({ example: '004:i12' })
  indicator!: string;
}

export class ValuesDto {
  @Parts(() => ValueItemDto, { min: 1, max: mostItems })
  items!: ValueItemDto[];
}

/** What became of one item: an outcome or a problem. */
export class ItemResult {
  @ApiProperty({ type: 'integer', example: 0, description: 'Its place in the request, from 0.' })
  index!: number;

  @ApiProperty({ type: 'integer', example: 201 })
  status!: number;

  @ApiProperty({ type: OutcomeDto, required: false })
  outcome?: OutcomeDto;

  @ApiProperty({ type: ProblemDto, required: false })
  problem?: object;
}

export class BatchResult {
  @ApiProperty({ type: ItemResult, isArray: true })
  results!: ItemResult[];
}

export class ReceiptsResult {
  @ApiProperty({
    type: OutcomeDto,
    isArray: true,
    description: 'One for each task that was not acknowledged yet.',
  })
  outcomes!: OutcomeDto[];
}
