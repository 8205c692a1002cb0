import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReminderService } from '@duban/reminder';
import { type Outcome, type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Answers, Lists, Records } from '../http/operations.js';
import { type Page } from '../http/paging.js';
import { KeyPipe } from '../http/path.pipes.js';
import { ReminderDto, ReminderQuery, WhyDto } from './reminder.dto.js';
import { ReminderViews } from './reminder-views.js';

@ApiTags('reminders')
@Controller('v1/reminders')
export class RemindersController {
  constructor(
    private readonly views: ReminderViews,
    private readonly reminders: ReminderService,
  ) {}

  @Get()
  @Lists('plan.read', 'Who was told what and when, in the order of the days', ReminderDto)
  list(@Asked() { actor }: Request, @Query() query: ReminderQuery): Promise<Page<ReminderDto>> {
    return this.views.list(actor, query);
  }

  @Get(':reminder/why')
  @Answers('plan.read', 'Why it was sent: what was owed, by which rule, and the events behind it', WhyDto)
  why(@Asked() { actor }: Request, @Param('reminder', KeyPipe) reminder: string): Promise<WhyDto> {
    return this.reminders.why(actor, reminder);
  }

  @Post(':reminder/acknowledgements')
  @Records('reminder.answer', 'Say that it was read')
  acknowledge(@Asked() request: Request, @Param('reminder', KeyPipe) reminder: string): Promise<Outcome> {
    return this.reminders.acknowledge(request, reminder);
  }
}
