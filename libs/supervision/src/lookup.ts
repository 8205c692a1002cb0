import { assertMay, type Action } from '@duban/access';
import { type Day } from '@duban/calendar';
import { Rejection } from '@duban/event-store';
import { type Indicator } from '@duban/indicator';
import { type LedgerReader, type UnitDirectory } from '@duban/ledger';
import { type Plan } from '@duban/plan';
import { type Round } from '@duban/round';
import { excusedMembers, type Task } from '@duban/task';
import { jurisdictionOf } from '@duban/unit';
import { type Request } from './request.js';

/** Finds what a command needs to know before it is decided, and refuses what is not the actor's. */
export class Lookup {
  constructor(readonly reader: LedgerReader) {}

  async plan(id: string): Promise<Plan> {
    return this.found<Plan>('plan', id);
  }

  async task(id: string): Promise<Task> {
    return this.found<Task>('task', id);
  }

  /** The same with its version, for a decision about what was seen and nothing newer. */
  async taskSeen(id: string): Promise<{ state: Task; version: number }> {
    return this.seen<Task>('task', id);
  }

  async indicator(id: string): Promise<Indicator> {
    return this.found<Indicator>('indicator', id);
  }

  async round(id: string): Promise<Round> {
    return this.found<Round>('round', id);
  }

  /** A unit by key, former name or alias. @throws Rejection `not_found` */
  unit(directory: UnitDirectory, text: string): string {
    const id = directory.resolve(text);
    if (!id) throw new Rejection('not_found', { what: text });
    return id;
  }

  /** The unit on whose behalf a request speaks, as the units stand now. @throws as `actingIn` */
  async acting(
    request: Request,
    named: string | null | undefined,
    today: Day,
    options: { toRead?: boolean } = {},
  ): Promise<ActingNow> {
    const directory = await this.reader.directory();
    return { ...this.actingIn(directory, request, named, today, options), directory };
  }

  /**
   * The unit on whose behalf a request speaks, with all units that it answers for. A unit speaks for itself and may name
   * only units it answers for; the office names the unit whose paper it enters.
   * `toRead`: a unit that has ended still sees what it did.
   * @throws Rejection `unit_needed`, `unit_ended`, `not_found`
   */
  actingIn(
    directory: UnitDirectory,
    { actor }: Request,
    named: string | null | undefined,
    today: Day,
    { toRead = false } = {},
  ): Acting {
    if (actor.role !== 'unit') {
      if (!named) throw new Rejection('unit_needed', {}, [{ pointer: '/unit', code: 'unit_needed' }]);
      const unit = this.unit(directory, named);
      return { unit, actsFor: directory.actsFor(unit, today) };
    }
    const unit = actor.unit ?? '';
    if (!toRead && directory.holder(unit, today) !== unit)
      throw new Rejection('unit_ended', { unit, on: directory.units.get(unit)?.ended?.on ?? today });
    const actsFor = directory.actsFor(unit, today);
    if (named && !actsFor.includes(this.unit(directory, named)))
      throw new Rejection('not_found', { what: named });
    return { unit, actsFor };
  }

  /** The units whose files a request may name: those that the actor answers for and, for the office, the one it speaks for. */
  filesOf(
    directory: UnitDirectory,
    { actor }: Request,
    named: string | null | undefined,
    today: Day,
  ): string[] {
    const spokenFor = actor.role === 'unit' || !named ? null : directory.resolve(named);
    const units = [actor.unit, spokenFor].filter(unit => typeof unit === 'string');
    return [...new Set(units.flatMap(unit => directory.actsFor(unit, today)))];
  }

  /**
   * Who reviews for a plan: the actor's unit with those it answers for, and the plan's office as it is today. An office
   * that has become another unit stays the office.
   */
  async reviewer({ actor }: Request, plan: string, today: Day): Promise<Reviewer> {
    const { office } = await this.plan(plan);
    const directory = await this.reader.directory();
    const reviewerUnit = directory.holder(actor.unit ?? office, today);
    const actsFor = directory.actsFor(reviewerUnit, today);
    return { reviewerUnit, office: directory.holder(office, today), actsFor };
  }

  /** The units that a task is addressed to, members of groups and whom a leader instructs included, as they answer today. */
  addressees(task: Task, directory: UnitDirectory, today: Day): string[] {
    const named = task.roles.filter(({ isGroup }) => !isGroup).map(({ holder }) => holder);
    const instructed = (task.instructions ?? []).flatMap(({ addressees }) => addressees);
    const units = [...named, ...instructed].map(unit => directory.holder(unit, today));
    return [...new Set([...units, ...this.members(task, directory, today)])];
  }

  /** Members of the groups that a task names: those of today and those asked when it was assigned, unless taken off it. */
  members(task: Task, directory: UnitDirectory, today: Day): string[] {
    const groups = task.roles.filter(({ isGroup }) => isGroup).map(({ holder }) => holder);
    const asked = directory.membersOf(groups, task.assignedOn ?? today);
    const owing = asked.map(unit => directory.holder(unit, today));
    const excused = excusedMembers(task).map(({ unit }) => directory.holder(unit, today));
    return [...new Set([...directory.membersOf(groups, today), ...owing])]
      .filter(unit => !excused.includes(unit))
      .sort();
  }

  /** Refuses an office or a leader outside their plans, and a unit outside its rows. */
  mayOffice({ actor }: Request, action: Action, plan: string): void {
    assertMay(actor, action, { plan });
  }

  private async found<S>(category: string, id: string): Promise<S> {
    return (await this.seen<S>(category, id)).state;
  }

  private async seen<S>(category: string, id: string): Promise<{ state: S; version: number }> {
    const known = await this.reader.state<S>(category, id);
    if (!known) throw new Rejection('not_found', { what: id });
    return known;
  }
}

/** The unit of this place that is called so. @throws Rejection `not_found`, also for units of other places */
export function unitIn(directory: UnitDirectory, place: string, text: string): string {
  const id = directory.resolve(text);
  if (!id || jurisdictionOf(id) !== place) throw new Rejection('not_found', { what: text });
  return id;
}

export type Acting = { unit: string; actsFor: string[] };
export type ActingNow = Acting & { directory: UnitDirectory };
export type Reviewer = { reviewerUnit: string; office: string; actsFor: string[] };
