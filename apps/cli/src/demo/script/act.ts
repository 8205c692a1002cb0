import { type Day } from '@duban/calendar';

/** Who does something: the name of a key in the key ring. A unit's key has the unit's own name, such as `xiangtan:市科技局`. */
export type Who = string;

/** The office of a plan; the second signature is another person of it. */
export const officeOf = (plan: string): Who => `office:${plan}`;
export const secondOf = (plan: string): Who => `office:${plan}/second`;

/** One command as it goes over HTTP. */
export type Act = {
  /** Names what is done, for the Idempotency-Key: once in the whole demo. */
  name: string;
  who: Who;
  path: string;
  body: object;
  /** What the demo tells of it, without its day; null for what happens by the hundred. */
  line: string | null;
  /** The refusal that the story is about; left out: it must succeed. */
  refused?: string;
};

/** An act and the first day on which it is done. */
export type Planned = { on: Day; act: Act };

/** `004:3.1` → `/v1/tasks/004%3A3.1` and the like. */
export function pathOf(
  resource: 'tasks' | 'indicators' | 'rounds' | 'plans' | 'units' | 'rollups',
  id: string,
  rest = '',
) {
  return `/v1/${resource}/${encodeURIComponent(id)}${rest}`;
}

/** `004:2023Q2/xiangtan:湘潭县` → the path of that submission. */
export function submissionPath(id: string, rest: string): string {
  const slash = id.indexOf('/');
  return pathOf(
    'rounds',
    id.slice(0, slash),
    `/submissions/${encodeURIComponent(id.slice(slash + 1))}/${rest}`,
  );
}

/** `xiangtan:市科技局` → `市科技局`. */
export function shortName(unit: string): string {
  return unit.slice(unit.indexOf(':') + 1);
}

/** `004:3.1` → `004/3.1`, as people write it. */
export function shortId(id: string): string {
  return id.replace(':', '/');
}

/** What shows that something is true: where it can be looked at. */
export function evidenceOf(title: string) {
  return [{ title, url: `https://example.org/${encodeURIComponent(title)}` }];
}
