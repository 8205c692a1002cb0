import { type Settling } from './desk-model.js';

/** A natural key as part of a path. */
export const keyed = (key: string): string => encodeURIComponent(key);

/** The address of a task or, of what hangs on it, of its task. */
export function taskHref(subject: string): string {
  return `/v1/tasks/${keyed(subject.split('/')[0] ?? subject)}`;
}

/** The address of a submission by its key: `004:2023H1/xiangtan:岳塘区`. */
export function submissionHref(key: string): string {
  const slash = key.indexOf('/');
  return `/v1/rounds/${keyed(key.slice(0, slash))}/submissions/${keyed(key.slice(slash + 1))}`;
}

/** The address of a rollup, by the key of one of its editions: `004:2023Q2/1`. */
export function rollupHref(edition: string): string {
  return `/v1/rollups/${keyed(edition.slice(0, edition.lastIndexOf('/')))}`;
}

/** A command under an address. */
export function post(href: string, body: Settling['body'] = {}): Settling {
  return { method: 'POST', href, body };
}
