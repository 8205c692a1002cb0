import type { Evidence } from '@duban/platform';

/** Whether there is something to look at, a stored file or a link: a title by itself shows nothing. */
export function isShown(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ sha256, url }) => sha256 || url);
}
