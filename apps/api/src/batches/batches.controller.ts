import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IndicatorService, type Request, TaskService } from '@duban/supervision';
import { type FastifyRequest } from 'fastify';
import { Asked } from '../http/asked.js';
import { Answers } from '../http/operations.js';
import { BulkReceiptDto } from '../tasks/task.dto.js';
import { Batch } from './batch.js';
import { BatchResult, ReceiptsResult, ReportsDto, ValuesDto } from './batch.dto.js';

/** Many commands in one request. */
@ApiTags('batches')
@Controller('v1')
export class BatchesController {
  constructor(
    private readonly batch: Batch,
    private readonly tasks: TaskService,
    private readonly indicators: IndicatorService,
  ) {}

  @Post('reports')
  @Answers('task.answer', 'Up to 1000 reports, one result for each', BatchResult)
  reports(
    @Asked() request: Request,
    @Req() http: FastifyRequest,
    @Body() { items }: ReportsDto,
  ): Promise<BatchResult> {
    return this.batch.run(
      http,
      request,
      items,
      ({ task }) => task,
      (each, { task, ...report }) => this.tasks.report(each, task, report),
    );
  }

  @Post('values')
  @Answers('value.report', 'Up to 1000 figures, one result for each', BatchResult)
  values(
    @Asked() request: Request,
    @Req() http: FastifyRequest,
    @Body() { items }: ValuesDto,
  ): Promise<BatchResult> {
    return this.batch.run(
      http,
      request,
      items,
      ({ indicator }) => indicator,
      (each, { indicator, ...value }) => this.indicators.reportValue(each, indicator, value),
    );
  }

  @Post('acknowledgements')
  @Answers(
    'task.answer',
    'Acknowledge all tasks of a plan that your unit has not acknowledged',
    ReceiptsResult,
  )
  async acknowledgements(
    @Asked() request: Request,
    @Body() { plan, unit }: BulkReceiptDto,
  ): Promise<ReceiptsResult> {
    return { outcomes: await this.tasks.acknowledgeMany(request, plan, { unit }) };
  }
}
