import { type Day } from '@duban/calendar';
import { type Group, membersOn, nameOn, predecessorsOf, successorOn, type Unit } from '@duban/unit';

/** All units and groups at one moment, and what follows from them: names, successors, members. */
export class UnitDirectory {
  private answering = { day: '', ofUnit: new Map<string, readonly string[]>() };

  constructor(
    readonly units: ReadonlyMap<string, Unit>,
    readonly groups: ReadonlyMap<string, Group>,
  ) {}

  /** The unit and those merged into it by that day: it answers for all of them. */
  actsFor(unit: string, day: Day): string[] {
    if (this.answering.day !== day) this.answering = { day, ofUnit: new Map() };
    const known = this.answering.ofUnit.get(unit);
    if (known) return [...known];
    const found = [unit, ...predecessorsOf(this.units.values(), unit, day)];
    // Looking through all units is for once a day, not for every request; a name that nobody has is not remembered.
    if (this.units.has(unit)) this.answering.ofUnit.set(unit, found);
    return [...found];
  }

  /** Who answers today for the unit that was named. */
  holder(named: string, day: Day): string {
    return successorOn(id => this.units.get(id) ?? null, named, day);
  }

  /** The members of these groups on a day, as units that answer today; each once, sorted. */
  membersOf(groups: readonly string[], day: Day): string[] {
    const members = groups.flatMap(id => {
      const group = this.groups.get(id);
      return group ? membersOn(group, day).map(unit => this.holder(unit, day)) : [];
    });
    return [...new Set(members)].sort();
  }

  /** The day on which one of these units joined the first of the groups that it is in, or null. */
  joinedOn(groups: readonly string[], units: readonly string[], day: Day): Day | null {
    const joined = groups.flatMap(id => this.groups.get(id)?.members ?? []);
    const present = joined.filter(
      ({ unit, from, to }) => units.includes(unit) && from <= day && (!to || day < to),
    );
    return present.map(({ from }) => from).sort()[0] ?? null;
  }

  name(unit: string, day: Day): string {
    const known = this.units.get(unit) ?? this.groups.get(unit);
    if (!known) return unit;
    return 'names' in known ? nameOn(known, day) : known.name;
  }

  /**
   * The natural key behind what somebody wrote: a key, or `jurisdiction:` with a former name or alias.
   * Null when nothing is known by it.
   */
  resolve(text: string): string | null {
    if (this.units.has(text) || this.groups.has(text)) return text;
    const colon = text.indexOf(':');
    const [jurisdiction, name] = [text.slice(0, colon), text.slice(colon + 1)];
    for (const [id, unit] of this.units) {
      if (
        unit.jurisdiction === jurisdiction &&
        (unit.aliases.includes(name) || unit.names.some(each => each.name === name))
      )
        return id;
    }
    for (const [id, group] of this.groups) {
      if (group.jurisdiction === jurisdiction && (group.name === name || group.aliases.includes(name)))
        return id;
    }
    return null;
  }
}
