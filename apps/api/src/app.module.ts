import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_PIPE } from '@nestjs/core';
import { type Core } from '@duban/supervision';
import { AccessModule } from './access/access.module.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { BatchesModule } from './batches/batches.module.js';
import { CoreModule } from './core.module.js';
import { DeskModule } from './desk/desk.module.js';
import { type EdgeParts, EdgeModule } from './edge.module.js';
import { EvidenceModule } from './evidence/evidence.module.js';
import { RoleGuard } from './http/operations.js';
import { RequestPipe } from './http/request.pipe.js';
import { HealthModule } from './health/health.module.js';
import { HolidaysModule } from './holidays/holidays.module.js';
import { IndicatorsModule } from './indicators/indicators.module.js';
import { KeysModule } from './keys/keys.module.js';
import { MeModule } from './me/me.module.js';
import { ObligationsModule } from './obligations/obligations.module.js';
import { PlansModule } from './plans/plans.module.js';
import { PoliciesModule } from './policies/policies.module.js';
import { QuartersModule } from './quarters/quarters.module.js';
import { RemindersModule } from './reminders/reminders.module.js';
import { RollupsModule } from './rollups/rollups.module.js';
import { RoundsModule } from './rounds/rounds.module.js';
import { SubmissionsModule } from './submissions/submissions.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { UnitsModule } from './units/units.module.js';

/** One module per resource. A new resource is a folder and a line here. */
const resources = [
  MeModule,
  PlansModule,
  TasksModule,
  IndicatorsModule,
  BatchesModule,
  RoundsModule,
  SubmissionsModule,
  EvidenceModule,
  ObligationsModule,
  DeskModule,
  AlertsModule,
  RemindersModule,
  RollupsModule,
  QuartersModule,
  UnitsModule,
  PoliciesModule,
  HolidaysModule,
  KeysModule,
  AccessModule,
  HealthModule,
];

@Module({})
export class AppModule {
  static forRoot(core: Core, edge: EdgeParts): DynamicModule {
    return {
      module: AppModule,
      imports: [CoreModule.forRoot(core), EdgeModule.forRoot(edge), ...resources],
      providers: [
        { provide: APP_GUARD, useClass: RoleGuard },
        { provide: APP_PIPE, useClass: RequestPipe },
      ],
    };
  }
}
