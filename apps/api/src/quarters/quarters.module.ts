import { Module } from '@nestjs/common';
import { RemindersModule } from '../reminders/reminders.module.js';
import { RollupsModule } from '../rollups/rollups.module.js';
import { QuartersController } from './quarters.controller.js';
import { ToldLeaders } from './told.js';

@Module({
  imports: [RollupsModule, RemindersModule],
  controllers: [QuartersController],
  providers: [ToldLeaders],
})
export class QuartersModule {}
