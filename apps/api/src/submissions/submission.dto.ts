import { ApiProperty } from '@nestjs/swagger';
import { type SubmissionItem } from '@duban/round';
import { type SubmissionForm } from '@duban/supervision';
import { DayField, Figure, Flag, Key, NotBeside, Part, Parts, Percent, Text } from '../http/fields.js';
import { enteredPaper, EvidenceDto, PaperDto } from '../http/values.dto.js';

const isReport = (dto: object) =>
  (dto as ItemDto).task !== undefined || (dto as ItemDto).indicator === undefined;
const isValue = (dto: object) => (dto as ItemDto).indicator !== undefined;

/** A report on a task (`task`, `percent`, `note`) or a value of an indicator (`indicator`, `value`, `confirmed`). */
export class ItemDto {
  @Key({ when: isReport, example: '004:3.1' })
  task?: string;

  @Key({ when: isValue, example: '004:i12' })
  @NotBeside('task')
  indicator?: string;

  @Percent({ optional: true })
  percent?: number;

  @Text({ max: 4000, when: isReport })
  note?: string;

  @Figure({ when: isValue })
  value?: number;

  @Flag({ optional: true })
  confirmed?: boolean;

  @Parts(() => EvidenceDto, { max: 20, optional: true })
  evidence?: EvidenceDto[];
}

export class DraftDto {
  @Parts(() => ItemDto, { max: 500, optional: true })
  items?: ItemDto[];

  @Text({ max: 20_000, optional: true })
  summary?: string;

  @Parts(() => EvidenceDto, { max: 50, optional: true })
  evidence?: EvidenceDto[];
}

export class HandInDto extends DraftDto {
  @DayField({ optional: true, about: 'The day the office received the paper that it enters.' })
  receivedOn?: string;

  @Part(() => PaperDto, enteredPaper)
  paper?: PaperDto;
}

export class ReturnReasonDto {
  @Text({ max: 200, example: '004:5.3', about: 'The task or indicator, or `summary`.' })
  item!: string;

  @Text()
  reason!: string;
}

export class ReturnDto {
  @Parts(() => ReturnReasonDto, { min: 1, max: 100 })
  reasons!: ReturnReasonDto[];

  @DayField()
  reworkBy!: string;
}

export class FormDto {
  @ApiProperty({
    type: 'integer',
    description: 'Of the submission, for If-Match; a draft does not change it.',
  })
  version!: number;

  @ApiProperty({ type: 'string', example: '004:2023H1' })
  round!: string;

  @ApiProperty({ type: 'string', example: 'xiangtan:岳塘区' })
  unit!: string;

  @ApiProperty({ type: 'string', enum: ['open', 'handed_in', 'returned', 'accepted', 'waived'] })
  status!: SubmissionForm['status'];

  @ApiProperty({ type: 'string', format: 'date' })
  dueOn!: string;

  @ApiProperty({ type: 'boolean' })
  needsEvidence!: boolean;

  @ApiProperty({ type: 'boolean' })
  needsSummary!: boolean;

  @ApiProperty({ type: 'object', isArray: true, additionalProperties: true })
  tasks!: SubmissionForm['tasks'];

  @ApiProperty({ type: 'object', isArray: true, additionalProperties: true })
  indicators!: SubmissionForm['indicators'];

  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'What was kept by PUT.',
  })
  draft!: SubmissionForm['draft'];
}

/** The items as the rules want them: what was left out is null or empty. */
export function itemsOf(items: readonly ItemDto[]): SubmissionItem[] {
  return items.map(({ task, indicator, percent, note, value, confirmed, evidence }): SubmissionItem => {
    if (task !== undefined)
      return { task, percent: percent ?? null, note: note ?? '', evidence: evidence ?? [] };
    return {
      indicator: indicator ?? '',
      value: value ?? 0,
      confirmed: confirmed ?? false,
      evidence: evidence ?? [],
    };
  });
}
