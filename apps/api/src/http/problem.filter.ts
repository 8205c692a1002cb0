import { type ArgumentsHost, Catch, type ExceptionFilter, NotFoundException } from '@nestjs/common';
import { Problem } from '@duban/platform';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Problems } from './problems.js';
import { type RouteTable } from './route-table.js';

/** Every error leaves here, as RFC 9457 says. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly problems: Problems,
    private readonly routes: RouteTable,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    // Only Nest's router throws this one: our own code says what was not found.
    const allowed = thrown instanceof NotFoundException ? this.otherMethods(request) : [];
    const error = thrown instanceof NotFoundException ? unknownRoute(request, allowed) : thrown;
    const body = this.problems.bodyOf(error, request);
    if (allowed.length > 0) void reply.header('allow', allowed.join(', '));
    void reply
      .headers(this.problems.headersOf(error, body))
      .header('cache-control', 'no-store')
      .type('application/problem+json; charset=utf-8')
      .code(body.status)
      .send(JSON.stringify(body));
  }

  /** What an address is served with, where that is the fault; a file that is not there is served with GET, too. */
  private otherMethods({ url, method }: FastifyRequest): string[] {
    const served = this.routes.methodsAt(url);
    return served.includes(method) ? [] : served;
  }
}

function unknownRoute({ url }: FastifyRequest, allowed: readonly string[]): Problem {
  return allowed.length > 0
    ? new Problem('method_not_allowed')
    : new Problem('not_found', { what: url.slice(0, 200) });
}
