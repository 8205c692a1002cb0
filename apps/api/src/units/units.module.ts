import { Module } from '@nestjs/common';
import { Scorecards } from '@duban/rollup';
import { type Core } from '@duban/supervision';
import { CORE } from '../core.module.js';
import { GroupsController } from './groups.controller.js';
import { PostsController } from './posts.controller.js';
import { ScorecardsController } from './scorecards.controller.js';
import { UnitViews } from './unit-views.js';
import { UnitsController } from './units.controller.js';

const scorecards = { provide: Scorecards, useFactory: (core: Core) => new Scorecards(core), inject: [CORE] };

@Module({
  controllers: [UnitsController, GroupsController, PostsController, ScorecardsController],
  providers: [UnitViews, scorecards],
})
export class UnitsModule {}
