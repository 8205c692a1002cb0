/** The words of a stored file: its events, commands and state. The rules stand in `evidence.ts`. */

// Stored for ever: add types and optional fields; never rename, remove or reuse one.
export type EvidenceEvent =
  | {
      type: 'EvidenceStored';
      sha256: string;
      size: number; // bytes
      mediaType: string;
      name: string;
      unit: string | null; // the unit that it belongs to; null: the person alone
      by: string;
      on: string;
    }
  | { type: 'EvidenceAttached'; to: string; on: string } // to: the stream of what refers to it
  | {
      type: 'EvidenceWithdrawn';
      units: readonly string[] | null; // whose; null: the office withdrew it from everybody
      reason: string;
      bytesRemoved: boolean;
      by: string;
      on: string;
    };

export type EvidenceCommand =
  | {
      type: 'StoreEvidence';
      sha256: string;
      size: number;
      mediaType: string;
      name: string;
      unit: string | null;
    }
  // units: those whose files may be used; pointers: where the request names it.
  | {
      type: 'AttachEvidence';
      sha256: string;
      to: readonly string[];
      units: readonly string[];
      pointers: readonly string[];
    }
  // units: those that the actor answers for; null: the office withdraws it from everybody.
  | { type: 'WithdrawEvidence'; units: readonly string[] | null; reason: string; removeBytes: boolean };

/** One unit's or person's claim to a file; the same content handed in by two is stored once and belongs to both. */
export type Upload = {
  unit: string | null;
  by: string;
  name: string;
  on: string;
  withdrawnOn: string | null;
};

export type StoredEvidence = {
  sha256: string;
  size: number;
  mediaType: string;
  uploads: readonly Upload[];
  attachedTo: readonly { stream: string; on: string }[];
  withdrawn: { on: string; by: string; reason: string; bytesRemoved: boolean } | null; // by the office, for everybody
};
