import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { KeyStore } from '@duban/access';
import { EventStore } from '@duban/event-store';
import { LedgerReader } from '@duban/ledger';
import {
  AccessHistory,
  AccessService,
  BulletinService,
  type Core,
  CommandRunner,
  EvidenceService,
  ExchangeService,
  HolidayService,
  IndicatorService,
  PlanService,
  PolicyService,
  RoundService,
  SubmissionService,
  TaskService,
  UnitService,
} from '@duban/supervision';
import { LedgerViews } from './ledger/ledger-views.js';

/** The product without doors, for those who need more of it than one service. */
export const CORE = Symbol('core');

/** Gives every service of the core by its class. Whoever opened the core closes it, after the last request was answered. */
@Global()
@Module({})
export class CoreModule {
  static forRoot(core: Core): DynamicModule {
    const providers: Provider[] = [
      { provide: CORE, useValue: core },
      { provide: EventStore, useValue: core.events },
      { provide: LedgerReader, useValue: core.reader },
      { provide: CommandRunner, useValue: core.runner },
      { provide: KeyStore, useValue: core.access },
      { provide: AccessService, useValue: core.grants },
      { provide: AccessHistory, useValue: core.accessHistory },
      { provide: PlanService, useValue: core.plans },
      { provide: TaskService, useValue: core.tasks },
      { provide: ExchangeService, useValue: core.exchanges },
      { provide: IndicatorService, useValue: core.indicators },
      { provide: RoundService, useValue: core.rounds },
      { provide: SubmissionService, useValue: core.submissions },
      { provide: UnitService, useValue: core.units },
      { provide: PolicyService, useValue: core.policies },
      { provide: HolidayService, useValue: core.holidays },
      { provide: EvidenceService, useValue: core.evidence },
      { provide: BulletinService, useValue: core.bulletins },
      {
        provide: LedgerViews,
        useFactory: () => new LedgerViews(core),
      },
    ];
    return { module: CoreModule, providers, exports: providers };
  }
}
