import { ApiProperty } from '@nestjs/swagger';
import { Days, Part, Text, Whole } from '../http/fields.js';
import { PaperDto } from '../http/values.dto.js';

export class AnnounceHolidaysDto {
  @Whole({ min: 1990, max: 2100, example: 2027 })
  year!: number;

  @Days({ max: 100, about: 'Days off, weekends among them or not.', example: ['2027-01-01'] })
  holidays!: string[];

  @Days({ max: 50, optional: true, about: 'Days of rest that are worked (调休).', example: ['2027-01-03'] })
  workdays?: string[];

  @Text({ optional: true, about: 'Needed where the year was known before: why it is told otherwise.' })
  reason?: string;

  @Part(() => PaperDto, { optional: true })
  paper?: PaperDto;
}

class NoticeDto {
  @ApiProperty({ type: 'integer', example: 2027 })
  year!: number;

  @ApiProperty({ type: 'string', format: 'date', isArray: true })
  holidays!: readonly string[];

  @ApiProperty({ type: 'string', format: 'date', isArray: true })
  workdays!: readonly string[];

  @ApiProperty({ type: () => PaperDto, nullable: true })
  paper!: PaperDto | null;

  @ApiProperty({ type: 'string', format: 'date', description: 'When it was announced here.' })
  on!: string;
}

export class HolidaysDto {
  @ApiProperty({ type: 'string', description: 'By which table and notices days are counted now.' })
  version!: string;

  @ApiProperty({
    type: () => NoticeDto,
    isArray: true,
    description: 'Beside the table of the build, by year.',
  })
  notices!: readonly NoticeDto[];
}
