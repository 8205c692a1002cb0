// The framework alone: NestJS on Fastify answers a POST with a constant.
import 'reflect-metadata';
import { Body, Controller, Module, Param, Post } from '@nestjs/common';
import { serve } from './serve.js';

const answer = {
  ...{ id: '900:1.1', stream: 'task-900:1.1', version: 3, position: 20_201 },
  ...{ events: ['ProgressReported'], replayed: false },
};

@Controller('v1/tasks/:task')
class ReportsController {
  @Post('reports')
  report(@Param('task') _task: string, @Body() _body: object): typeof answer {
    return answer;
  }
}

@Module({ controllers: [ReportsController] })
class BareModule {}

await serve(BareModule);
