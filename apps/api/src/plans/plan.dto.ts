import { ApiProperty } from '@nestjs/swagger';
import { type Finding, type Section } from '@duban/plan';
import { Code, DayField, Flag, Key, Part, Parts, Text, Texts } from '../http/fields.js';
import { PageQuery } from '../http/paging.js';
import { PaperDto } from '../http/values.dto.js';

export class PlanQuery extends PageQuery {}

export class FindingDto implements Finding {
  @Code({ example: 'task_without_unit' })
  code!: string;

  @Text({ max: 200, example: '002:3' })
  subject!: string;

  @Text({ max: 500 })
  clause!: string;

  @Text()
  note!: string;

  @Flag({ about: 'Stops the issue until it is waived with a reason.' })
  blocking!: boolean;
}

export class DraftPlanDto {
  @Code({ example: '004' })
  code!: string;

  @Code({ example: 'xiangtan' })
  jurisdiction!: string;

  @Text({ max: 500, example: '湘潭市国家创新型城市建设2023年工作计划' })
  title!: string;

  @Text({ max: 200, optional: true })
  documentNumber?: string;

  @DayField({ optional: true })
  documentOn?: string;

  @DayField({ example: '2023-01-01' })
  from!: string;

  @DayField({ example: '2023-12-31' })
  to!: string;

  @Text({ max: 60, optional: true, example: 'Asia/Shanghai' })
  zone?: string;

  @Key({ example: 'xiangtan:市科技局', about: 'The unit that supervises the plan.' })
  office!: string;

  @Parts(() => FindingDto, { max: 1000, optional: true })
  findings?: FindingDto[];
}

export class SectionDto implements Section {
  @Code({ example: '三' })
  code!: string;

  @Code({ optional: true })
  parent!: string | null;

  @Text({ max: 500 })
  title!: string;

  @Text({ max: 500 })
  clause!: string;
}

export class SectionsDto {
  @Parts(() => SectionDto, { min: 1, max: 500 })
  sections!: SectionDto[];
}

export class WaiverDto {
  @Code()
  code!: string;

  @Text({ max: 200 })
  subject!: string;

  @Text()
  reason!: string;

  @Flag({ optional: true, about: 'The office undertakes to name a holder within ten workdays of the issue.' })
  assign?: boolean;
}

export class GoalHolderDto {
  @Text({ max: 200, example: '6.2', about: 'The goal as the finding names it.' })
  subject!: string;

  @Texts({ min: 1, max: 20, longest: 200, example: ['nanjing:市教育局'] })
  units!: string[];
}

export class ApprovalDto {
  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class ReasonDto {
  @Text()
  reason!: string;
}

export class AmendmentDto extends ReasonDto {
  @Text({ max: 500 })
  title!: string;

  @DayField()
  to!: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class PlanRow {
  @ApiProperty({ type: 'string', example: '004' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'xiangtan' })
  jurisdiction!: string;

  @ApiProperty({ type: 'string' })
  title!: string;

  @ApiProperty({ type: 'string', enum: ['draft', 'approved', 'issued', 'closed'] })
  status!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  from!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  to!: string;

  @ApiProperty({ type: 'string', example: 'xiangtan:市科技局' })
  office!: string;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  issuedOn!: string | null;
}

export class PlanDetail extends PlanRow {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Sections, findings, approval, …' })
  state!: object;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Of the tasks that you see: how many by status and by light.',
    example: { tasks: 31, byStatus: { in_progress: 28 }, byLight: { green: 25, red: 3 } },
  })
  counts!: object;

  @ApiProperty({ type: 'string', isArray: true, description: 'Rounds by key.', example: ['004:2023H1'] })
  rounds!: string[];
}
