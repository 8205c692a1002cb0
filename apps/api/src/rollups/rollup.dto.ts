import { ApiProperty } from '@nestjs/swagger';
import { type Counters, type RollupState } from '@duban/rollup';
import { Key, OneOf, PeriodField, Texts } from '../http/fields.js';
import { PageQuery } from '../http/paging.js';

const rollupStates = [
  'published',
  'publishing',
  'provisional',
  'computing',
  'none',
] as const satisfies readonly RollupState[];

export class RollupQuery extends PageQuery {
  @Key({ optional: true, example: '004' })
  plan?: string;

  @PeriodField({ optional: true })
  period?: string;

  @OneOf(rollupStates, { optional: true })
  state?: RollupState;
}

export class RollupRequestDto {
  @PeriodField({ example: '2023Q2', about: 'The quarter.' })
  period!: string;

  @Texts({ max: 200, min: 1, optional: true, example: ['004'], about: 'All of yours when left out.' })
  plans?: string[];
}

export class RollupRow {
  @ApiProperty({ type: 'string', example: '004:2023Q2' })
  id!: string;

  @ApiProperty({ type: 'string', example: '004' })
  plan!: string;

  @ApiProperty({ type: 'string', example: '2023Q2' })
  period!: string;

  @ApiProperty({
    type: 'string',
    enum: rollupStates,
    description:
      'published; publishing: the round is closed and its edition on the way; provisional: of an open round; computing: asked for.',
  })
  state!: RollupState;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The number of the edition; null without one.',
  })
  n!: number | null;
}

export class RollupRequested {
  @ApiProperty({ type: RollupRow, isArray: true })
  items!: RollupRow[];
}

export class RollupDetail extends RollupRow {
  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'The day up to which facts were known.',
  })
  cutoffOn!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  publishedAt!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'sha256 of the figures and natural keys of the whole edition: equal on any server.',
  })
  contentDigest!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'sha256 over the log up to the cutoff: of this ledger.',
  })
  inputDigest!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Which edition this one takes the place of, why and by which paper.',
    example: { of: 1, reason: '004#19 更正', paper: null, by: 'office:004' },
  })
  restates!: object | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description:
      'Late, corrected, revised and restated are counted apart; `pending` waits for another person.',
    example: { late: 2, corrected: 1, revised: 0, pending: 0, restated: 1 },
  })
  counters!: Counters & { restated: number };

  @ApiProperty({
    type: 'object',
    isArray: true,
    additionalProperties: true,
    description:
      'Figures, reports, completions and milestones that came late, or were corrected or revised since: the edition does not know of them.',
    example: [{ subject: '004:i19', period: '2023Q2', how: 'corrected', from: 1010, to: 980 }],
  })
  corrections!: readonly object[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description:
      'Counts, duties, sections, units, groups, ranking, tasks, indicators, exceptions, decisions; a unit sees its own lines.',
  })
  edition!: object | null;
}
