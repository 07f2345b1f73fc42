import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { verdictOn } from '@stipple/core/units/testing/verdict-on.ts';
import { readIccProfile } from './read-icc-profile.ts';
import { readPhotoFacts } from './read-photo-facts.ts';
import { clap, colrNumbers, colrProfile, heic, imir, irot, isoBox } from './testing/heic-bytes.ts';
import { exifBlock, iccProfile, joined, MATRIX_TAGS } from './testing/photo-bytes.ts';

const GRID = { columns: 7, rows: 6 } as const;
const factsWith = (...properties: Uint8Array[]) => readPhotoFacts(heic({ ...GRID, properties }));

const refusalOf = (bytes: Uint8Array) => verdictOn(() => readPhotoFacts(bytes));

describe('readPhotoFacts of a HEIC', () => {
  it('reads the size of a grid, its turn, profile, focal length, and no thumbnail', () => {
    const profile = iccProfile('RGB ', MATRIX_TAGS);
    const properties = [colrProfile(profile), irot(3)];
    const kind = { ...GRID, widthPx: 430, heightPx: 370, properties, exif: exifBlock(6, 26), hasThumbnail: true };
    expect(readPhotoFacts(heic(kind))).toEqual({
      type: 'heic',
      storedWidthPx: 430,
      storedHeightPx: 370,
      widthPx: 370,
      heightPx: 430,
      orientation: 6,
      focal35mm: 26,
      colour: 'rgb',
      bitsPerSample: 8,
      profile: { bytes: profile, model: 'rgb', isMatrix: true },
    });
  });

  it('takes the turn from the container and not from EXIF, which repeats it', () => {
    expect(readPhotoFacts(heic({ ...GRID, exif: exifBlock(6, 26) })).orientation).toBe(1);
  });

  it("puts turns and mirrors into EXIF's numbers", () => {
    const turns = [0, 1, 2, 3].map((quarters) => factsWith(irot(quarters)).orientation);
    expect(turns).toEqual([1, 8, 3, 6]);
    expect([factsWith(imir(1)).orientation, factsWith(imir(0)).orientation]).toEqual([2, 4]);
    expect([factsWith(irot(1), imir(1)).orientation, factsWith(irot(1), imir(0)).orientation]).toEqual([7, 5]);
    expect(factsWith(imir(1), irot(1)).orientation).toBe(5);
  });

  it('crops before it turns', () => {
    const facts = factsWith(clap(400, 330, -8, 10), irot(1));
    expect(facts).toMatchObject({ storedWidthPx: 400, storedHeightPx: 330, widthPx: 330, heightPx: 400 });
    expect(refusalOf(heic({ ...GRID, properties: [clap(449, 330, 0, 0)] }))[0]).toBe('photo-unreadable');
    expect(refusalOf(heic({ ...GRID, properties: [irot(1), clap(400, 330, 0, 0)] }))[0]).toBe('photo-unreadable');
  });

  it('makes a profile of a colour space that is only named', () => {
    const named = factsWith(colrNumbers(12, 13)).profile!;
    expect([named.model, named.isMatrix, named.bytes]).toEqual(['rgb', true, readIccProfile(named.bytes)!.bytes]);
    expect(factsWith(colrNumbers(1, 13)).profile).toBeNull();
    expect(factsWith(colrNumbers(9, 1)).profile!.bytes).not.toEqual(named.bytes);
  });

  it('says what it is instead of a photo', () => {
    expect(refusalOf(heic({ ...GRID, codec: 'av01', brand: 'mif1' }))).toEqual(['photo-type', 'it is an AVIF picture']);
    expect(refusalOf(heic({ ...GRID, codec: 'j2k1' }))).toEqual(['photo-type', 'it is a JPEG 2000 picture']);
    expect(refusalOf(heic({ ...GRID, properties: [colrNumbers(9, 16)] }))).toEqual([
      'photo-type',
      'it is an HDR picture',
    ]);
    expect(refusalOf(heic({ ...GRID, brand: 'hevc' }))).toEqual(['photo-type', 'it is a HEIC sequence']);
  });

  it('refuses a giant, a dwarf and a table of contents that leads nowhere', () => {
    expect(refusalOf(heic({ ...GRID, widthPx: 60_000, heightPx: 60_000 }))[0]).toBe('photo-too-large');
    expect(refusalOf(heic({ columns: 1, rows: 1 }))[0]).toBe('photo-too-small');
    const bytes = heic(GRID);
    for (const length of [12, 30, 60, 200, 900])
      expect(refusalOf(bytes.subarray(0, length))[0]).toBe('photo-unreadable');
    expect(
      refusalOf(
        joined(
          isoBox(
            'ftyp',
            [...'heic'].map((c) => c.charCodeAt(0)),
          ),
          new Uint8Array(100),
        ),
      )[0],
    ).toBe('photo-unreadable');
  });

  it('gives facts or a refusal for any damage', () => {
    const random = seededGenerator(21);
    const good = heic({ ...GRID, properties: [colrNumbers(12, 13), irot(1)], exif: exifBlock(6, 26) });
    for (let round = 0; round < 1500; round++) {
      const bytes = good.slice(0, random() < 0.2 ? Math.floor(random() * good.length) : good.length);
      for (let hits = Math.floor(random() * 8); hits > 0; hits--) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      expect(refusalOf(bytes)[0]).toMatch(/^(accepted|photo-\w+(-\w+)?)$/);
    }
  });
});
