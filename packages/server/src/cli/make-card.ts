/** The command `stipple card`: our colour card to print, or what a printed one is worth beside a known one. */
import { readOwnCard } from '@stipple/core/card/read-own-card.ts';
import { ENGINE } from '@stipple/core/plan/engine.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { cardLabsText } from '@stipple/files/documents/parse-card-labs.ts';
import { writeColourCard } from '@stipple/files/exports/write-colour-card.ts';
import { openDecoder } from '../imaging/decode-process.ts';

/** @throws Refusal 'card-not-found', and what decoding refuses */
export async function makeCard(photo: Uint8Array | null): Promise<{ bytes: Uint8Array; word: string }> {
  if (!photo) return { bytes: await writeColourCard(ENGINE), word: 'print it at 100 %, and read what it says.' };
  const decoder = openDecoder();
  try {
    const reading = readOwnCard((await decoder.decode(photo)).pixels);
    if (!reading) throw new Refusal('card-not-found');
    const word = `24 patches read; the known card is ${reading.knownOff.toFixed(1)} dE00 off after its correction.`;
    return { bytes: new TextEncoder().encode(cardLabsText(reading.labs)), word };
  } finally {
    decoder.close();
  }
}
