import { Module } from '@nestjs/common';
import { Holders } from './holders.js';
import { TaskAnswersController } from './task-answers.controller.js';
import { TaskDecisionsController } from './task-decisions.controller.js';
import { TaskViews } from './task-views.js';
import { TasksController } from './tasks.controller.js';

@Module({
  controllers: [TasksController, TaskAnswersController, TaskDecisionsController],
  providers: [TaskViews, Holders],
  exports: [TaskViews, Holders],
})
export class TasksModule {}
