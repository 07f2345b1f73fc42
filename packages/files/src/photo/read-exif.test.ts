import { describe, expect, it } from 'vitest';
import { readExif } from './read-exif.ts';
import { exifBlock } from './testing/photo-bytes.ts';

describe('readExif', () => {
  it('reads both byte orders', () => {
    for (const order of ['II', 'MM'] as const) {
      for (let orientation = 1; orientation <= 8; orientation++) {
        expect(readExif(exifBlock(orientation, 77, order))).toEqual({ orientation, focal35mm: 77 });
      }
    }
  });

  it('takes nothing that is implausible', () => {
    expect(readExif(exifBlock(0, 9))).toEqual({ orientation: null, focal35mm: null });
    expect(readExif(exifBlock(9, 401))).toEqual({ orientation: null, focal35mm: null });
    expect(readExif(exifBlock(65535, 10))).toEqual({ orientation: null, focal35mm: 10 });
    expect(readExif(exifBlock(1, 400)).focal35mm).toBe(400);
  });

  it('keeps the orientation when the Exif directory leads nowhere', () => {
    const tiff = exifBlock(5, 26);
    new DataView(tiff.buffer).setUint32(30, 0xfffffff0);
    expect(readExif(tiff)).toEqual({ orientation: 5, focal35mm: null });
  });

  it('ends when directories point to themselves', () => {
    const tiff = exifBlock(5, 26);
    new DataView(tiff.buffer).setUint32(30, 8);
    new DataView(tiff.buffer).setUint32(34, 8);
    expect(readExif(tiff)).toEqual({ orientation: 5, focal35mm: null });
  });

  it('reads none of a block cut anywhere before its value', () => {
    const tiff = exifBlock(6, 26);
    for (let length = 0; length < 22; length++) {
      expect(readExif(tiff.subarray(0, length))).toEqual({ orientation: null, focal35mm: null });
    }
    for (let length = 22; length <= tiff.length; length++)
      expect(() => readExif(tiff.subarray(0, length))).not.toThrow();
  });
});
