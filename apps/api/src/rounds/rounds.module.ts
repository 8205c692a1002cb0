import { Module } from '@nestjs/common';
import { RoundViews } from './round-views.js';
import { RoundsController } from './rounds.controller.js';

@Module({ controllers: [RoundsController], providers: [RoundViews] })
export class RoundsModule {}
