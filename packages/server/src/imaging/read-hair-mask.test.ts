import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePng } from './encode-png.ts';
import { readHairMask } from './read-hair-mask.ts';

const grey = (levels: readonly number[], widthPx: number, heightPx: number) =>
  encodePng({ widthPx, heightPx, channels: 1, samples: Uint8Array.from(levels) }, null);

describe('readHairMask', () => {
  it('reads white as hair, black as skin and keeps soft edges', async () => {
    const png = await grey([0, 255, 128, 7, 200, 255], 3, 2);
    expect([...(await readHairMask(png, 3, 2))]).toEqual([0, 255, 128, 7, 200, 255]);
  });

  it('counts what is transparent as no hair, and any bright colour as hair', async () => {
    const rgba = Uint8Array.from([255, 255, 255, 0, 255, 255, 255, 255, 255, 0, 0, 255, 255, 255, 255, 128]);
    const png = await sharp(rgba, { raw: { width: 4, height: 1, channels: 4 } })
      .png()
      .toBuffer();
    expect([...(await readHairMask(png, 4, 1))]).toEqual([0, 255, 255, 128]);
  });

  it('reads a mask of two colours saved as a palette', async () => {
    const rgb = Uint8Array.from([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]);
    const png = await sharp(rgb, { raw: { width: 2, height: 2, channels: 3 } })
      .png({ palette: true })
      .toBuffer();
    expect([...(await readHairMask(png, 2, 2))]).toEqual([0, 255, 255, 0]);
  });

  it('refuses another size, and tells both', async () => {
    const png = await grey([0, 0, 0, 0, 0, 0], 3, 2);
    await expect(readHairMask(png, 2, 3)).rejects.toMatchObject({
      code: 'mask-mismatch',
      detail: '3 x 2 instead of 2 x 3 pixels',
    });
  });

  it('refuses what is no PNG', async () => {
    const jpeg = await sharp(await grey([0, 0, 0, 0], 2, 2))
      .jpeg()
      .toBuffer();
    await expect(readHairMask(jpeg, 2, 2)).rejects.toMatchObject({ code: 'mask-mismatch' });
    await expect(readHairMask(new Uint8Array(0), 2, 2)).rejects.toMatchObject({ code: 'photo-empty' });
  });
});
