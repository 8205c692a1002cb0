import { Module } from '@nestjs/common';
import { Rollups } from '@duban/rollup';
import { type Core } from '@duban/supervision';
import { CORE } from '../core.module.js';
import { BulletinViews } from './bulletin-views.js';
import { BulletinsController } from './bulletins.controller.js';
import { RollupViews } from './rollup-views.js';
import { RollupsController } from './rollups.controller.js';

const rollups = { provide: Rollups, useFactory: (core: Core) => new Rollups(core), inject: [CORE] };

@Module({
  controllers: [RollupsController, BulletinsController],
  providers: [rollups, RollupViews, BulletinViews],
  exports: [Rollups, RollupViews],
})
export class RollupsModule {}
