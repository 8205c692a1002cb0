import { bulletinDecider, type Publication, streamOf } from '@duban/bulletin';
import { type JobHandler } from '@duban/queue';
import { type Cut, EditionComputer, partsOf } from './edition-computer.js';
import { EditionTable } from './edition-table.js';
import { type Edition } from './edition-model.js';
import { noteCorrectionsJob, rollupPeriodJob, rollupPlanJob, type WantedCut } from './jobs.js';
import { contextOf, recordingOf, type RollupParts } from './parts.js';
import { Restater } from './restater.js';
import { Weighing } from './weighing.js';

/** Computes and publishes editions. Each step finds what is done already: any of them may run again after a crash. */
export class Publisher {
  readonly table: EditionTable;
  private readonly computer: EditionComputer;
  private readonly restating: Restater;

  constructor(private readonly parts: RollupParts) {
    this.table = new EditionTable(parts.pool);
    this.computer = new EditionComputer(parts);
    this.restating = new Restater(parts);
  }

  /** The work of a child: computes one plan's edition and keeps it; gives its content digest. */
  async compute({ isFinal, ...cut }: WantedCut): Promise<string> {
    const published = await this.table.find(`${cut.round}/1`);
    if (published) {
      await this.table.answered(cut.round); // asked while it was being closed
      return published.contentDigest;
    }
    const computed = await this.computer.compute(cut, { earlier: id => this.bodyOf(id) });
    const now = await this.parts.clock.now();
    await this.table.keep(isFinal ? 'draft' : 'provisional', cut, computed, now);
    return computed.contentDigest;
  }

  /** The work of the parent: publishes every closed round of it; gives the ids of the editions. */
  async publishAll(cuts: readonly WantedCut[]): Promise<string[]> {
    const ids: string[] = [];
    for (const { isFinal, ...cut } of cuts) if (isFinal) ids.push(await this.publish(cut));
    await this.noteCorrections();
    return ids;
  }

  /** One event and one row for one cutoff, whoever else publishes at the same time. Gives the edition's id. */
  async publish(cut: Cut): Promise<string> {
    const { round, cutoff } = cut;
    const done = await this.table.find(`${round}/1`);
    if (done) return done.id;
    const draft = await this.draft(cut);
    const context = await contextOf(this.parts);
    const publication: Publication = {
      cutoffPosition: cutoff,
      cutoffOn: draft.cutoffOn,
      contentDigest: draft.contentDigest,
      inputDigest: draft.inputDigest,
      rules: draft.body.rules,
      watermarks: draft.body.watermarks,
    };
    const stream = streamOf(round);
    const command = { type: 'PublishEdition' as const, ...partsOf(round), ...publication };
    await this.parts.events.handle(
      bulletinDecider,
      stream,
      command,
      context,
      recordingOf(context, command.type),
    );
    const { n, recordedAt } = await this.publishedAs(stream, cutoff);
    await this.table.publish(round, n, recordedAt);
    return `${round}/${n}`;
  }

  /** Keeps what was restated and tells of what came after an edition; how many facts were looked at. */
  async noteCorrections(): Promise<number> {
    for (const { round, n } of await this.table.unkept()) await this.restating.keep(round, n);
    const waiting = await this.table.unnoted();
    const weighing = new Weighing(this.parts);
    for (const fact of waiting) {
      const context = await contextOf(this.parts);
      const command = await weighing.commandFor(fact);
      const recording = recordingOf(context, command.type);
      await this.parts.events.handle(bulletinDecider, streamOf(fact.round), command, context, recording);
      await this.table.noted([fact.cause]);
    }
    return waiting.length;
  }

  /** Whoever published first may have taken the draft away: then it is computed once more, and found to be out. */
  private async draft(cut: Cut) {
    const id = `${cut.round}/draft`;
    const kept = await this.table.find(id);
    if (kept && Number(kept.cutoffPosition) === cut.cutoff) return kept;
    const computed = await this.computer.compute(cut, { earlier: id => this.bodyOf(id) });
    await this.table.keep('draft', cut, computed, await this.parts.clock.now());
    return { ...computed, body: computed.edition };
  }

  private async publishedAs(stream: string, cutoff: number): Promise<{ n: number; recordedAt: string }> {
    const events = await this.parts.events.readStream(stream);
    const found = events.find(
      ({ type, data }) => type === 'EditionPublished' && data.cutoffPosition === cutoff,
    );
    if (!found) throw new Error(`${stream} has no edition of position ${cutoff}`);
    return { n: Number(found.data.n), recordedAt: found.recordedAt };
  }

  private async bodyOf(id: string): Promise<Edition | null> {
    return (await this.table.find(id))?.body ?? null;
  }
}

/** The handlers of this library's jobs, for the worker to list. */
export function rollupHandlers(parts: RollupParts): JobHandler[] {
  const publisher = new Publisher(parts);
  const period: JobHandler<'rollup-period', { period: string; cuts: WantedCut[] }, string[]> = {
    job: rollupPeriodJob,
    handle: ({ cuts }) => publisher.publishAll(cuts),
  };
  const plan: JobHandler<'rollup-plan', WantedCut, string> = {
    job: rollupPlanJob,
    handle: cut => publisher.compute(cut),
  };
  const corrections: JobHandler<'note-corrections', Record<string, never>, number> = {
    job: noteCorrectionsJob,
    handle: () => publisher.noteCorrections(),
  };
  return [period, plan, corrections];
}
