import { Module } from '@nestjs/common';
import { MeController } from './me.controller.js';
import { MeViews } from './me-views.js';

@Module({ controllers: [MeController], providers: [MeViews] })
export class MeModule {}
