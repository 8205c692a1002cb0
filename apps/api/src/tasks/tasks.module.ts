import { Module } from '@nestjs/common';
import { EditionTable } from '@duban/rollup';
import { type Core } from '@duban/supervision';
import { CORE } from '../core.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { DossierViews } from './dossier-views.js';
import { DossiersController } from './dossiers.controller.js';
import { Holders } from './holders.js';
import { TaskAmendmentsController } from './task-amendments.controller.js';
import { TaskAnswersController } from './task-answers.controller.js';
import { TaskDecisionsController } from './task-decisions.controller.js';
import { TaskExchangesController } from './task-exchanges.controller.js';
import { TaskViews } from './task-views.js';
import { TasksController } from './tasks.controller.js';

const editions = {
  provide: EditionTable,
  useFactory: ({ pool }: Core) => new EditionTable(pool),
  inject: [CORE],
};

@Module({
  imports: [RemindersModule],
  controllers: [
    TasksController,
    TaskAnswersController,
    TaskDecisionsController,
    TaskAmendmentsController,
    TaskExchangesController,
    DossiersController,
  ],
  providers: [TaskViews, Holders, DossierViews, editions],
  exports: [TaskViews, Holders],
})
export class TasksModule {}
