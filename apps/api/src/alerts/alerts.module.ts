import { Module } from '@nestjs/common';
import { RemindersModule } from '../reminders/reminders.module.js';
import { AlertsController } from './alerts.controller.js';

@Module({ imports: [RemindersModule], controllers: [AlertsController] })
export class AlertsModule {}
