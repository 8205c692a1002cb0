import { Module } from '@nestjs/common';
import { RollupsModule } from '../rollups/rollups.module.js';
import { QuartersController } from './quarters.controller.js';

@Module({ imports: [RollupsModule], controllers: [QuartersController] })
export class QuartersModule {}
