export type { EvidenceCommand, EvidenceEvent, StoredEvidence, Upload } from './evidence-model.js';
export { evidenceDecider, ownUploads, referenceFault } from './evidence.js';
export { type EvidenceStorage, type ReceivedFile, verified } from './evidence-storage.js';
export { cleanFileName } from './file-name.js';
export { type Claim, mediaTypeOf } from './media-type.js';
export { evidenceFolder, incomingFolder, openStorage } from './open-storage.js';
export { clearAbandoned, receiveFile, type ReceivingLimits } from './receive-file.js';
export { type EvidenceFault, verifyFile } from './verify-evidence.js';
