import { ApiProperty } from '@nestjs/swagger';
import { type PostKind, type PostScope, type UnitKind } from '@duban/unit';
import {
  Code,
  DayField,
  Flag,
  Key,
  Name,
  NotBeside,
  OneOf,
  Part,
  Parts,
  Text,
  Texts,
} from '../http/fields.js';
import { PageQuery } from '../http/paging.js';
import { PaperDto } from '../http/values.dto.js';

const unitKinds = [
  'bureau',
  'division',
  'county',
  'park',
  'party',
  'company',
  'institution',
  'office',
] as const satisfies readonly UnitKind[];
const postKinds = [
  'liaison',
  'head',
  'deputy',
  'in_charge',
  'office_member',
] as const satisfies readonly PostKind[];

export class UnitQuery extends PageQuery {
  @Code({ optional: true, example: 'xiangtan' })
  jurisdiction?: string;

  @Text({ optional: true, max: 100, about: 'Part of a name.' })
  q?: string;
}

export class RegisterUnitDto {
  @Code({ example: 'xiangtan' })
  jurisdiction!: string;

  @Name({ example: '市科技局' })
  name!: string;

  @OneOf(unitKinds)
  kind!: UnitKind;

  @Key({ optional: true })
  parent?: string;

  @Texts({ max: 50, longest: 100, optional: true })
  aliases?: string[];
}

class WithPaper {
  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class RenameDto extends WithPaper {
  @Name()
  name!: string;
}

export class AliasDto {
  @Name()
  alias!: string;
}

export class MoveDto extends WithPaper {
  @Key({ optional: true, about: 'Left out: it stands alone.' })
  parent?: string;
}

export class MergeDto extends WithPaper {
  @Key({ example: 'xiangtan:市文旅广体局' })
  into!: string;

  @DayField({ about: 'The day it takes effect.' })
  from!: string;
}

export class SplitDto extends WithPaper {
  @Texts({ min: 1, max: 20, about: 'The first takes over what is open.' })
  into!: string[];

  @DayField()
  from!: string;
}

export class MemberDto {
  @Key({ example: 'xiangtan:岳塘区' })
  unit!: string;

  @DayField({ example: '2023-01-01' })
  from!: string;
}

export class DefineGroupDto {
  @Code({ example: 'xiangtan' })
  jurisdiction!: string;

  @Name({ example: '各县市区园区' })
  name!: string;

  @Texts({ max: 50, longest: 100, optional: true })
  aliases?: string[];

  @Flag({ optional: true, about: 'An open-ended list: nobody can be asked by name.' })
  open?: boolean;

  @Parts(() => MemberDto, { max: 500, optional: true })
  members?: MemberDto[];
}

const [isPlan, isUnits] = [
  (dto: object) => (dto as OverDto).plan !== undefined,
  (dto: object) => (dto as OverDto).units !== undefined,
];

/** What a post is over: a unit, a plan or a section of it, or the units that a leader is in charge of. */
export class OverDto {
  @Key({ when: dto => !isPlan(dto) && !isUnits(dto) })
  unit?: string;

  @Code({ when: isPlan, example: '004' })
  @NotBeside('unit')
  plan?: string;

  @Code({ optional: true })
  section?: string;

  @Texts({ min: 1, max: 100, when: isUnits })
  @NotBeside('unit')
  units?: string[];
}

export class FillPostDto {
  @Code({ example: 'xiangtan' })
  jurisdiction!: string;

  @OneOf(postKinds)
  kind!: PostKind;

  @Part(() => OverDto)
  scope!: OverDto;

  @Key({ example: 'p-017', about: 'The id of a person, never a name.' })
  person!: string;

  @DayField({ example: '2023-01-01' })
  from!: string;

  @Code({ optional: true, about: 'Tells several posts of one kind over the same apart.' })
  seat?: string;
}

export class FromDto {
  @DayField()
  from!: string;
}

export class UnitRow {
  @ApiProperty({ type: 'string', example: 'xiangtan:市科技局' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'xiangtan' })
  jurisdiction!: string;

  @ApiProperty({ type: 'string', description: 'The name of today.' })
  name!: string;

  @ApiProperty({ type: 'string', enum: unitKinds })
  kind!: string;

  @ApiProperty({ type: 'string', nullable: true })
  parent!: string | null;

  @ApiProperty({ type: 'string', isArray: true })
  aliases!: readonly string[];

  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'How and when it ended, and into what.',
  })
  ended!: object | null;
}

export class UnitDetail extends UnitRow {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: 'object', isArray: true, additionalProperties: true })
  names!: readonly object[];

  @ApiProperty({ type: 'string', isArray: true, description: 'Itself, and the units merged into it.' })
  actsFor!: readonly string[];
}

export class GroupRow {
  @ApiProperty({ type: 'string', example: 'xiangtan:各县市区园区' })
  id!: string;

  @ApiProperty({ type: 'string' })
  jurisdiction!: string;

  @ApiProperty({ type: 'string' })
  name!: string;

  @ApiProperty({ type: 'boolean' })
  open!: boolean;

  @ApiProperty({
    type: 'object',
    isArray: true,
    additionalProperties: true,
    example: [{ unit: 'xiangtan:岳塘区', from: '2023-01-01', to: null }],
  })
  members!: readonly object[];
}

export class PostRow {
  @ApiProperty({ type: 'string', example: 'xiangtan:市科技局/liaison' })
  id!: string;

  @ApiProperty({ type: 'string' })
  jurisdiction!: string;

  @ApiProperty({ type: 'string', enum: postKinds })
  kind!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  scope!: PostScope;

  @ApiProperty({ type: 'object', isArray: true, additionalProperties: true })
  holders!: readonly object[];
}
