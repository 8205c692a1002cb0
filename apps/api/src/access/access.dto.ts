import { grantedRoles } from '@duban/access';
import { ApiProperty } from '@nestjs/swagger';
import { type Could, type CouldFilter, type DelegationInput, type GrantInput } from '@duban/supervision';
import { DayField, Key, OneOf, Part, Text, Texts } from '../http/fields.js';
import { PageQuery } from '../http/paging.js';
import { PaperDto } from '../http/values.dto.js';

export class NewGrantDto implements GrantInput {
  @Key({ example: 'p-017', about: 'The id of the person or machine.' })
  holder!: string;

  @OneOf(grantedRoles)
  role!: GrantInput['role'];

  @Key({ optional: true, example: 'xiangtan:市科技局', about: 'The unit, for the role `unit`.' })
  unit?: string;

  @Texts({ max: 500, optional: true, about: 'The units that a leader is in charge of; all when left out.' })
  units?: string[];

  @Texts({
    ...{ max: 100, longest: 64, optional: true, example: ['004'] },
    about: 'For the roles `office` and `leader`: plans by code, or `*`.',
  })
  plans?: string[];

  @DayField({ optional: true, about: 'The first day; today when left out.' })
  from?: string;

  @DayField({ optional: true, about: 'The last day; until it is revoked when left out.' })
  to?: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class RevocationDto {
  @Text({ max: 2000, example: '岗位调整' })
  reason!: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class NewDelegationDto implements DelegationInput {
  @Key({ example: 'p-018', about: 'The id of the person who may act in your name.' })
  delegate!: string;

  @DayField({ optional: true, about: 'The first day; today when left out.' })
  from?: string;

  @DayField({ about: 'The last day.' })
  to!: string;

  @Key({ optional: true, example: 'p-017', about: 'Whose, when an administrator gives it for somebody.' })
  giver?: string;

  @OneOf(grantedRoles, { optional: true, about: 'Yours; an administrator says which.' })
  role?: DelegationInput['role'];

  @Key({ optional: true, example: 'xiangtan:市科技局', about: 'Yours; an administrator says which.' })
  unit?: string;
}

export class AccessQuery extends PageQuery implements CouldFilter {
  @DayField({ optional: true, about: 'Any day up to today; today when left out.' })
  on?: string;

  @Key({ optional: true, example: '004:3.1', about: 'Who could do something with this task.' })
  task?: string;

  @Key({ optional: true, example: '004', about: 'Who could do something under this plan.' })
  plan?: string;

  @Key({ optional: true, example: 'xiangtan:市科技局', about: 'Who could do something about this unit.' })
  unit?: string;
}

const doings = ['see', 'answer', 'decide', 'instruct', 'manage', 'audit'];

/** One way in which somebody could act on the day; days are included. */
export class AccessRow implements Could {
  @ApiProperty({ type: 'string', enum: ['key', 'grant', 'delegation'] })
  by!: Could['by'];

  @ApiProperty({
    type: 'string',
    example: 'p-017/3',
    description: 'Of the key, the grant or the delegation.',
  })
  id!: string;

  @ApiProperty({ type: 'string', example: 'p-017' })
  holder!: string;

  @ApiProperty({ type: 'string', enum: ['person', 'machine'] })
  kind!: Could['kind'];

  @ApiProperty({ type: 'string', enum: ['office', 'unit', 'leader', 'scheduler', 'auditor', 'admin'] })
  role!: Could['role'];

  @ApiProperty({ type: 'string', nullable: true, example: 'xiangtan:市科技局' })
  unit!: string | null;

  @ApiProperty({ type: 'string', isArray: true, description: 'Units that a leader was in charge of.' })
  units!: readonly string[];

  @ApiProperty({ type: 'string', isArray: true, example: ['004'] })
  plans!: readonly string[];

  @ApiProperty({ type: 'string', nullable: true, description: 'In whose name, by a delegation.' })
  actingFor!: string | null;

  @ApiProperty({ type: 'string', format: 'date' })
  from!: string;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  to!: string | null;

  @ApiProperty({ type: 'string', isArray: true, description: 'Keys by which it could be used that day.' })
  keys!: readonly string[];

  @ApiProperty({
    type: 'string',
    isArray: true,
    nullable: true,
    enum: doings,
    description:
      'What could be done with what was asked about, as the task and the units were known that day.',
  })
  may!: Could['may'];

  @ApiProperty({
    type: 'object',
    properties: { id: { type: 'string' }, position: { type: 'integer' } },
    description: 'The event that gave it.',
  })
  event!: Could['event'];
}
