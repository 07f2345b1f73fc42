/**
 * What of colour not every plan needs: a list of pigments or the values of a printed card read, the card to print
 * written. A bundle of its own, which ends with whoever started it.
 */
import { ENGINE } from '@stipple/core/plan/engine.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { parseCardLabs } from '@stipple/files/documents/parse-card-labs.ts';
import { writeColourCard } from '@stipple/files/exports/write-colour-card.ts';
import { MAX_PIGMENT_BYTES, readPigments } from '@stipple/files/imports/read-pigments.ts';
import type { ColourWorkerToPage, PageToColourWorker } from './colour-messages.ts';

self.onmessage = async ({ data }: MessageEvent<PageToColourWorker>) => {
  const tell = (message: ColourWorkerToPage): void => self.postMessage(message);
  try {
    tell(data.kind === 'card' ? await cardToPrint() : await read(data.file));
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, detail, reason, remedy } = error;
      tell({ kind: 'refused', refusal: { code, detail, reason, remedy } });
    } else tell({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};

const cardToPrint = async (): Promise<ColourWorkerToPage> => ({
  kind: 'card-pdf',
  pdf: new Uint8Array(await writeColourCard(ENGINE)),
});

async function read(file: File): Promise<ColourWorkerToPage> {
  const { name, size } = file;
  if (size > MAX_PIGMENT_BYTES) throw new Refusal('pigments-unreadable', `${name} (${Math.ceil(size / 1024)} KB)`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  return /^\s*\{\s*"card"/.test(text)
    ? { kind: 'card-labs', labs: parseCardLabs(text, name) }
    : { kind: 'pigments', pigments: readPigments(bytes, name) };
}
