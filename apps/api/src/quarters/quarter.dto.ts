import { ApiProperty } from '@nestjs/swagger';
import { Key } from '../http/fields.js';

export class QuarterQuery {
  @Key({ optional: true, example: '004', about: 'The plan that is told first.' })
  first?: string;
}

export class QuarterDto {
  @ApiProperty({ type: 'string', example: '2023Q2' })
  period!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { zh: '2023年第二季度', en: 'Q2 2023' },
  })
  title!: object;

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'What is asked of the reader, across all plans: three questions at most.',
  })
  asked!: readonly object[];

  @ApiProperty({ type: 'integer', description: 'How many questions there are beside those.' })
  furtherAsked!: number;

  @ApiProperty({
    type: 'object',
    isArray: true,
    additionalProperties: true,
    description:
      'One for each plan: counts, rates, what is to be decided, what is red or amber and why, all figures.',
  })
  plans!: readonly object[];
}
