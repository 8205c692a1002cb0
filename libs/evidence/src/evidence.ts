import { personOf } from '@duban/actor';
import { type Decider, Rejection } from '@duban/event-store';
import type { Context } from '@duban/platform';
import type { EvidenceCommand, EvidenceEvent, StoredEvidence, Upload } from './evidence-model.js';

type Of<Type extends EvidenceCommand['type']> = Extract<EvidenceCommand, { type: Type }>;
type EventOf<Type extends EvidenceEvent['type']> = Extract<EvidenceEvent, { type: Type }>;
type Actor = Context['actor'];

function decide(
  evidence: StoredEvidence | null,
  command: EvidenceCommand,
  context: Context,
): readonly EvidenceEvent[] {
  switch (command.type) {
    case 'StoreEvidence':
      return store(evidence, command, context);
    case 'AttachEvidence':
      return attach(evidence, command, context);
    case 'WithdrawEvidence':
      return withdraw(evidence, command, context);
  }
}

/** Who hands in what is known already has it, too. Refuses with `evidence_barred` what the office withdrew. */
function store(
  evidence: StoredEvidence | null,
  { type: _, ...file }: Of<'StoreEvidence'>,
  { actor, today }: Context,
): EvidenceEvent[] {
  if (evidence?.withdrawn) throw new Rejection('evidence_barred', { ...evidence.withdrawn });
  const by = personOf(actor);
  const isKnown = evidence?.uploads.some(
    each => each.withdrawnOn === null && each.unit === file.unit && each.by === by,
  );
  return isKnown ? [] : [{ type: 'EvidenceStored', ...file, by, on: today }];
}

/**
 * A report, figure or submission refers to the file. Refuses with `evidence_unknown` what is not there or another's:
 * nobody learns which of the two.
 */
function attach(
  evidence: StoredEvidence | null,
  { sha256, to, units, pointers }: Of<'AttachEvidence'>,
  { actor, today }: Context,
): EvidenceEvent[] {
  const code = referenceFault(evidence, units, actor);
  if (code) {
    const errors = pointers.map(pointer => ({ pointer, code, params: { sha256 } }));
    throw new Rejection('evidence_unknown', { sha256 }, errors);
  }
  const known = evidence?.attachedTo.map(({ stream }) => stream) ?? [];
  return to
    .filter(stream => !known.includes(stream))
    .map(stream => ({ type: 'EvidenceAttached', to: stream, on: today }));
}

/** Why a file cannot be referred to by who speaks for these units; null when it can. */
export function referenceFault(
  evidence: StoredEvidence | null,
  units: readonly string[],
  actor: Actor,
): 'evidence_unknown' | 'evidence_withdrawn' | null {
  const own = ownUploads(evidence, units, actor);
  if (!evidence || own.length === 0) return 'evidence_unknown';
  const isStanding = evidence.withdrawn === null && own.some(({ withdrawnOn }) => withdrawnOn === null);
  return isStanding ? null : 'evidence_withdrawn';
}

/** What of a file was handed in by these units, or by this person. */
export function ownUploads(
  evidence: StoredEvidence | null,
  units: readonly string[],
  actor: Actor,
): readonly Upload[] {
  const by = personOf(actor);
  return (evidence?.uploads ?? []).filter(
    upload => upload.by === by || (upload.unit !== null && units.includes(upload.unit)),
  );
}

/**
 * A unit takes back what it handed in and nothing rests on yet (`evidence_attached`); the office withdraws anything,
 * and with it the bytes if it says so. The record and the hash stay.
 */
function withdraw(
  evidence: StoredEvidence | null,
  command: Of<'WithdrawEvidence'>,
  context: Context,
): EvidenceEvent[] {
  if (!evidence) throw new Rejection('not_found', { what: '' });
  if (command.reason.trim() === '')
    throw new Rejection('reason_needed', {}, [{ pointer: '/reason', code: 'reason_needed' }]);
  return command.units === null
    ? withdrawForAll(evidence, command, context)
    : withdrawOwn(evidence, command.units, command, context);
}

function withdrawForAll(
  { withdrawn }: StoredEvidence,
  { reason, removeBytes }: Of<'WithdrawEvidence'>,
  { actor, today }: Context,
): EvidenceEvent[] {
  if (withdrawn && (withdrawn.bytesRemoved || !removeBytes)) return [];
  const by = personOf(actor);
  return [{ type: 'EvidenceWithdrawn', units: null, reason, bytesRemoved: removeBytes, by, on: today }];
}

function withdrawOwn(
  evidence: StoredEvidence,
  units: readonly string[],
  { reason, removeBytes }: Of<'WithdrawEvidence'>,
  { actor, today }: Context,
): EvidenceEvent[] {
  if (removeBytes) throw new Rejection('office_only', { role: actor.role });
  const own = ownUploads(evidence, units, actor);
  if (own.length === 0) throw new Rejection('not_found', { what: evidence.sha256 });
  if (evidence.withdrawn || own.every(({ withdrawnOn }) => withdrawnOn !== null)) return [];
  const [first] = evidence.attachedTo;
  if (first) throw new Rejection('evidence_attached', { to: first.stream });
  return [
    {
      ...{ type: 'EvidenceWithdrawn', units, reason, bytesRemoved: false },
      ...{ by: personOf(actor), on: today },
    },
  ];
}

// Never throws and never judges: what happened has happened, even under older rules.
function evolve(evidence: StoredEvidence | null, event: EvidenceEvent): StoredEvidence | null {
  if (event.type === 'EvidenceStored') return stored(evidence, event);
  if (!evidence) return null;
  switch (event.type) {
    case 'EvidenceAttached':
      return { ...evidence, attachedTo: [...evidence.attachedTo, { stream: event.to, on: event.on }] };
    case 'EvidenceWithdrawn':
      return withdrawn(evidence, event);
    default:
      return evidence; // written by a newer version
  }
}

function stored(
  evidence: StoredEvidence | null,
  { sha256, size, mediaType, unit, by, name, on }: EventOf<'EvidenceStored'>,
): StoredEvidence {
  const first = { sha256, size, mediaType, uploads: [], attachedTo: [], withdrawn: null };
  const { uploads, ...file } = evidence ?? first;
  return { ...file, uploads: [...uploads, { unit, by, name, on, withdrawnOn: null }] };
}

function withdrawn(
  evidence: StoredEvidence,
  { units, reason, bytesRemoved, by, on }: EventOf<'EvidenceWithdrawn'>,
): StoredEvidence {
  if (units === null) return { ...evidence, withdrawn: { on, by, reason, bytesRemoved } };
  const isMeant = (upload: Upload) =>
    upload.withdrawnOn === null &&
    (upload.by === by || (upload.unit !== null && units.includes(upload.unit)));
  return {
    ...evidence,
    uploads: evidence.uploads.map(upload => (isMeant(upload) ? { ...upload, withdrawnOn: on } : upload)),
  };
}

/** A file that shows that something is true, known by the hash of its bytes. */
export const evidenceDecider: Decider<StoredEvidence | null, EvidenceCommand, EvidenceEvent, Context> = {
  initial: null,
  decide,
  evolve,
};
