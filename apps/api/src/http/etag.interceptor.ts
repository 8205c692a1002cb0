import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';

/** An answer with a `version` is one thing at one version: its ETag, to be sent back in If-Match. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body: unknown) => {
        const version = body !== null && typeof body === 'object' && 'version' in body ? body.version : null;
        if (typeof version === 'number') void reply.header('etag', `"${version}"`);
      }),
    );
  }
}
