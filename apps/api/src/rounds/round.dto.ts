import { ApiProperty } from '@nestjs/swagger';
import { type RoundKind } from '@duban/round';
import { Code, DayField, Flag, Key, OneOf, PeriodField, Text, Texts } from '../http/fields.js';
import { PageQuery } from '../http/paging.js';

const kinds = ['month', 'quarter', 'half_year', 'year'] as const satisfies readonly RoundKind[];
const roundStatuses = ['scheduled', 'open', 'closed'] as const;
const blockerClasses = ['not_handed_in', 'unreviewed', 'tolled', 'awaiting_publication', 'disputed'];

export class RoundQuery extends PageQuery {
  @Key({ optional: true, example: '004' })
  plan?: string;

  @OneOf(roundStatuses, { optional: true })
  status?: (typeof roundStatuses)[number];
}

export class ScheduleRoundDto {
  @Code({ example: '004' })
  plan!: string;

  @PeriodField({ example: '2023H1' })
  period!: string;

  @OneOf(kinds)
  kind!: RoundKind;

  @DayField({
    optional: true,
    about:
      'When left out, so many workdays after the period as the policy of rounds says, counted anew when holidays are announced.',
  })
  dueOn?: string;

  @Flag({ optional: true, about: 'Whether evidence is wanted.' })
  evidence?: boolean;

  @Flag({ optional: true, about: 'Whether a summary paper is wanted.' })
  summary?: boolean;

  @Flag({ optional: true, about: 'Over before the plan was issued: wanted, not owed.' })
  backfill?: boolean;

  @Text({ max: 500 })
  clause!: string;
}

export class MoveDueDto {
  @DayField()
  to!: string;

  @Text()
  reason!: string;
}

export class CloseRoundDto {
  @Texts({
    max: 10,
    optional: true,
    example: ['unreviewed'],
    about: 'Classes of blockers that are accepted.',
  })
  accepted?: string[];

  @Text({ optional: true })
  reason?: string;
}

export class CloseQuery {
  @OneOf(['true', 'false'], { optional: true, about: 'Only says what stands in the way.' })
  dryRun?: 'true' | 'false';
}

export class Blocker {
  @ApiProperty({ type: 'string', enum: blockerClasses })
  class!: string;

  @ApiProperty({ type: 'string', isArray: true, example: ['004:5.3 xiangtan:市科技局'] })
  items!: readonly string[];
}

export class DryRunDto {
  @ApiProperty({ type: Blocker, isArray: true })
  blockers!: Blocker[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description:
      'The edition as it would be, closed now over these blockers; null for rounds that have none.',
  })
  edition!: object | null;
}

export class RoundRow {
  @ApiProperty({ type: 'string', example: '004:2023H1' })
  id!: string;

  @ApiProperty({ type: 'string', example: '004' })
  plan!: string;

  @ApiProperty({ type: 'string', example: '2023H1' })
  period!: string;

  @ApiProperty({ type: 'string', enum: kinds })
  kind!: string;

  @ApiProperty({ type: 'string', enum: roundStatuses })
  status!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  dueOn!: string;

  @ApiProperty({
    type: 'boolean',
    description: 'Whether the due day lies in a year whose holidays are not announced yet.',
  })
  dueProvisional!: boolean;

  @ApiProperty({ type: 'boolean' })
  backfill!: boolean;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  openedOn!: string | null;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  closedOn!: string | null;
}

export class RoundDetail extends RoundRow {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({
    type: 'object',
    isArray: true,
    additionalProperties: true,
    description: 'What your units are asked for.',
  })
  roster!: readonly object[];

  @ApiProperty({
    type: 'object',
    isArray: true,
    additionalProperties: true,
    description: 'What your units handed in.',
    example: [{ unit: 'xiangtan:岳塘区', status: 'handed_in', firstHandedInOn: '2023-07-07', returns: 1 }],
  })
  submissions!: readonly object[];
}
