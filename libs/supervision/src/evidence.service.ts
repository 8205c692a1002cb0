import { assertMay, mayRole, scopesOf, sees } from '@duban/access';
import { Rejection } from '@duban/event-store';
import {
  cleanFileName,
  evidenceDecider,
  type EvidenceStorage,
  mediaTypeOf,
  ownUploads,
  type ReceivedFile,
  receiveFile,
  type ReceivingLimits,
  type StoredEvidence,
  type Upload,
  verified,
} from '@duban/evidence';
import { splitStream } from '@duban/ledger';
import { Problem } from '@duban/platform';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type CommandRunner } from './command-runner.js';
import { type EvidenceSubjects } from './evidence-subjects.js';
import { type Lookup } from './lookup.js';
import { type Outcome, type Request } from './request.js';

/** A file that comes in: `declared` is the media type that its sender gives; `unit` whose it is, where the office enters it. */
export type FileInput = {
  content: Readable;
  name: string;
  declared: string | null;
  unit?: string | undefined;
};

/** What came in and is not kept yet. */
export type KeptFile = ReceivedFile & { name: string; mediaType: string };

/** A stored file with its bytes, which are checked against the hash on their way. */
export type OpenedFile = { record: StoredEvidence; name: string; content: Readable };

type Parts = {
  runner: CommandRunner;
  lookup: Lookup;
  storage: EvidenceStorage;
  subjects: EvidenceSubjects;
  /** Where files come in. */
  folder: string;
  limits: ReceivingLimits;
};

/** Files that show that something is true (佐证材料), known by their hash. Every method throws Rejection or Problem. */
export class EvidenceService {
  constructor(private readonly parts: Parts) {}

  get limits(): ReceivingLimits {
    return this.parts.limits;
  }

  /**
   * Takes a file in without keeping it: its bytes are on the disk, hashed, and are what they are said to be. `keep` or
   * `discard` follows. @throws Problem `evidence_…`
   */
  async receive(
    request: Request,
    { content, name: given, declared }: Omit<FileInput, 'unit'>,
  ): Promise<KeptFile> {
    assertMay(request.actor, 'evidence.store');
    const name = cleanFileName(given);
    if (name === null) throw new Problem('evidence_name_needed');
    const file = await receiveFile(content, this.parts.folder, this.parts.limits);
    try {
      return { ...file, name, mediaType: await mediaTypeOf(file.path, file.size, { name, declared }) };
    } catch (error) {
      await this.discard(file);
      throw error;
    }
  }

  /** Removes what was received and is not wanted. */
  async discard({ path }: Pick<KeptFile, 'path'>): Promise<void> {
    await rm(path, { force: true });
  }

  /**
   * Keeps a received file under its hash and records whose it is. The bytes come first: what is on record is there.
   * @throws Rejection `evidence_barred`, `unit_ended`, `not_found`
   */
  async keep(request: Request, file: KeptFile, named?: string): Promise<Outcome> {
    const { storage, runner } = this.parts;
    try {
      const unit = await this.ownerOf(request, named);
      const known = await this.stateOf(file.sha256);
      if (!known?.withdrawn) await storage.put(file);
      return await runner.run(request, evidenceDecider, streamOf(file.sha256), {
        type: 'StoreEvidence',
        ...{ sha256: file.sha256, size: file.size, mediaType: file.mediaType, name: file.name, unit },
      });
    } catch (error) {
      // The office may have had it removed while it came in again.
      if (error instanceof Rejection && error.code === 'evidence_barred')
        await this.removeIfGone(file.sha256);
      throw error;
    } finally {
      await this.discard(file);
    }
  }

  /** The record of a file, as far as the actor sees it. @throws Rejection `not_found` */
  async record(request: Request, sha256: string): Promise<StoredEvidence> {
    assertMay(request.actor, 'evidence.read');
    return (await this.seen(request, sha256)).record;
  }

  /**
   * A file that the actor sees. One that was withdrawn is shown to those who read the record, while its bytes are kept.
   * @throws Rejection `not_found`; Problem `evidence_withdrawn`, `evidence_missing`
   */
  async open(request: Request, sha256: string): Promise<OpenedFile> {
    assertMay(request.actor, 'evidence.read');
    const { record, state } = await this.seen(request, sha256);
    const isHidden = isWithdrawn(state) && !mayRole(request.actor.role, 'record.read');
    if (isHidden || record.withdrawn?.bytesRemoved) throw new Problem('evidence_withdrawn');
    const bytes = await this.parts.storage.open(sha256);
    const content = Readable.from(verified(bytes, sha256), { objectMode: false });
    return { record, name: record.uploads[0]?.name ?? sha256, content };
  }

