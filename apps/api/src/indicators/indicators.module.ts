import { Module } from '@nestjs/common';
import { TasksModule } from '../tasks/tasks.module.js';
import { IndicatorViews } from './indicator-views.js';
import { IndicatorsController } from './indicators.controller.js';

@Module({ imports: [TasksModule], controllers: [IndicatorsController], providers: [IndicatorViews] })
export class IndicatorsModule {}
