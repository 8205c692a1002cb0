import { type Action, assertMay, daysToRead } from '@duban/access';
import { addDays, type Day } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type UnitDirectory, unitsOfTask } from '@duban/ledger';
import { type Actor } from '@duban/platform';
import { type Plan } from '@duban/plan';
import { type Task } from '@duban/task';
import { jurisdictionOf } from '@duban/unit';

/** What is asked about: a task of a plan, a plan, a unit. */
export type Subject = { plan?: Plan; task?: Task; unit?: string };

/** What could be done with it; the same rules decide it that decide a request. */
export type Doing = 'see' | 'answer' | 'decide' | 'instruct' | 'manage' | 'audit';

const actions: Readonly<Record<Doing, Action>> = {
  see: 'plan.read',
  answer: 'task.answer',
  decide: 'task.decide',
  instruct: 'task.instruct',
  manage: 'plan.manage',
  audit: 'record.read',
};
const doings = Object.keys(actions) as Doing[];

type At = { directory: UnitDirectory; on: Day };

/** Everything that the actor could do on the day, as far as access goes: whether a task took it then is for its rules. */
export function couldDo(actor: Actor, subject: Subject, at: At): Doing[] {
  const speaker = actor.role === 'unit' ? speakerOn(actor, at) : { actor, isOver: false };
  if (!speaker || (actor.role === 'unit' && !isOpenToUnits(actor, subject))) return [];
  const { plan, task, unit } = subject;
  const units = task ? unitsOfTask(task, { directory: at.directory, today: at.on }) : unit && [unit];
  const target = { ...(plan && { plan: plan.code }), ...(units && { units }) };
  const isNamed = !task || unit === undefined || may(speaker.actor, 'plan.read', { units: [unit] });
  return doings.filter(
    doing => isNamed && (doing === 'see' || !speaker.isOver) && may(speaker.actor, actions[doing], target),
  );
}

/** A unit with those that it answers for. One that has become another reads on for thirty days, and then no more. */
function speakerOn(actor: Actor, { directory, on }: At): { actor: Actor; isOver: boolean } | null {
  const { unit = '' } = actor;
  const ended = directory.units.get(unit)?.ended;
  if (ended && ended.into.length > 0 && on >= addDays(ended.on, daysToRead)) return null;
  return {
    actor: { ...actor, units: directory.actsFor(unit, on) },
    isOver: directory.holder(unit, on) !== unit,
  };
}

/** A plan is open to the units of its place from its issue on, a task once it is issued. */
function isOpenToUnits({ unit = '' }: Actor, { plan, task }: Subject): boolean {
  if (task) return task.issuedOn !== null;
  return !plan || (plan.issuedOn !== null && plan.jurisdiction === jurisdictionOf(unit));
}

function may(actor: Actor, action: Action, target: Parameters<typeof assertMay>[2]): boolean {
  // A machine says in whose name it decides: it could have.
  const named = actor.kind === 'machine' ? { ...actor, actingFor: actor.actingFor ?? actor.id } : actor;
  try {
    assertMay(named, action, target);
    return true;
  } catch (error) {
    if (error instanceof Rejection) return false;
    throw error;
  }
}
