import { Module } from '@nestjs/common';
import { GroupsController } from './groups.controller.js';
import { PostsController } from './posts.controller.js';
import { UnitViews } from './unit-views.js';
import { UnitsController } from './units.controller.js';

@Module({ controllers: [UnitsController, GroupsController, PostsController], providers: [UnitViews] })
export class UnitsModule {}
