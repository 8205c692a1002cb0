import { Module } from '@nestjs/common';
import { ObligationViews } from './obligation-views.js';
import { ObligationsController } from './obligations.controller.js';

@Module({ controllers: [ObligationsController], providers: [ObligationViews] })
export class ObligationsModule {}
