import {
  isConnectionFailure,
  LogDamaged,
  MasterKeyMissing,
  MasterKeyWrong,
  SealKeyUnusable,
  Rejection,
  VersionConflict,
} from '@duban/event-store';
import {
  AlreadyRunning,
  ConfigurationError,
  EmbeddedServerError,
  isDefect,
  type Language,
  Problem,
  problemOf,
  type ProblemParams,
} from '@duban/platform';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { type CliCode, sentenceOf } from './sentences.js';

/** A refusal of the command line itself: a code with its sentences, and what the process ends with. */
export class CliFault extends Error {
  override readonly name = 'CliFault';

  constructor(
    readonly code: CliCode,
    readonly params: ProblemParams = {},
    readonly exit: ExitCode = exitCodes.refused,
  ) {
    super(sentenceOf(code, 'en', params));
  }
}

/** Ctrl-C, or a request to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** What is told about an error: for scripts a code, for people sentences, and for both what the process ends with. */
export type Failure = { exit: ExitCode; code: string; sentences: readonly string[] };

// Postgres refuses: wrong password, no such role, no such database, no right to connect.
const closedDoors = new Set(['28P01', '28000', '3D000', '42501']);

/** @param place the server that was spoken to, without its password */
export function failureOf(error: unknown, language: Language, place = ''): Failure {
  const known = failureOfProgram(error, language);
  if (known) return known;
  if (isUnreachable(error)) {
    const reason = reasonOf(error);
    return failed(
      exitCodes.unreachable,
      'unreachable',
      sentenceOf('unreachable', language, { place, reason }),
    );
  }
  if (isDefect(error)) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return failed(exitCodes.refused, 'internal', trace);
  }
  const { code, detail, errors = [] } = problemOf(error, language);
  const fields = errors.map(({ pointer, detail: sentence }) => `  ${pointer}: ${sentence}`);
  return { exit: exitCodes.refused, code, sentences: [detail, ...fields] };
}

function failureOfProgram(error: unknown, language: Language): Failure | null {
  if (error instanceof CliFault)
    return failed(error.exit, error.code, sentenceOf(error.code, language, error.params));
  if (error instanceof ConfigurationError) return failed(exitCodes.usage, 'configuration', error.message);
  if (error instanceof EmbeddedServerError)
    return failed(exitCodes.unreachable, 'embedded_server', error.message);
  if (error instanceof AlreadyRunning) return failed(exitCodes.refused, 'already_running', error.message);
  if (error instanceof LogDamaged) {
    const params = { position: error.position, kind: 'head_differs', message: error.message };
    return failed(exitCodes.tampered, 'tampering_found', sentenceOf('tampering_found', language, params));
  }
  if (error instanceof MasterKeyMissing || error instanceof MasterKeyWrong)
    return failed(exitCodes.usage, 'master_key', error.message);
  if (error instanceof SealKeyUnusable) return failed(exitCodes.usage, 'seal_key', error.message);
  if (error instanceof Interrupted)
    return { exit: exitCodes.interrupted, code: 'interrupted', sentences: [] };
  return null;
}

function failed(exit: ExitCode, code: string, sentence: string): Failure {
  return { exit, code, sentences: [sentence] };
}

/** Whether the database is away or keeps us out. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof Rejection || error instanceof Problem || error instanceof VersionConflict)
    return false;
  return isConnectionFailure(error) || (error instanceof Error && closedDoors.has(codeOf(error)));
}

/** In a few words; Node says nothing at all when all addresses of a name refused. */
function reasonOf(error: unknown): string {
  const { message } = error as Error;
  return message || codeOf(error as Error);
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
