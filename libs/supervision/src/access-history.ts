import { accessEvents, AccessRecord, assertMay, rowsOf, type Standing } from '@duban/access';
import { type Calendar, type Day, dayOf, lastInstantOf } from '@duban/calendar';
import { type EventStore, Rejection, type TemporalProjection } from '@duban/event-store';
import { deciders, splitStream, UnitDirectory } from '@duban/ledger';
import { type Actor, type Clock } from '@duban/platform';
import { type Plan, planDecider } from '@duban/plan';
import { type Task, taskDecider } from '@duban/task';
import { type Group, type GroupEvent, jurisdictionOf, type Unit, type UnitEvent } from '@duban/unit';
import { couldDo, type Doing, type Subject } from './could-do.js';
import { type Request } from './request.js';

export type CouldFilter = { on?: Day; task?: string; plan?: string; unit?: string };

/** One way in which somebody could act on a day; `may` where it was asked about something. */
export type Could = Omit<Standing, 'actor'> & {
  holder: string;
  kind: Actor['kind'];
  role: Actor['role'];
  unit: string | null;
  units: readonly string[];
  plans: readonly string[];
  actingFor: string | null;
  may: readonly Doing[] | null;
};

type Parts = { events: EventStore; clock: Clock; calendar: Calendar };
type Known = { record: AccessRecord; directory: UnitDirectory };
type Asked = { on: Day; position: number } & CouldFilter;

const unitEvents: Record<(UnitEvent | GroupEvent)['type'], true> = {
  ...{ UnitRegistered: true, UnitRenamed: true, UnitAliasAdded: true, UnitMoved: true, UnitMerged: true },
  ...{ UnitSplit: true, UnitClosed: true, GroupDefined: true, MemberJoined: true, MemberLeft: true },
};

/** Who could have done what on any day, from the events: those of access, and the task and the units as known at its end. */
export class AccessHistory {
  constructor(private readonly parts: Parts) {}

  /** Everybody who could have acted on a day, within the asker's plans. @throws Rejection `forbidden_role`, `not_found` */
  async on({ actor }: Request, filter: CouldFilter = {}): Promise<Could[]> {
    assertMay(actor, 'record.read');
    const asked = await this.asked(filter);
    const { record, directory } = await this.known(asked.position);
    const places = await this.places(actor, asked.position);
    const subject = await this.subject(actor, asked, { directory, places });
    const all = record.standingOn(asked.on, this.parts.calendar.zone).map(each => ({
      ...seenBy(actor, each, places),
      may: subject && couldDo(each.actor, subject, { directory, on: asked.on }),
      isSeen: isSeen(actor, each.actor, places),
    }));
    return all
      .filter(({ isSeen: seen, may, keys }) => seen && (may === null || (may.length > 0 && keys.length > 0)))
      .map(({ isSeen: _, ...could }) => could);
  }

  private async asked(filter: CouldFilter): Promise<Asked> {
    const { clock, calendar, events } = this.parts;
    const today = dayOf(await clock.now(), calendar.zone);
    const { on = today } = filter;
    if (on > today) throw new Rejection('validation_failed', {}, [{ pointer: '/on', code: 'day_to_come' }]);
    const position =
      on === today
        ? (await events.head()).position
        : await events.positionAt(lastInstantOf(on, calendar.zone));
    return { ...filter, on, position };
  }

  /** Access up to now, for nothing of it reaches back; units and groups as they were known. */
  private async known(position: number): Promise<Known> {
    const units = new Map<string, Unit>();
    const groups = new Map<string, Group>();
    const record = new AccessRecord();
    const folding: TemporalProjection<AccessRecord> = {
      types: [...accessEvents, ...Object.keys(unitEvents)],
      initial: () => record,
      apply(into, stored) {
        const { category, id } = splitStream(stored.stream);
        if (category === 'access') return into.apply(stored);
        if (stored.position > position) return into;
        if (category === 'unit')
          put(units, id, deciders.unit.evolve(units.get(id) ?? null, stored.event as never));
        else put(groups, id, deciders.group.evolve(groups.get(id) ?? null, stored.event as never));
        return into;
      },
    };
    const { position: head } = await this.parts.events.head();
    await this.parts.events.projectionAt(folding, { position: head });
    return { record, directory: new UnitDirectory(units, groups) };
  }

  /** What is asked about, as it was known; null for nothing in particular. @throws Rejection `not_found` */
  private async subject(actor: Actor, asked: Asked, seen: Seen): Promise<Subject | null> {
    const { task: id, position } = asked;
    const plan = id === undefined ? asked.plan : id.slice(0, Math.max(0, id.indexOf(':')));
    const what = id ?? asked.plan ?? '';
    if (plan !== undefined) assertMay(actor, 'record.read', { plan, named: what });
    if (asked.plan !== undefined && asked.plan !== plan) throw new Rejection('not_found', { what });
    const unit = asked.unit === undefined ? undefined : unitSeen(asked.unit, seen);
    if (plan === undefined) return unit === undefined ? null : { unit };
    const { state: known } =
      (await this.parts.events.loadAt<Plan | null>(planDecider, `plan-${plan}`, { position })) ?? {};
    const task =
      id === undefined
        ? null
        : (await this.parts.events.loadAt<Task | null>(taskDecider, `task-${id}`, { position }))?.state;
    if (!known || task === undefined) throw new Rejection('not_found', { what });
    return { plan: known, ...(task && { task }), ...(unit !== undefined && { unit }) };
  }

  /** The places whose units the asker may know by name: those of the asker's plans. */
  private async places(actor: Actor, position: number): Promise<Places> {
    const { plans } = rowsOf(actor);
    if (plans === '*') return '*';
    const known = await Promise.all(
      plans.map(plan => this.parts.events.loadAt<Plan | null>(planDecider, `plan-${plan}`, { position })),
    );
    return new Set(known.flatMap(each => each?.state?.jurisdiction ?? []));
  }
}

function put<S>(states: Map<string, S>, id: string, state: S | null): void {
  if (state) states.set(id, state);
}

type Places = ReadonlySet<string> | '*';
type Seen = { directory: UnitDirectory; places: Places };

function unitSeen(named: string, { directory, places }: Seen): string {
  const id = directory.resolve(named);
  if (!id || !isOfPlace(id, places)) throw new Rejection('not_found', { what: named });
  return id;
}

const isOfPlace = (unit: string, places: Places) => places === '*' || places.has(jurisdictionOf(unit));

/** Who sees but some plans sees those who could touch them. */
function isSeen(asker: Actor, { role, unit, plans }: Actor, places: Places): boolean {
  const own = rowsOf(asker).plans;
  if (own === '*') return true;
  if (role === 'unit') return isOfPlace(unit ?? '', places);
  return plans === undefined || plans.some(plan => plan === '*' || own.includes(plan));
}

/** The same without the plans and units that are not the asker's to know. */
function seenBy(asker: Actor, { actor, ...standing }: Standing, places: Places): Omit<Could, 'may'> {
  const own = rowsOf(asker).plans;
  const { id: holder, kind, role, unit = null, units = [], plans = [], actingFor = null } = actor;
  return {
    ...standing,
    ...{ holder, kind, role, unit, actingFor },
    units: units.filter(each => isOfPlace(each, places)),
    plans: plans.filter(plan => plan === '*' || own === '*' || own.includes(plan)),
  };
}
