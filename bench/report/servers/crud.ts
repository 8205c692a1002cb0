// The endpoint written the usual way: a guard that looks the key up, a service that saves the task and a history row
// in one transaction of TypeORM.
import 'reflect-metadata';
import {
  Body,
  type CanActivate,
  ConflictException,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  Module,
  NotFoundException,
  Param,
  Post,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { ReportDto } from '../../../apps/api/src/tasks/task.dto.js';
import { ApiKeyRow, HistoryRow, TaskRow } from './crud-entities.js';
import { reportedTask, type Reported } from './answer.js';
import { serve, validation } from './serve.js';

type Keyed = FastifyRequest & { key?: ApiKeyRow };

@Injectable()
class KeyGuard implements CanActivate {
  constructor(private readonly database: DataSource) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Keyed>();
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    const hash = createHash('sha256').update(token).digest();
    const key = await this.database.getRepository(ApiKeyRow).findOneBy({ hash });
    if (!key || key.revokedAt) throw new UnauthorizedException();
    request.key = key;
    return true;
  }
}

const Key = createParamDecorator(
  (_: unknown, host: ExecutionContext) => host.switchToHttp().getRequest<Keyed>().key,
);

@Injectable()
class ReportService {
  constructor(private readonly database: DataSource) {}

  async report(id: string, key: ApiKeyRow, body: ReportDto): Promise<Reported> {
    const today = new Date().toISOString().slice(0, 10);
    return this.database.transaction(async manager => {
      const task = await manager.findOneBy(TaskRow, { id });
      if (!task || task.leadUnit !== key.unit) throw new NotFoundException();
      if (task.status === 'closed') throw new ConflictException();
      task.status = 'in_progress';
      task.percent = body.percent ?? null;
      await manager.save(task);
      const history = await manager.save(
        manager.create(HistoryRow, {
          ...{ task, type: 'ProgressReported', unit: key.unit, reporter: key.holder },
          ...{ period: body.period ?? today.slice(0, 7), aboutOn: body.aboutOn ?? today },
          ...{ percent: body.percent ?? null, summary: body.summary, evidence: body.evidence ?? [] },
        }),
      );
      return reportedTask(id, task.version, Number(history.id));
    });
  }
}

@Controller('v1/tasks/:task')
@UseGuards(KeyGuard)
class ReportsController {
  constructor(private readonly reports: ReportService) {}

  @Post('reports')
  report(@Param('task') task: string, @Key() key: ApiKeyRow, @Body() body: ReportDto): Promise<Reported> {
    return this.reports.report(task, key, body);
  }
}

const database = new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL'],
  entities: [ApiKeyRow, TaskRow, HistoryRow],
  poolSize: 32,
  installExtensions: false,
});

@Module({
  controllers: [ReportsController],
  providers: [ReportService, { provide: DataSource, useFactory: () => database.initialize() }],
})
class CrudModule {}

await serve(CrudModule, validation());
