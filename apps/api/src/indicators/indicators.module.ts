import { Module } from '@nestjs/common';
import { TasksModule } from '../tasks/tasks.module.js';
import { IndicatorDefinitionsController } from './indicator-definitions.controller.js';
import { IndicatorHoldersController } from './indicator-holders.controller.js';
import { IndicatorViews } from './indicator-views.js';
import { IndicatorsController } from './indicators.controller.js';

@Module({
  imports: [TasksModule],
  controllers: [IndicatorsController, IndicatorHoldersController, IndicatorDefinitionsController],
  providers: [IndicatorViews],
})
export class IndicatorsModule {}
