import { Injectable } from '@nestjs/common';
import { dayOf } from '@duban/calendar';
import { EventStore, Rejection, type StoredEvent } from '@duban/event-store';
import { type PlanLedger } from '@duban/ledger';
import { type Actor } from '@duban/platform';
import { ReminderService, type ReminderRow } from '@duban/reminder';
import { EditionTable } from '@duban/rollup';
import { type Dossier, dossierOf, type Learnt } from '@duban/view';
import { LedgerViews } from '../ledger/ledger-views.js';

const mostMessages = 5000;

/** Puts the dossier of a task together from the record, within the rows of whoever asks. */
@Injectable()
export class DossierViews {
  constructor(
    private readonly views: LedgerViews,
    private readonly events: EventStore,
    private readonly reminders: ReminderService,
    private readonly editions: EditionTable,
  ) {}

  /** @throws Rejection `not_found` */
  async dossier(actor: Actor, id: string): Promise<Dossier> {
    const look = await this.views.look(actor);
    const ledger = await this.views.ledgerOf(look, id);
    const task = ledger.tasks.get(id);
    if (!task) throw new Rejection('not_found', { what: id });
    const { calendar } = this.views;
    const events = await this.events.readStream(`task-${id}`);
    return dossierOf({
      ...{ ledger, id, task, events, calendar, today: look.today },
      learnt: await this.learnt(ledger, id, events),
      reminders: await this.messages(actor, ledger, id),
      published: await this.editions.linesOf(ledger.id, id),
    });
  }

  /** All that the light of the task rests on, in the order of the log. */
  private async learnt(ledger: PlanLedger, id: string, own: readonly StoredEvent[]): Promise<Learnt[]> {
    const indicators = [...ledger.indicators].flatMap(([indicator, { links }]) =>
      links.some(({ task }) => task === id) ? [`indicator-${indicator}`] : [],
    );
    const rounds = [...ledger.rounds.keys()].map(round => `round-${round}`);
    const streams = [`plan-${ledger.id}`, ...rounds, ...indicators];
    const others = await Promise.all(streams.map(stream => this.events.readStream(stream)));
    return [...own, ...others.flat()]
      .sort((a, b) => a.position - b.position)
      .map(({ stream, event, recordedAt }) => ({
        ...{ stream, event },
        on: dayOf(recordedAt, this.views.calendar.zone),
      }));
  }

  /** Under whichever names its obligations had, milestones and reworks included. */
  private async messages(actor: Actor, ledger: PlanLedger, id: string): Promise<ReminderRow[]> {
    const milestones = ledger.tasks.get(id)?.milestones ?? [];
    const subjects = [id, ...milestones.map(({ code }) => `${id}/${code}`)];
    const found = await Promise.all(
      subjects.map(subject => this.reminders.reminders(actor, { subject, limit: mostMessages })),
    );
    return found.flat().sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  }
}
