import { ApiProperty } from '@nestjs/swagger';
import { type DiffLine } from '@duban/rollup';
import { Key, OneOf, Part, Text, Texts, Whole, WholeInQuery } from '../http/fields.js';
import { PageQuery } from '../http/paging.js';
import { PaperDto } from '../http/values.dto.js';

export class RestatementDto {
  @Text({ about: 'Why another edition takes the place of the last one; printed in it.' })
  reason!: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;

  @Whole({
    min: 1,
    max: 999_999,
    optional: true,
    about: 'The edition that you have seen: refused when another took its place.',
  })
  of?: number;
}

export class ExplanationDto {
  @Text({ max: 400, example: 'indicator-004:i19@14', about: 'The correction, as in `corrections`.' })
  cause!: string;

  @Text({ about: 'Why the edition is not restated for it; printed beside it.' })
  text!: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

export class CirculationDto {
  @Texts({
    min: 1,
    max: 500,
    example: ['xiangtan:市财政局', 'leader:xiangtan/2'],
    about: 'Units, and posts of leaders.',
  })
  to!: string[];

  @Part(() => PaperDto, { optional: true, about: 'The paper by which it went out.' })
  paper?: PaperDto;
}

export class EditionReceiptDto {
  @Key({ optional: true, about: 'Who has seen it; the office says so for those who signed on paper.' })
  reader?: string;
}

export class DiffQuery {
  @WholeInQuery({ min: 1, max: 999_999, optional: true, about: 'The one before `to` when left out.' })
  from?: number;

  @WholeInQuery({ min: 1, max: 999_999, optional: true, about: 'The last one when left out.' })
  to?: number;
}

export class ReadingQuery extends PageQuery {
  @OneOf(['true', 'false'], { optional: true, about: 'Only the last edition of those who have not seen it.' })
  unread?: 'true' | 'false';
}

const diffKinds = [
  'plan',
  'task',
  'indicator',
  'unit',
  'rank',
] as const satisfies readonly DiffLine['kind'][];
const shown = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] };

export class DiffLineDto implements DiffLine {
  @ApiProperty({ type: 'string', enum: diffKinds })
  kind!: DiffLine['kind'];

  @ApiProperty({ type: 'string', example: '004:i19' })
  subject!: string;

  @ApiProperty({ type: 'string' })
  title!: string;

  @ApiProperty({ type: 'string', example: 'actual' })
  field!: string;

  @ApiProperty({ ...shown, example: 1010 })
  from!: DiffLine['from'];

  @ApiProperty({ ...shown, example: 980 })
  to!: DiffLine['to'];
}

export class EditionDiff {
  @ApiProperty({ type: 'string', example: '004:2023Q2' })
  id!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  from!: number;

  @ApiProperty({ type: 'integer', example: 2 })
  to!: number;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Why `to` took the place of the edition before it.',
  })
  reason!: string | null;

  @ApiProperty({ type: DiffLineDto, isArray: true })
  lines!: DiffLine[];
}

export class ReadingRow {
  @ApiProperty({ type: 'integer', example: 1, description: 'The edition.' })
  n!: number;

  @ApiProperty({ type: 'string', example: 'xiangtan:市财政局' })
  reader!: string;

  @ApiProperty({ type: 'string', format: 'date' })
  on!: string;

  @ApiProperty({
    type: 'string',
    enum: ['circulated', 'restated'],
    description: 'restated: it took the place of an edition that the reader got.',
  })
  through!: 'circulated' | 'restated';

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  paper!: object | null;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  seenOn!: string | null;
}
