import { Module } from '@nestjs/common';
import { RollupsModule } from '../rollups/rollups.module.js';
import { RoundViews } from './round-views.js';
import { RoundsController } from './rounds.controller.js';

@Module({ imports: [RollupsModule], controllers: [RoundsController], providers: [RoundViews] })
export class RoundsModule {}