  /**
   * Withdraws a file: a unit what it handed in itself, the office what it sees, and with it the bytes if it says so.
   * @throws Rejection `not_found`, `evidence_attached`, `evidence_of_other_plan`, `office_only`, `reason_needed`
   */
  async withdraw(
    request: Request,
    sha256: string,
    { reason, removeBytes = false }: { reason: string; removeBytes?: boolean },
  ): Promise<Outcome> {
    assertMay(request.actor, 'evidence.withdraw');
    const { record, state, units } = await this.seen(request, sha256);
    const isOffice = request.actor.role === 'office';
    if (isOffice && record.attachedTo.length < state.attachedTo.length)
      throw new Rejection('evidence_of_other_plan');
    const outcome = await this.parts.runner.run(request, evidenceDecider, streamOf(sha256), {
      ...{ type: 'WithdrawEvidence', reason, removeBytes },
      units: isOffice ? null : units,
    });
    await this.removeIfGone(sha256);
    return outcome;
  }

  /** All files on record, by their hash; a page begins after `after`. */
  async all(after = '', limit = 200): Promise<StoredEvidence[]> {
    return this.parts.subjects.page(after, limit);
  }

  /** How many files are on record. */
  async count(): Promise<number> {
    return this.parts.subjects.count();
  }

  /** After a crash between record and removal, too, the same request again removes what is left. */
  private async removeIfGone(sha256: string): Promise<void> {
    const state = await this.stateOf(sha256);
    if (state?.withdrawn?.bytesRemoved) await this.parts.storage.remove(sha256);
  }

  /** The unit that a file belongs to: the actor's own, or the one for which the office enters it. */
  private async ownerOf(request: Request, named: string | undefined): Promise<string | null> {
    const { lookup, runner } = this.parts;
    const { actor } = request;
    if (actor.role !== 'unit' && named === undefined) return actor.unit ?? null;
    const { today } = await runner.context(request);
    return (await lookup.acting(request, named, today)).unit;
  }

  /** The record without what is not the actor's: who else handed it in, and for what. @throws Rejection `not_found` */
  private async seen(
    request: Request,
    sha256: string,
  ): Promise<{ record: StoredEvidence; state: StoredEvidence; units: string[] }> {
    const { runner, lookup, subjects } = this.parts;
    const state = await this.stateOf(sha256);
    const { today } = await runner.context(request);
    const directory = await lookup.reader.directory();
    const units = lookup.filesOf(directory, request, null, today);
    const actor = request.actor.role === 'unit' ? { ...request.actor, units } : request.actor;
    const own = ownUploads(state, units, actor);
    const seesAll = scopesOf(actor).some(({ plans, units: of }) => plans === '*' && of === '*');
    if (state && seesAll) return { record: state, state, units };
    const attached = [];
    for (const attachment of state?.attachedTo ?? []) {
      const target = await subjects.targetOf(splitStream(attachment.stream), directory, today);
      if (target && sees(actor, target)) attached.push({ attachment, target });
    }
    if (!state || (own.length === 0 && attached.length === 0))
      throw new Rejection('not_found', { what: sha256 });
    const concerned = new Set(attached.flatMap(({ target }) => target.units ?? []));
    const isTold = (upload: Upload) =>
      own.includes(upload) || (upload.unit !== null && concerned.has(directory.holder(upload.unit, today)));
    const record = {
      ...state,
      uploads: state.uploads.filter(isTold),
      attachedTo: attached.map(({ attachment }) => attachment),
    };
    return { record, state, units };
  }

  private async stateOf(sha256: string): Promise<StoredEvidence | null> {
    return (await this.parts.lookup.reader.state<StoredEvidence>('evidence', sha256))?.state ?? null;
  }
}

function streamOf(sha256: string): string {
  return `evidence-${sha256}`;
}

function isWithdrawn({ withdrawn, uploads }: StoredEvidence): boolean {
  return withdrawn !== null || uploads.every(({ withdrawnOn }) => withdrawnOn !== null);
}
