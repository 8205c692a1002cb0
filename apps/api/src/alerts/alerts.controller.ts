import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReminderService } from '@duban/reminder';
import { type Request } from '@duban/supervision';
import { Asked } from '../http/asked.js';
import { Lists } from '../http/operations.js';
import { type Page, pageOf } from '../http/paging.js';
import { LedgerViews } from '../ledger/ledger-views.js';
import { AlertDto, AlertQuery } from './alert.dto.js';

const mostWorkdays = 99_999;

@ApiTags('alerts')
@Controller('v1/alerts')
export class AlertsController {
  constructor(
    private readonly reminders: ReminderService,
    private readonly views: LedgerViews,
  ) {}

  /** The latest first. */
  @Get()
  @Lists(
    'plan.read',
    'What is overdue in your rows, why, who was warned when, what is to be decided',
    AlertDto,
  )
  async list(@Asked() { actor }: Request, @Query() query: AlertQuery): Promise<Page<AlertDto>> {
    const { plan } = query;
    const unit = query.unit && (await this.views.ownUnit(await this.views.look(actor), query.unit));
    const alerts = await this.reminders.alerts(actor, { ...(plan && { plan }), ...(unit && { unit }) });
    return pageOf(alerts, ({ workdaysLate, obligation }) => `${rankOf(workdaysLate)} ${obligation}`, query);
  }
}

/** Sorts as text with the latest first. */
function rankOf(workdaysLate: number): string {
  return String(mostWorkdays - workdaysLate).padStart(5, '0');
}
