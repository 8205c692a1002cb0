import { type Day } from '@duban/calendar';
import { type ObligationDue } from './obligation.js';

/** The last of several due days, oldest first: since when its day has stood, and which others named that day. */
export function lastVersion(
  versions: readonly { on: Day | null; setOn: Day }[],
): Pick<ObligationDue, 'version' | 'sameDay'> & { setOn: Day | undefined } {
  const { length: version } = versions;
  const on = versions.at(-1)?.on;
  const sameDay = versions.flatMap((each, index) =>
    each.on === on && index + 1 < version ? [index + 1] : [],
  );
  const moved = versions.findLastIndex(each => each.on !== on);
  return { version, setOn: versions[moved + 1]?.setOn, ...(sameDay.length > 0 && { sameDay }) };
}
