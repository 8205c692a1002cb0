import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HolidayService, type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Answers, Records } from '../http/operations.js';
import { AnnounceHolidaysDto, HolidaysDto } from './holiday.dto.js';

@ApiTags('holidays')
@Controller('v1/holidays')
export class HolidaysController {
  constructor(private readonly holidays: HolidayService) {}

  @Get()
  @Answers(
    'plan.read',
    'Holidays that were announced here, and by which calendar days are counted',
    HolidaysDto,
  )
  announced(@Asked() { actor }: Request): Promise<HolidaysDto> {
    return this.holidays.announced(actor);
  }

  @Post()
  @Records('holiday.manage', 'Announce the holidays of a year, or others in their place')
  announce(@Asked() request: Request, @Body() body: AnnounceHolidaysDto): Promise<Outcome> {
    const { year, holidays, workdays = [], reason = null, paper = null } = body;
    return this.holidays.announce(request, { year, holidays, workdays, reason, paper });
  }
}
