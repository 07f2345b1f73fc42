/**
 * Reads a plan that somebody saved and opens again: plan.json, or the archive that "Download everything" made. A bundle
 * of its own, for the schemas in it, which ends when the plan is read.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { MAX_PLAN_BYTES, planInArchive } from '@stipple/files/documents/plan-in-archive.ts';
import type { DocumentWorkerToPage, PageToDocumentWorker } from './document-messages.ts';

/** Pictures of twelve photos of 12 megapixels. */
const MAX_ARCHIVE_BYTES = 1024 * 1024 * 1024;

self.onmessage = async ({ data }: MessageEvent<PageToDocumentWorker>) => {
  const tell = (message: DocumentWorkerToPage): void => self.postMessage(message);
  try {
    tell({ kind: 'document', document: parsePlan(new TextDecoder().decode(await planBytes(data.file))) });
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, detail, reason, remedy } = error;
      tell({ kind: 'refused', refusal: { code, detail, reason, remedy } });
    } else tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};

async function planBytes(file: File): Promise<Uint8Array> {
  const isArchive = /[.]zip$/i.test(file.name);
  if (file.size > (isArchive ? MAX_ARCHIVE_BYTES : MAX_PLAN_BYTES))
    throw new Refusal('document-invalid', 'it is too long to be a plan');
  const bytes = new Uint8Array(await file.arrayBuffer());
  return isArchive ? planInArchive(bytes) : bytes;
}
