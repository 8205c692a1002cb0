import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Core } from '@duban/supervision';
import { DutyWorker } from './worker.js';

/** Ends in the order that loses nothing: the work first, the connections last. */
export class WorkerLife implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly core: Core,
    private readonly worker: DutyWorker,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.core.close();
  }
}

@Module({})
export class WorkerModule {
  static forRoot(core: Core): DynamicModule {
    const useFactory = async () => new WorkerLife(core, await DutyWorker.start(core));
    return { module: WorkerModule, providers: [{ provide: WorkerLife, useFactory }] };
  }
}
