import { fileURLToPath } from 'node:url';
import type { BlobStore } from './blob-store.ts';
import { folderBlobStore } from './folder-blob-store.ts';
import { s3BlobStore } from './s3-blob-store.ts';

/** @param address as in the setting FILES_URL, checked by readStorageSettings */
export const openBlobStore = (address: string): BlobStore =>
  address.startsWith('file:')
    ? folderBlobStore(fileURLToPath(address))
    : s3BlobStore(address, { now: () => new Date() });
