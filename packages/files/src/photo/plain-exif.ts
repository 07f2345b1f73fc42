import { viewOf } from './photo-header.ts';
import type { PhotoFacts } from './read-photo-facts.ts';

/** A TIFF structure of orientation and, when known, focal length; null when there is nothing to say. */
export function plainExif({
  orientation,
  focal35mm,
}: Pick<PhotoFacts, 'orientation' | 'focal35mm'>): Uint8Array | null {
  if (orientation === 1 && focal35mm === null) return null;
  const exif = new Uint8Array(focal35mm === null ? 26 : 56);
  const view = viewOf(exif);
  const entry = (at: number, tag: number, type: 3 | 4, value: number): void => {
    view.setUint16(at, tag);
    view.setUint16(at + 2, type);
    view.setUint32(at + 4, 1);
    if (type === 3) view.setUint16(at + 8, value);
    else view.setUint32(at + 8, value);
  };
  exif.set([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]);
  view.setUint16(8, focal35mm === null ? 1 : 2);
  entry(10, 0x0112, 3, orientation);
  if (focal35mm !== null) {
    const directory = 38;
    entry(22, 0x8769, 4, directory);
    view.setUint16(directory, 1);
    entry(directory + 2, 0xa405, 3, focal35mm);
  }
  return exif;
}
