import { type Frequency } from '@duban/indicator';
import { DayField, Figure, OneOf, Part, PeriodField, Text, Whole } from '../http/fields.js';
import { OrderDto } from '../tasks/task.dto.js';
import { BaselineDto, frequencies, longestLag, TargetDto } from './indicator.dto.js';

export class DefinitionDto extends OrderDto {
  @Text({ max: 500 })
  title!: string;

  @Text({ optional: true, about: 'What is counted, and how (口径).' })
  definition?: string;
}

export class CadenceDto {
  @OneOf(frequencies)
  frequency!: Frequency;

  @Whole({ ...longestLag, about: 'Days after the period until the figure is published.' })
  lagDays!: number;

  @Text({ max: 500, optional: true, about: 'Where the figure comes from.', example: '统计公报' })
  source?: string;
}

export class SourcedBaselineDto extends BaselineDto {
  @Text({ max: 500, optional: true, example: '2022年统计公报' })
  source?: string;
}

export class NewTargetDto {
  @Part(() => TargetDto)
  target!: TargetDto;
}

export class ComparatorDto {
  @PeriodField()
  period!: string;

  @Figure()
  value!: number;

  @Text({ max: 500, example: '全省平均' })
  source!: string;
}

export class PublicationDto {
  @PeriodField()
  period!: string;

  @DayField({ about: 'The day on which the figure will be there.' })
  availableOn!: string;

  @Text()
  reason!: string;
}
