import { isConnectionFailure } from '@duban/event-store';

/**
 * Was the connection cut, and nothing else wrong? Cut in one direction while it says its password, a client is told that
 * the password is wrong.
 */
export function wasCut(error: unknown): boolean {
  return isConnectionFailure(error) || (error instanceof Error && 'code' in error && error.code === '28P01');
}
