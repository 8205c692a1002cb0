import { Injectable } from '@nestjs/common';
import { sees } from '@duban/access';
import { Rejection } from '@duban/event-store';
import { type Actor } from '@duban/platform';
import { type Group, jurisdictionOf, type Post, type Unit } from '@duban/unit';
import { type Page, pageOf, type PageQuery } from '../http/paging.js';
import { LedgerViews, type Look } from '../ledger/ledger-views.js';
import { type GroupRow, type PostRow, type UnitDetail, type UnitQuery, type UnitRow } from './unit.dto.js';

/** Units, groups and posts: the names of one's own place are no secret, other places are not one's business. */
@Injectable()
export class UnitViews {
  constructor(private readonly views: LedgerViews) {}

  async units(actor: Actor, { jurisdiction, q, ...page }: UnitQuery): Promise<Page<UnitRow>> {
    const look = await this.views.look(actor);
    const places = await this.views.places(look);
    const rows = [...look.directory.units]
      .filter(([, unit]) => places === '*' || places.has(unit.jurisdiction))
      .filter(([, unit]) => jurisdiction === undefined || unit.jurisdiction === jurisdiction)
      .map(([id, unit]) => unitRow(id, unit, look))
      .filter(({ name, aliases }) => q === undefined || [name, ...aliases].some(each => each.includes(q)));
    return pageOf(rows, ({ id }) => id, page);
  }

  /** @throws Rejection `not_found` */
  async unit(actor: Actor, text: string): Promise<UnitDetail> {
    const look = await this.views.look(actor);
    const id = await this.views.unitSeen(look, text);
    const current = await this.views.reader.state<Unit>('unit', id);
    if (!current) throw new Rejection('not_found', { what: text });
    const { version, state } = current;
    return {
      ...unitRow(id, state, look),
      version,
      names: state.names,
      actsFor: look.directory.actsFor(id, look.today),
    };
  }

  async groups(actor: Actor, { jurisdiction, q, ...page }: UnitQuery): Promise<Page<GroupRow>> {
    const look = await this.views.look(actor);
    const places = await this.views.places(look);
    const rows = [...look.directory.groups]
      .filter(([, group]) => places === '*' || places.has(group.jurisdiction))
      .filter(([, group]) => jurisdiction === undefined || group.jurisdiction === jurisdiction)
      .filter(([, { name }]) => q === undefined || name.includes(q))
      .map(([id, group]) => groupRow(id, group));
    return pageOf(rows, ({ id }) => id, page);
  }

  /** @throws Rejection `not_found` */
  async group(actor: Actor, text: string): Promise<GroupRow & { version: number }> {
    const id = await this.views.unitSeen(await this.views.look(actor), text);
    const current = await this.views.reader.state<Group>('group', id);
    if (!current) throw new Rejection('not_found', { what: text });
    return { ...groupRow(id, current.state), version: current.version };
  }

  /** Posts over one's units and plans. */
  async posts(actor: Actor, page: PageQuery): Promise<Page<PostRow>> {
    const look = await this.views.look(actor);
    const plans = (await this.views.plans(look)).map(({ code }) => code);
    const posts = await this.views.posts();
    const rows = [...posts]
      .filter(([, post]) => isSeen(post, look, plans))
      .map(([id, post]) => postRow(id, post));
    return pageOf(rows, ({ id }) => id, page);
  }

  /** The keys of units that a body names, by key, former name or alias. @throws Rejection `not_found` */
  async keys(names: readonly string[], jurisdiction: string): Promise<string[]> {
    const directory = await this.views.reader.directory();
    return names.map(name => {
      const id = directory.resolve(name);
      if (!id || jurisdictionOf(id) !== jurisdiction) throw new Rejection('not_found', { what: name });
      return id;
    });
  }
}

function isSeen({ scope }: Post, { actor }: Look, plans: readonly string[]): boolean {
  if ('plan' in scope) return plans.includes(scope.plan);
  return sees(actor, { units: 'unit' in scope ? [scope.unit] : scope.units });
}

function unitRow(
  id: string,
  { jurisdiction, kind, parent, aliases, ended }: Unit,
  { directory, today }: Look,
): UnitRow {
  return { id, jurisdiction, name: directory.name(id, today), kind, parent, aliases, ended };
}

function groupRow(id: string, { jurisdiction, name, open, members }: Group): GroupRow {
  return { id, jurisdiction, name, open, members };
}

function postRow(id: string, { jurisdiction, kind, scope, holders }: Post): PostRow {
  return { id, jurisdiction, kind, scope, holders };
}
