import { Injectable } from '@nestjs/common';
import { isDay } from '@duban/calendar';
import { type Actor, Problem } from '@duban/platform';
import { ReminderService } from '@duban/reminder';
import { cursorAt, keyIn, type Page } from '../http/paging.js';
import { type ReminderDto, type ReminderQuery } from './reminder.dto.js';

const usualRows = 50;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The list of messages, page by page from the table: over the years there are too many to sort at once. */
@Injectable()
export class ReminderViews {
  constructor(private readonly reminders: ReminderService) {}

  async list(
    actor: Actor,
    { cursor, limit = usualRows, ...filter }: ReminderQuery,
  ): Promise<Page<ReminderDto>> {
    const after = cursor === undefined ? {} : { after: placeIn(cursor) };
    const rows = await this.reminders.reminders(actor, { ...filter, ...after, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: last && rows.length > limit ? cursorAt(`${last.issuedOn} ${last.id}`) : null };
  }
}

/** Where the page before ended. @throws Problem `validation_failed` */
function placeIn(cursor: string): { issuedOn: string; id: string } {
  const [issuedOn = '', id = ''] = keyIn(cursor).split(' ');
  if (isDay(issuedOn) && uuid.test(id)) return { issuedOn, id };
  throw new Problem('validation_failed', {}, [{ pointer: '/cursor', code: 'cursor_invalid' }]);
}
