import { DayField, Flag, OneOf, Part, Parts, Text, Texts } from '../http/fields.js';
import { EvidenceDto, PaperDto } from '../http/values.dto.js';
import { AnswerDto, AssignmentDto, OrderDto, ReceivedDto, UnitDto } from './task.dto.js';

export class ContestDto extends AnswerDto {
  @Text({ example: '不属本单位职能' })
  reason!: string;
}

export class ContestDecisionDto extends OrderDto {
  @OneOf(['uphold', 'reject'])
  verdict!: 'uphold' | 'reject';

  @Parts(() => AssignmentDto, {
    min: 1,
    max: 100,
    optional: true,
    about: 'Upheld: who is named from now on. Left out: those named now, without the unit that contests.',
  })
  roles?: AssignmentDto[];

  @Flag({
    optional: true,
    about:
      'Upheld, and nobody leads the task then: the office undertakes to name a lead within ten workdays.',
  })
  assign?: boolean;
}

export class ContributionRequestDto extends UnitDto {
  @Texts({ min: 1, max: 50, longest: 200, example: ['xiangtan:市文旅局'] })
  from!: string[];

  @Texts({ min: 1, max: 20, longest: 500, example: ['走访企业数'] })
  items!: string[];

  @DayField({ about: 'By when the answers are wanted.' })
  dueOn!: string;
}

export class ContributionAnswerDto extends ReceivedDto {
  @Texts({ min: 1, max: 20, longest: 2000, example: ['12家'], about: 'One for each item, in order.' })
  answers!: string[];

  @Parts(() => EvidenceDto, { max: 20, optional: true })
  evidence?: EvidenceDto[];
}

export class InstructionDto {
  @Text({ max: 4000, example: '请查明滞后原因' })
  text!: string;

  @Texts({ min: 1, max: 50, longest: 200, example: ['xiangtan:市科技局'] })
  addressees!: string[];

  @DayField({ about: 'By when it is to be answered.' })
  dueOn!: string;

  @Part(() => PaperDto, { optional: true, about: 'Needed when the office types the instruction.' })
  paper?: PaperDto;
}

export class InstructionAnswerDto extends ReceivedDto {
  @Text({ max: 4000 })
  text!: string;

  @Parts(() => EvidenceDto, { max: 20, optional: true })
  evidence?: EvidenceDto[];
}
