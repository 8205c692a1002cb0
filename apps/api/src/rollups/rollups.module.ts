import { Module } from '@nestjs/common';
import { Rollups } from '@duban/rollup';
import { type Core } from '@duban/supervision';
import { CORE } from '../core.module.js';
import { RollupViews } from './rollup-views.js';
import { RollupsController } from './rollups.controller.js';

const rollups = { provide: Rollups, useFactory: (core: Core) => new Rollups(core), inject: [CORE] };

@Module({ controllers: [RollupsController], providers: [rollups, RollupViews], exports: [RollupViews] })
export class RollupsModule {}
