import { ApiProperty } from '@nestjs/swagger';
import { type ContributionLine, type ContributionPart, type ReportForm } from '@duban/ledger';
import { PeriodField } from '../http/fields.js';

export class ReportFormQuery {
  @PeriodField({ optional: true, about: 'The quarter of today when left out.' })
  period?: string;
}

export class ContributionPartDto implements ContributionPart {
  @ApiProperty({ type: 'string', example: 'xiangtan:市文旅局' })
  unit!: string;

  @ApiProperty({ type: 'string', format: 'date', nullable: true })
  on!: string | null;

  @ApiProperty({ type: 'string', isArray: true, nullable: true, description: 'Null: it is silent.' })
  answers!: readonly string[] | null;
}

export class ContributionLineDto implements ContributionLine {
  @ApiProperty({ type: 'integer', example: 1 })
  n!: number;

  @ApiProperty({ type: 'string', description: 'The lead that asked.' })
  unit!: string;

  @ApiProperty({ type: 'string', isArray: true, example: ['走访企业数'] })
  items!: readonly string[];

  @ApiProperty({ type: 'string', format: 'date' })
  dueOn!: string;

  @ApiProperty({ type: ContributionPartDto, isArray: true })
  parts!: readonly ContributionPartDto[];

  @ApiProperty({ type: 'string', isArray: true, description: 'Who was asked and has said nothing.' })
  silent!: readonly string[];
}

/** A report on a period as far as it is known before anybody writes a word. */
export class ReportFormDto implements ReportForm {
  @ApiProperty({ type: 'string', example: '004:3.1' })
  task!: string;

  @ApiProperty({ type: 'string', example: '2023Q2' })
  period!: string;

  @ApiProperty({ type: 'number', nullable: true })
  percent!: number | null;

  @ApiProperty({ type: 'string', nullable: true })
  summary!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The report that another must supersede.' })
  standing!: number | null;

  @ApiProperty({ type: ContributionLineDto, isArray: true })
  contributions!: readonly ContributionLineDto[];
}
