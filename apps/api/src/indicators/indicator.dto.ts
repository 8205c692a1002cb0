import { ApiProperty } from '@nestjs/swagger';
import {
  type Bound,
  type Direction,
  type Frequency,
  type Kind,
  type Link,
  type ProviderMode,
  type Target,
} from '@duban/indicator';
import {
  Code,
  DayField,
  Figure,
  Flag,
  Key,
  OneOf,
  Part,
  Parts,
  PeriodField,
  Text,
  Texts,
  Whole,
} from '../http/fields.js';
import { PageQuery } from '../http/paging.js';
import { enteredPaper, EvidenceDto, PaperDto } from '../http/values.dto.js';

const directions = [
  'more',
  'less',
  'about',
  'maintain',
  'yes_no',
  'rank',
  'coverage',
] as const satisfies readonly Direction[];
const kinds = [
  'stock',
  'flow_cumulative',
  'flow_period',
  'ratio',
  'growth',
  'yes_no',
  'rank',
  'coverage',
  'relative',
] as const satisfies readonly Kind[];
const bounds = ['>=', '>', '<=', '<', '~', '=', 'range'] as const satisfies readonly Bound[];
export const frequencies = ['month', 'quarter', 'half_year', 'year'] as const satisfies readonly Frequency[];
/** In days, after the end of a period. */
export const longestLag = { min: 0, max: 800 };
const modes = ['one_of', 'each', 'sum'] as const satisfies readonly ProviderMode[];

export class IndicatorQuery extends PageQuery {
  @Key({ optional: true, example: '004' })
  plan?: string;

  @Key({ optional: true, example: 'xiangtan:市科技局', about: 'Owner or provider.' })
  unit?: string;

  @OneOf(['table', 'text'], { optional: true })
  source?: 'table' | 'text';
}

export class TargetDto implements Target {
  @Text({ max: 20, example: '2023', about: 'A period, or `yearly`.' })
  horizon!: string;

  @OneOf(bounds)
  bound!: Bound;

  @Figure({ example: 830 })
  floor!: number;

  @Figure({ optional: true })
  stretch!: number | null;

  @OneOf(kinds, { optional: true })
  kind!: Kind | null;

  @OneOf(['plain', 'ensure', 'strive'])
  commitment!: Target['commitment'];

  @Flag()
  forecast!: boolean;

  @Text({ max: 500 })
  words!: string;

  @Text({ max: 500 })
  clause!: string;

  @Figure({ min: 0, max: 100, optional: true })
  tolerance?: number;
}

export class LinkDto implements Link {
  @Code()
  plan!: string;

  @Key({ optional: true })
  task!: string | null;

  @Code({ optional: true })
  section!: string | null;

  @Text({ max: 500 })
  clause!: string;
}

export const targetOf = ({ stretch = null, kind = null, ...target }: TargetDto): Target => ({
  ...target,
  stretch,
  kind,
});

export const linkOf = ({ task = null, section = null, ...link }: LinkDto): Link => ({
  ...link,
  task,
  section,
});

export class BaselineDto {
  @PeriodField({ example: '2022' })
  period!: string;

  @Figure()
  value!: number;
}

export class DefineIndicatorDto {
  @Code({ example: '004' })
  plan!: string;

  @Code({ example: 'i12' })
  code!: string;

  @Text({ max: 500 })
  title!: string;

  @Text({ max: 50, example: '家' })
  measure!: string;

  @OneOf(['table', 'text'])
  source!: 'table' | 'text';

  @OneOf(directions)
  direction!: Direction;

  @OneOf(kinds)
  kind!: Kind;

  @Flag({ optional: true })
  annualOnly?: boolean;

  @Text({ optional: true })
  definition?: string;

  @Texts({ max: 50 })
  owners!: string[];

  @Texts({ max: 50 })
  providers!: string[];

  @OneOf(modes, { optional: true })
  providerMode?: ProviderMode;

  @OneOf(frequencies)
  frequency!: Frequency;

  @Whole({ ...longestLag, optional: true, about: 'Days after the period until the figure is published.' })
  lagDays?: number;

  @Parts(() => LinkDto, { max: 50, optional: true })
  links?: LinkDto[];

  @Parts(() => BaselineDto, { max: 100, optional: true })
  baselines?: BaselineDto[];

  @Parts(() => TargetDto, { max: 100, optional: true })
  targets?: TargetDto[];
}

class UnitOfFigure {
  @Key({ optional: true, example: 'xiangtan:市科技局' })
  unit?: string;

  @PeriodField()
  period!: string;

  @Figure({ example: 845 })
  value!: number;

  @Part(() => PaperDto, enteredPaper)
  paper?: PaperDto;
}

export class ValueDto extends UnitOfFigure {
  @Flag({ optional: true, about: 'Sent again after a warning that it is implausible.' })
  confirmed?: boolean;

  @DayField({ optional: true })
  receivedOn?: string;

  @Parts(() => EvidenceDto, { max: 20, optional: true })
  evidence?: EvidenceDto[];
}

export class RevisionDto extends UnitOfFigure {
  @Text()
  reason!: string;

  @Parts(() => EvidenceDto, { max: 20, optional: true, about: 'Beside what stands there.' })
  evidence?: EvidenceDto[];

  @Flag({ optional: true, about: 'Sent again after a warning that it is implausible.' })
  confirmed?: boolean;
}

export class CorrectionDto extends RevisionDto {
  @Text({ about: 'What the right figure rests on.' })
  basis!: string;
}

export class ConfirmationDto {
  @PeriodField()
  period!: string;
}

export class RejectionDto extends ConfirmationDto {
  @Key({ example: 'xiangtan:市科技局' })
  unit!: string;

  @Text()
  reason!: string;
}

export class TargetChangeDto {
  @Text({ max: 20, example: '2023' })
  horizon!: string;

  @Figure({ example: 860 })
  floor!: number;

  @Figure({ optional: true })
  stretch!: number | null;
}

export class TargetRevisionDto {
  @Code({ optional: true, about: "The plan whose target it is; the indicator's own when left out." })
  plan?: string;

  @Parts(() => TargetChangeDto, { min: 1, max: 50 })
  changes!: TargetChangeDto[];

  @Text()
  reason!: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class IndicatorRow {
  @ApiProperty({ type: 'string', example: '004:i12' })
  id!: string;

  @ApiProperty({ type: 'string', example: '004' })
  plan!: string;

  @ApiProperty({ type: 'string' })
  title!: string;

  @ApiProperty({ type: 'string', example: '家' })
  measure!: string;

  @ApiProperty({ type: 'string', enum: ['table', 'text'] })
  source!: string;

  @ApiProperty({ type: 'string', isArray: true })
  owners!: readonly string[];

  @ApiProperty({ type: 'string', isArray: true })
  providers!: readonly string[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The figure of the present quarter against its target, with colour and reason.',
    example: { period: '2023Q2', value: 845, planned: 850, light: { colour: 'amber', reason: 'behind' } },
  })
  judgement!: object | null;
}

export class IndicatorDetail extends IndicatorRow {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Targets with their versions, observations, …',
  })
  state!: object;

  @ApiProperty({ type: 'object', isArray: true, additionalProperties: true })
  obligations!: readonly object[];
}
