import type { Dots } from '../dots.ts';

/** A number over every bit of the dots: equal for equal dots, and quick to compare. FNV-1a over 32-bit words. */
export function fingerprintOf({ id, positionMm, normal, zone, session, diameterMm, strength }: Dots): string {
  let hash = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of [id, positionMm, normal, diameterMm, strength]) {
    for (const word of new Uint32Array(buffer, byteOffset, byteLength / 4)) hash = Math.imul(hash ^ word, 0x01000193);
  }
  for (const table of [zone, session]) for (const byte of table) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${id.length} dots, ${(hash >>> 0).toString(16)}`;
}
