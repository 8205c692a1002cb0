import { type Addressee, type Ladder } from '@duban/policy';

/** One stage of a ladder. Reminders come until the end of the due day, escalations after it. */
export type Stage = {
  name: string;
  offset: number | 'opening';
  to: readonly Addressee[];
  kind: 'reminder' | 'escalation';
};

/** All stages of a ladder with what comes again after the last one, in their order. */
export function stagesOf({ stages, then }: Ladder): Stage[] {
  const own = stages.map(({ offset, to }) => stage(offset, to));
  const last = stages.at(-1)?.offset;
  if (!then || typeof last !== 'number') return own;
  const again = Array.from({ length: then.times }, (_, index) =>
    stage(last + then.every * (index + 1), then.to),
  );
  return [...own, ...again];
}

function stage(offset: Stage['offset'], to: Stage['to']): Stage {
  if (offset === 'opening') return { name: 'opening', offset, to, kind: 'reminder' };
  const isLate = offset > 0;
  return {
    name: isLate ? `+${offset}` : String(offset),
    offset,
    to,
    kind: isLate ? 'escalation' : 'reminder',
  };
}
