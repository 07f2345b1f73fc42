import { describe, expect, it } from 'vitest';
import { readExif } from './read-exif.ts';
import { adobeExifBlock, exifBlock } from './testing/photo-bytes.ts';

describe('readExif', () => {
  it('reads both byte orders', () => {
    for (const order of ['II', 'MM'] as const) {
      for (let orientation = 1; orientation <= 8; orientation++) {
        expect(readExif(exifBlock(orientation, 77, order))).toEqual({ orientation, focal35mm: 77, isAdobeRgb: false });
      }
    }
  });

  it('tells Adobe RGB by the words that cameras use', () => {
    for (const order of ['II', 'MM'] as const) {
      expect(readExif(adobeExifBlock(order))).toEqual({ orientation: 1, focal35mm: 26, isAdobeRgb: true });
      const srgb = adobeExifBlock(order, 'R98');
      expect(readExif(srgb).isAdobeRgb).toBe(false);
    }
  });

  it('takes nothing that is implausible', () => {
    expect(readExif(exifBlock(0, 9))).toEqual({ orientation: null, focal35mm: null, isAdobeRgb: false });
    expect(readExif(exifBlock(9, 401))).toEqual({ orientation: null, focal35mm: null, isAdobeRgb: false });
    expect(readExif(exifBlock(65535, 10))).toEqual({ orientation: null, focal35mm: 10, isAdobeRgb: false });
    expect(readExif(exifBlock(1, 400)).focal35mm).toBe(400);
  });

  it('keeps the orientation when the Exif directory leads nowhere', () => {
    const tiff = exifBlock(5, 26);
    new DataView(tiff.buffer).setUint32(30, 0xfffffff0);
    expect(readExif(tiff)).toEqual({ orientation: 5, focal35mm: null, isAdobeRgb: false });
  });

  it('ends when directories point to themselves', () => {
    const tiff = exifBlock(5, 26);
    new DataView(tiff.buffer).setUint32(30, 8);
    new DataView(tiff.buffer).setUint32(34, 8);
    expect(readExif(tiff)).toEqual({ orientation: 5, focal35mm: null, isAdobeRgb: false });
  });

  it('reads none of a block cut anywhere before its value', () => {
    const tiff = exifBlock(6, 26);
    for (let length = 0; length < 22; length++) {
      expect(readExif(tiff.subarray(0, length))).toEqual({ orientation: null, focal35mm: null, isAdobeRgb: false });
    }
    for (let length = 22; length <= tiff.length; length++)
      expect(() => readExif(tiff.subarray(0, length))).not.toThrow();
  });
});
