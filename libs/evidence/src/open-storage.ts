import { type Configuration } from '@duban/platform';
import { join } from 'node:path';
import { type EvidenceStorage } from './evidence-storage.js';
import { LocalStorage } from './local-storage.js';
import { S3Storage } from './s3-storage.js';

/** The store that is configured: a bucket where one is named, else the folder of this machine. */
export function openStorage(configuration: Configuration): EvidenceStorage {
  const { evidenceS3Url, evidenceS3Region, evidenceS3KeyId, evidenceS3Secret } = configuration;
  if (!evidenceS3Url) return new LocalStorage(evidenceFolder(configuration));
  return new S3Storage(evidenceS3Url, {
    ...{ region: evidenceS3Region, keyId: evidenceS3KeyId ?? '', secret: evidenceS3Secret ?? '' },
  });
}

/** Where files lie, or where they come in on their way to a bucket. */
export function evidenceFolder({ evidenceFolder: named, home }: Configuration): string {
  return named ?? join(home, 'evidence');
}

/** What is still coming in: on the same disk as what is kept, so that a renaming is all that is left to do. */
export function incomingFolder(configuration: Configuration): string {
  return join(evidenceFolder(configuration), 'incoming');
}
