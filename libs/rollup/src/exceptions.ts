import { type Obligation, type PlanLedger } from '@duban/ledger';
import {
  type ExceptionLine,
  type Frame,
  type IndicatorLine,
  type TaskLine,
  type Warned,
  type Warning,
} from './edition-model.js';
import { distinct, sorted } from './order.js';

const mostWarnings = 3;

/** Every red and amber task and indicator; red first, then what turned so now, then by age and key. */
export function exceptionsOf(
  ledger: PlanLedger,
  tasks: readonly TaskLine[],
  indicators: readonly IndicatorLine[],
  obligations: readonly Obligation[],
  warnings: readonly Warning[],
  frame: Frame,
): ExceptionLine[] {
  const warned = warningsBySubject(obligations, warnings);
  const lines = [
    ...tasks.filter(isException).map(line => taskException(ledger, line, warned, frame)),
    ...indicators.filter(isException).map(line => indicatorException(line, warned)),
  ];
  return sorted(lines, ({ colour, before, since, subject }) => [
    colour === 'red' ? 0 : 1,
    before === colour ? 1 : 0,
    since ?? '9999',
    subject,
  ]);
}

function isException({ light }: TaskLine | IndicatorLine): boolean {
  return light.colour === 'red' || light.colour === 'amber';
}

function taskException(
  ledger: PlanLedger,
  line: TaskLine,
  warned: ReadonlyMap<string, readonly Warned[]>,
  { judgedOn }: Frame,
): ExceptionLine {
  const blockers = ledger.tasks.get(line.id)?.blockers ?? [];
  return {
    ...lightParts(line),
    subject: line.id,
    kind: 'task',
    units: line.leads.length > 0 ? line.leads : line.units,
    warned: latest(warned.get(line.id) ?? []),
    blockedBy: blockers
      .filter(({ on, clearedOn }) => on <= judgedOn && (clearedOn === null || clearedOn > judgedOn))
      .map(({ on, kind, note }) => ({ on, kind, note })),
    sinceThen: line.sinceThen,
  };
}

function indicatorException(
  line: IndicatorLine,
  warned: ReadonlyMap<string, readonly Warned[]>,
): ExceptionLine {
  // Missing is the provider's, falling short is the owner's: never both in one name.
  const isMissing = line.light.concern === 'missing_report';
  const answering = isMissing ? (line.parts?.absent ?? line.providers) : line.owners;
  return {
    ...lightParts(line),
    subject: line.id,
    kind: 'indicator',
    units: answering.length > 0 ? answering : line.providers,
    warned: latest(warned.get(line.id) ?? []),
    blockedBy: [],
    sinceThen: [],
  };
}

function lightParts({ code, title, light, before }: TaskLine | IndicatorLine) {
  const { colour, reason, concern, since, params, rule } = light;
  return { code, title, colour, before, reason, concern, since, params, rule };
}

// Reminders of receipts and reviews say nothing about why a thing is red.
const told = new Set<Obligation['kind']>([
  'report',
  'task_due',
  'milestone',
  'rework',
  'value',
  'assign_lead',
]);

/** A milestone's messages (`004:3.1/m1`) are its task's. */
function warningsBySubject(
  obligations: readonly Obligation[],
  warnings: readonly Warning[],
): Map<string, Warned[]> {
  const subjects = new Map(
    obligations.flatMap(({ id, kind, subject }) =>
      told.has(kind) ? [[id, subject.split('/')[0] ?? subject] as const] : [],
    ),
  );
  const found = new Map<string, Warned[]>();
  for (const { obligation, on, stage, kind, recipients } of warnings) {
    const subject = subjects.get(obligation);
    if (subject === undefined) continue;
    found.set(subject, [...(found.get(subject) ?? []), { on, stage, kind, to: distinct(recipients) }]);
  }
  return found;
}

function latest(warned: readonly Warned[]): ExceptionLine['warned'] {
  const inOrder = sorted(warned, ({ on, stage, to }) => [on, stage, to.join(' ')]);
  return { count: inOrder.length, latest: inOrder.slice(-mostWarnings) };
}
