/**
 * What an embedded ICC profile (ICC.1:2022 section 7) says it is for: enough to decide whether samples may stay in it.
 *
 * Only a matrix profile is a plain colour space, three primaries and a curve each, in which light can be computed.
 * A profile of lookup tables alone (scanners, printers, the XYB of JPEG XL tools) is not, and its photo is converted.
 * Does not judge whether the numbers inside are sensible.
 */
import { hasText, viewOf } from './photo-header.ts';

export interface IccProfile {
  readonly bytes: Uint8Array;
  readonly model: 'rgb' | 'grey' | 'cmyk' | 'other';
  /** Primaries and curves are there, so that light is a matrix away. */
  readonly isMatrix: boolean;
}

const MODELS: Readonly<Record<string, IccProfile['model']>> = { 'RGB ': 'rgb', GRAY: 'grey', CMYK: 'cmyk' };
const MATRIX_TAGS = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'] as const;
const HEADER_BYTES = 128;

/** The profile without anything after its own end; null when it is none. */
export function readIccProfile(embedded: Uint8Array): IccProfile | null {
  if (embedded.length < HEADER_BYTES + 4 || !hasText(embedded, 36, 'acsp')) return null;
  const length = viewOf(embedded).getUint32(0);
  if (length < HEADER_BYTES + 4 || length > embedded.length) return null;
  const bytes = embedded.subarray(0, length);
  const tagCount = viewOf(bytes).getUint32(HEADER_BYTES);
  const hasTag = (tag: string): boolean => {
    for (let i = 0, at = HEADER_BYTES + 4; i < tagCount && at + 12 <= length; i++, at += 12) {
      if (hasText(bytes, at, tag)) return true;
    }
    return false;
  };
  const model = MODELS[String.fromCharCode(...bytes.subarray(16, 20))] ?? 'other';
  return { bytes, model, isMatrix: MATRIX_TAGS.every(hasTag) };
}
