import { ApiProperty } from '@nestjs/swagger';
import { type ObligationKind, type ObligationState } from '@duban/ledger';
import { asOfDay, DayField, Key, OneOf } from '../http/fields.js';
import { PageQuery } from '../http/paging.js';

const kinds = [
  'receipt',
  'report',
  'submission',
  'value',
  'milestone',
  'task_due',
  'review',
  'extension_decision',
  'contest_decision',
  'rework',
  'contribution',
  'instruction',
  'assign_lead',
  'restatement',
  'edition_receipt',
] as const satisfies readonly ObligationKind[];
const states = [
  'upcoming',
  'open',
  'handed_in',
  'returned',
  'tolled',
  'met',
  'met_late',
  'waived',
  'void',
  'before_plan',
  'horizon_past',
  'awaiting_publication',
] as const satisfies readonly ObligationState[];

export class ObligationQuery extends PageQuery {
  @Key({ optional: true, example: '004' })
  plan?: string;

  @Key({ optional: true, example: 'xiangtan:市科技局', about: 'Who answers for it today.' })
  holder?: string;

  @OneOf(kinds, { optional: true })
  kind?: ObligationKind;

  @OneOf(states, { optional: true })
  state?: ObligationState;

  @DayField({ optional: true })
  dueBefore?: string;

  @DayField(asOfDay)
  asOf?: string;
}

export class ObligationRow {
  @ApiProperty({ type: 'string', example: '2f0a6a3e-5d1c-5b0e-9d6e-7a1f0c2b3d4e' })
  id!: string;

  @ApiProperty({ type: 'string', example: '004' })
  plan!: string;

  @ApiProperty({ type: 'string', enum: kinds })
  kind!: ObligationKind;

  @ApiProperty({ type: 'string', example: '004:3.1' })
  subject!: string;

  @ApiProperty({ type: 'string' })
  title!: string;

  @ApiProperty({ type: 'string', nullable: true, example: '2023Q2' })
  period!: string | null;

  @ApiProperty({ type: 'string', enum: ['single', 'one_of', 'each', 'sum'] })
  mode!: string;

  @ApiProperty({ type: 'string', isArray: true, example: ['xiangtan:市科技局'] })
  holders!: readonly string[];

  @ApiProperty({ type: 'string', enum: states })
  state!: ObligationState;

  @ApiProperty({ type: 'boolean' })
  overdue!: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: '`rule`: of a day that no document states, the policy that it comes from.',
    example: { on: '2023-07-07', basis: 'stated', version: 1 },
  })
  due!: object;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  handedIn!: object | null;

  @ApiProperty({ type: 'boolean', description: 'Passed on by a merger.' })
  inherited!: boolean;

  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'Since when it is late: never unset, whatever was granted afterwards.',
  })
  lateSince!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The days on which a request stops the clock.',
  })
  tolled!: object | null;

  @ApiProperty({
    type: 'string',
    format: 'date',
    nullable: true,
    description: 'From when on the figure is published.',
  })
  availableOn!: string | null;

  @ApiProperty({ type: 'string', description: 'Where to look.', example: '/v1/tasks/004%3A3.1' })
  href!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The command that discharges it; null in its body is to be filled in.',
    example: { method: 'POST', href: '/v1/tasks/004%3A3.1/reports', body: { period: '2023Q2' } },
  })
  settle!: object | null;
}
