import { type Assignment, type Commitment, type Milestone, type Role } from '@duban/task';
import {
  asOfDay,
  Code,
  DayField,
  Flag,
  Key,
  Name,
  OneOf,
  Part,
  Parts,
  PeriodField,
  Percent,
  Text,
  Texts,
  Whole,
} from '../http/fields.js';
import { PageQuery } from '../http/paging.js';
import { DueDto, enteredPaper, EvidenceDto, PaperDto } from '../http/values.dto.js';

const roles = ['lead', 'responsible', 'supporting'] as const satisfies readonly Role[];
export const commitments = [
  'plain',
  'ensure',
  'strive',
  'opportune',
] as const satisfies readonly Commitment[];
export const statuses = [
  'draft',
  'issued',
  'in_progress',
  'submitted',
  'returned',
  'accepted',
  'closed',
  'cancelled',
] as const;
export const colours = ['green', 'amber', 'red', 'grey', 'none'] as const;

const unit = {
  example: 'xiangtan:市科技局',
  about: 'The acting unit; the office names whose paper it enters.',
};

export class TaskQuery extends PageQuery {
  @Key({ optional: true, example: '004' })
  plan?: string;

  @Key({ optional: true, example: 'xiangtan:市科技局' })
  unit?: string;

  @OneOf(roles, { optional: true, about: 'The role of `unit`, or of anyone.' })
  role?: Role;

  @OneOf(statuses, { optional: true })
  status?: (typeof statuses)[number];

  @OneOf(colours, { optional: true })
  light?: (typeof colours)[number];

  @DayField({ optional: true, about: 'Due before this day.' })
  dueBefore?: string;

  @Text({ optional: true, max: 100, about: 'Part of the title or the code.' })
  q?: string;

  @DayField(asOfDay)
  asOf?: string;
}

export class TaskAsOfQuery {
  @DayField(asOfDay)
  asOf?: string;
}

export class EventQuery extends PageQuery {}

export class AssignmentDto implements Assignment {
  @Key({ example: 'xiangtan:市科技局' })
  holder!: string;

  @Flag({ about: 'Whether the holder is a group.' })
  isGroup!: boolean;

  @OneOf(roles)
  role!: Role;

  @Flag({ optional: true, about: 'Nobody said "lead": it stood first.' })
  presumed!: boolean;
}

export class MilestoneDto implements Milestone {
  @Code({ example: 'm1' })
  code!: string;

  @Text({ max: 500 })
  title!: string;

  @Part(() => DueDto, { optional: true })
  due!: DueDto | null;
}

export class RegisterTaskDto {
  @Code({ example: '004' })
  plan!: string;

  @Code({ example: '3.1' })
  code!: string;

  @Code({ optional: true })
  section?: string;

  @Text({ max: 500, example: '新建省级以上创新平台' })
  title!: string;

  @Text({ max: 500, example: '004/三/3.1' })
  clause!: string;

  @OneOf(commitments, { optional: true })
  commitment?: Commitment;

  @Parts(() => AssignmentDto, { max: 100 })
  roles!: AssignmentDto[];

  @Part(() => DueDto, { optional: true })
  due?: DueDto;

  @Parts(() => MilestoneDto, { max: 100, optional: true })
  milestones?: MilestoneDto[];
}

export class UnitDto {
  @Key({ ...unit, optional: true })
  unit?: string;
}

/** What the office may enter for a unit that said it on paper. */
export class AnswerDto extends UnitDto {
  @Part(() => PaperDto, enteredPaper)
  paper?: PaperDto;
}

/** The same, with the day on which it came in. */
export class ReceivedDto extends AnswerDto {
  @DayField({ optional: true, about: 'The day the office received the paper that it enters.' })
  receivedOn?: string;
}

export class ReportDto extends ReceivedDto {
  @PeriodField({ optional: true, about: 'The quarter of today when left out.' })
  period?: string;

  @DayField({ optional: true, about: 'The day the report speaks of.' })
  aboutOn?: string;

  @Percent({ optional: true })
  percent?: number;

  @Text({ max: 4000, example: '已完成选址，正在招标' })
  summary!: string;

  @Parts(() => EvidenceDto, { max: 20, optional: true })
  evidence?: EvidenceDto[];

  @Whole({ min: 1, max: 100_000, optional: true, about: 'The number of the report that this one replaces.' })
  supersedes?: number;
}

export class CorrectReportDto {
  @Whole({ min: 1, max: 100_000, about: 'The number of the report.' })
  n!: number;

  @Percent({ optional: true })
  percent?: number;

  @Text({ max: 4000 })
  summary!: string;

  @Text()
  reason!: string;
}

export class CompletionDto extends ReceivedDto {
  @DayField({ optional: true, about: 'The day it was done; today when left out.' })
  doneOn?: string;

  @Text({ max: 4000 })
  summary!: string;

  @Parts(() => EvidenceDto, { max: 20, optional: true })
  evidence?: EvidenceDto[];
}

export class ExtensionDto extends AnswerDto {
  @DayField({ about: 'The due day that is asked for.' })
  to!: string;

  @Text()
  reason!: string;
}

export class MilestoneReachedDto extends ReceivedDto {
  @Code({ example: 'm1' })
  code!: string;

  @DayField()
  reachedOn!: string;

  @Parts(() => EvidenceDto, { max: 20, optional: true })
  evidence?: EvidenceDto[];
}

export class BlockerDto extends UnitDto {
  @Text({ max: 100, example: 'funding' })
  kind!: string;

  @Text()
  note!: string;
}

export class ClearBlockerDto {
  @Text()
  note!: string;
}

const isReturn = (dto: object) => (dto as ReviewDto).verdict === 'return';
const isGrant = (dto: object) => (dto as DecisionDto).verdict === 'grant';

export class ReviewDto {
  @OneOf(['accept', 'return'])
  verdict!: 'accept' | 'return';

  @Texts({ min: 1, max: 20, longest: 2000, when: isReturn, example: ['缺少佐证材料'] })
  reasons?: string[];

  @DayField({ when: isReturn, about: 'By when it is wanted again.' })
  reworkBy?: string;
}

export class DecisionDto {
  @OneOf(['grant', 'refuse'])
  verdict!: 'grant' | 'refuse';

  @DayField({ when: isGrant })
  dueOn?: string;

  @Text({ when: dto => (dto as DecisionDto).verdict === 'refuse' })
  reason?: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

/** What the office orders is given a reason and, where there is one, the paper behind it. */
export class OrderDto {
  @Text()
  reason!: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class AssignmentsDto extends OrderDto {
  @Parts(() => AssignmentDto, { min: 1, max: 100 })
  roles!: AssignmentDto[];
}

export class DueDateDto extends OrderDto {
  @Part(() => DueDto, { optional: true, about: 'Left out: nothing is owed by a day any more.' })
  due?: DueDto;
}

export class ReportingLeadDto {
  @Key({ example: 'xiangtan:市科技局' })
  unit!: string;
}

export class BulkReceiptDto extends UnitDto {
  @Name({ example: '004' })
  plan!: string;
}
