import { Module } from '@nestjs/common';
import { ObligationTable, ReminderService } from '@duban/reminder';
import { type Core } from '@duban/supervision';
import { CORE } from '../core.module.js';
import { ReminderViews } from './reminder-views.js';
import { RemindersController } from './reminders.controller.js';

const reminders = {
  provide: ReminderService,
  inject: [CORE],
  useFactory: (core: Core) => new ReminderService(core, new ObligationTable(core)),
};

@Module({
  controllers: [RemindersController],
  providers: [reminders, ReminderViews],
  exports: [ReminderService],
})
export class RemindersModule {}
