import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { Health } from './health/health.js';
import { HttpMetrics } from './health/http-metrics.js';
import { Problems } from './http/problems.js';

/** What belongs to the HTTP server itself and is made before Nest is. */
export type EdgeParts = { problems: Problems; health: Health; figures: HttpMetrics };

@Global()
@Module({})
export class EdgeModule {
  static forRoot({ problems, health, figures }: EdgeParts): DynamicModule {
    const providers: Provider[] = [
      { provide: Problems, useValue: problems },
      { provide: Health, useValue: health },
      { provide: HttpMetrics, useValue: figures },
    ];
    return { module: EdgeModule, providers, exports: providers };
  }
}
