import { ApiProperty } from '@nestjs/swagger';
import { type Alert } from '@duban/reminder';
import { Key } from '../http/fields.js';
import { PageQuery } from '../http/paging.js';
import { OwedDto } from '../obligations/owed.dto.js';

export class AlertQuery extends PageQuery {
  @Key({ optional: true, example: '004' })
  plan?: string;

  @Key({ optional: true, example: 'xiangtan:市科技局', about: 'Who answers for it today.' })
  unit?: string;
}

/** One thing that is overdue. */
export class AlertDto extends OwedDto implements Omit<Alert, 'kind'> {
  @ApiProperty({ type: 'string', format: 'date' })
  dueOn!: string;

  @ApiProperty({ type: 'string', format: 'date', description: 'Before any extension.' })
  originalDueOn!: string;

  @ApiProperty({ type: 'integer', example: 5 })
  workdaysLate!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Of the task or indicator that it is about.',
    example: { colour: 'red', reason: 'overdue', since: '2023-07-31', rule: 'light@1' },
  })
  light!: Alert['light'];

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'What somebody has to decide before the holder can go on.',
    example: [{ kind: 'extension_decision', note: null, by: ['xiangtan:市科技局'], since: '2023-07-28' }],
  })
  decisions!: Alert['decisions'];

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'Who was told, when, and whether it arrived.',
    example: [{ stage: '+1', recipient: 'xiangtan:市科技局/head', on: '2023-08-01', fate: 'delivered' }],
  })
  warned!: Alert['warned'];
}
