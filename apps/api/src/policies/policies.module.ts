import { Module } from '@nestjs/common';
import { Backtester, ObligationTable } from '@duban/reminder';
import { type Core } from '@duban/supervision';
import { CORE } from '../core.module.js';
import { PoliciesController } from './policies.controller.js';

const backtester = {
  provide: Backtester,
  inject: [CORE],
  useFactory: (core: Core) => new Backtester(core, new ObligationTable(core)),
};

@Module({ controllers: [PoliciesController], providers: [backtester] })
export class PoliciesModule {}
