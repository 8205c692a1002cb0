import { Injectable } from '@nestjs/common';
import { sees } from '@duban/access';
import { type Bulletin } from '@duban/bulletin';
import { type Actor } from '@duban/platform';
import { diffOf } from '@duban/rollup';
import { type Page, pageOf } from '../http/paging.js';
import { type DiffQuery, type EditionDiff, type ReadingQuery, type ReadingRow } from './bulletin.dto.js';
import { RollupViews } from './rollup-views.js';

/** Who got the editions of a quarter, and how they differ: as far as an actor sees them. */
@Injectable()
export class BulletinViews {
  constructor(private readonly rollups: RollupViews) {}

  /** What edition `to` says otherwise than `from`; the last one and the one before it when left out. @throws Rejection `not_found` */
  async diff(actor: Actor, id: string, query: DiffQuery): Promise<EditionDiff> {
    const { bulletin, bodyOf } = await this.rollups.editionsSeen(actor, id);
    const to = query.to ?? bulletin?.editions.at(-1)?.n ?? 0;
    const from = query.from ?? to - 1;
    const [before, after] = [await bodyOf(from), await bodyOf(to)];
    const reason = bulletin?.editions.find(({ n }) => n === to)?.restates?.reason ?? null;
    return { id, from, to, reason, lines: diffOf(before, after) };
  }

  /** A unit sees its own, whoever covers the plan sees all. @throws Rejection `not_found` */
  async readings(actor: Actor, id: string, query: ReadingQuery): Promise<Page<ReadingRow>> {
    const { bulletin, look } = await this.rollups.editionsSeen(actor, id);
    const last = bulletin?.editions.at(-1)?.n;
    const rows = readingsOf(bulletin)
      .filter(({ reader }) =>
        sees(look.actor, { units: [reader, look.directory.holder(reader, look.today)] }),
      )
      .filter(({ n, seenOn }) => query.unread !== 'true' || (n === last && seenOn === null));
    return pageOf(rows, ({ n, reader }) => `${String(n).padStart(6, '0')} ${reader}`, query);
  }
}

function readingsOf(bulletin: Bulletin | null): ReadingRow[] {
  return (bulletin?.readings ?? []).map(({ n, reader, on, through, circulated, seen }) => ({
    ...{ n, reader, on, through },
    paper: circulated?.paper ?? null,
    seenOn: seen?.on ?? null,
  }));
}
