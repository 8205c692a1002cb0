import { Module } from '@nestjs/common';
import { PlanViews } from './plan-views.js';
import { PlansController } from './plans.controller.js';

@Module({ controllers: [PlansController], providers: [PlanViews] })
export class PlansModule {}
