import { ApiProperty } from '@nestjs/swagger';
import { type Scorecard } from '@duban/view';
import { Key, WholeInQuery } from '../http/fields.js';

export class ScorecardQuery {
  @Key({ optional: true, example: '004' })
  plan?: string;

  @WholeInQuery({ min: 1990, max: 2100, optional: true, example: 2023, about: 'All years when left out.' })
  year?: number;
}

export class ScorecardDto implements Scorecard {
  @ApiProperty({ type: 'string', example: 'xiangtan:市科技局' })
  unit!: string;

  @ApiProperty({ type: 'string' })
  name!: string;

  @ApiProperty({ type: 'string', example: 'xiangtan' })
  jurisdiction!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  today!: string;

  @ApiProperty({ type: 'string', isArray: true, description: 'Units for which it answers, itself first.' })
  actsFor!: readonly string[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Who answers for it, once it has ended.',
  })
  passedOn!: Scorecard['passedOn'];

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description:
      'The latest first. `parts` and `inherited` are tallies that add up to `total`; in each the classes from ' +
      '`onTime` to `pending` do. Indicators as owner stand in `owned`, apart from what is owed as provider.',
  })
  quarters!: Scorecard['quarters'];
}
