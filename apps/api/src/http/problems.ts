import { HttpException } from '@nestjs/common';
import { isContention, QueueFull, VersionConflict } from '@duban/event-store';
import {
  isDefect,
  type Language,
  languageOf,
  type Logger,
  Problem,
  type ProblemBody,
  problemOf,
} from '@duban/platform';
import { type FastifyRequest } from 'fastify';

const retrySeconds = 5;

/** Turns whatever was thrown into what the caller is told, and tells the log of what is ours to mend. */
export class Problems {
  constructor(private readonly logger: Logger) {}

  /** The body of the answer to a request that failed. */
  bodyOf(thrown: unknown, request: FastifyRequest): ProblemBody {
    const error = known(thrown, request);
    if (isDefect(error)) this.logger.error(`${request.id} ${request.method} ${request.url}`, stackOf(error));
    return problemOf(error, languageIn(request), request.id);
  }

  /** Headers that belong to an answer of that status. */
  headersOf(thrown: unknown, { status }: ProblemBody): Record<string, string> {
    if (status === 401) return { 'www-authenticate': 'Bearer' };
    if (status === 429 && thrown instanceof Problem) return { 'retry-after': String(thrown.params.seconds) };
    // A full queue is empty again in a moment; what is away takes longer to come back.
    return status === 503 ? { 'retry-after': thrown instanceof QueueFull ? '1' : String(retrySeconds) } : {};
  }
}

export function languageIn({ headers }: FastifyRequest): Language {
  return languageOf(headers['accept-language']);
}

function known(error: unknown, { headers }: FastifyRequest): unknown {
  const seen = headers['if-match'];
  if (error instanceof VersionConflict && seen !== undefined) {
    return new Problem('precondition_failed', { expected: seen.slice(0, 50) });
  }
  // Said of files alone: what lies outside the folder of the reading page is not there.
  if (error instanceof HttpException && error.getStatus() === 403)
    return new Problem('not_found', { what: '' });
  // Not ours to mend: others stood in the way, or the server took too long; asked again it may work.
  return isContention(error) || outOfReach.has(codeOf(error)) ? new Problem('unavailable') : error;
}

// A statement that took too long; a database that is just being put back.
const outOfReach: ReadonlySet<unknown> = new Set(['57014', '3D000']);

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
