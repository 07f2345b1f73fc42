import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { takeMeasure } from '@stipple/core/head/take-measure.ts';
import { PHOTO_WORK } from '@stipple/core/plan/photo-work.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { Summary } from '@stipple/files/contract/summary.ts';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { decodePhoto } from '../imaging/decode-photo.ts';
import { pictureMaker } from '../imaging/make-pictures.ts';
import { nodeRunModel } from '../imaging/node-models.ts';
import { computePlan, type PlanTools } from './compute-plan.ts';
import type { OutputFile, PhotoFile, PlanJob } from './make-plan.ts';
import { MANNEQUIN } from './testing/run-stipple.ts';

const CACHE = fileURLToPath(new URL('../../../../.stipple', import.meta.url));
const PICTURES = { ...pictureMaker(), work: PHOTO_WORK };
/** Without threads, whose modules only the bundle has. */
const TOOLS: PlanTools = {
  cache: CACHE,
  decoder: { decode: (bytes) => decodePhoto(bytes), close: () => undefined },
  models: { run: nodeRunModel(CACHE), close: async () => 0 },
  pictures: () => PICTURES,
};
const REQUEST: PlanRequest = {
  client: { sex: 'm', ageYears: 42 },
  measures: [takeMeasure('circumference', 565)],
  zoneTapes: [],
  presentation: { kind: 'norwood', stage: 6 },
  sessions: 3,
  reason: null,
  start: null,
  timeZone: 'Europe/Berlin',
  seed: 7,
};
const quiet = (): void => undefined;
const photoFile = (bytes: Uint8Array, overrides: Partial<PhotoFile> = {}): PhotoFile => ({
  view: 'front',
  name: 'client.jpg',
  bytes,
  hairMask: null,
  anchors: null,
  marks: null,
  ...overrides,
});
interface PlanOutput {
  readonly summary: Summary;
  readonly files: readonly OutputFile[];
}
async function computed(job: PlanJob, onStep = quiet as (step: string) => void): Promise<PlanOutput> {
  const files: OutputFile[] = [];
  return { summary: await computePlan(job, TOOLS, { onStep, onFile: (file) => files.push(file) }), files };
}
const planned = (photo: PhotoFile, onStep?: (step: string) => void): Promise<PlanOutput> =>
  computed({ kind: 'plan', request: REQUEST, photos: [photo], head: null }, onStep);
const fileOf = ({ files }: PlanOutput, name: string): Buffer =>
  Buffer.from(files.find((file: OutputFile) => file.name === name)!.bytes);
const documentOf = (output: PlanOutput): PlanDocument => parsePlan(fileOf(output, 'plan.json').toString());

const TAKEN_AT = 'taken at 52.52 N 13.40 E';
/** Half the example's size, lying on its side with a note in the file of how to turn it, in Display P3, taken somewhere. */
let bytes: Buffer;
let output: PlanOutput;
const steps: string[] = [];
beforeAll(async () => {
  const upright = await sharp(readFileSync(MANNEQUIN)).resize(720).png().toBuffer();
  bytes = await sharp(upright)
    .rotate(-90)
    .withMetadata({ orientation: 6, exif: { IFD0: { ImageDescription: TAKEN_AT } } })
    .withIccProfile('p3', { attach: true })
    .jpeg({ quality: 92 })
    .toBuffer();
  output = await planned(photoFile(bytes), (step) => steps.push(step));
});

describe('computing a plan', () => {
  test('tells what it is doing, each thing once and in order', () => {
    expect(steps).toEqual([
      'opening the photo',
      'looking for the face',
      'placing the head',
      'designing the hairline',
      'laying out the dots',
      'drawing the pictures',
      'drawing up numbers and sheets',
      'compressing the pictures',
    ]);
  });

  test('works on the upright photo', async () => {
    expect(documentOf(output).photos[0]).toMatchObject({ widthPx: 720, heightPx: 900 });
    expect(Math.abs(documentOf(output).photos[0]!.rollDeg)).toBeLessThan(2);
    for (const [name, width] of [
      ['healed', 720],
      ['fresh', 720],
      ['year5', 2160],
      ['mask', 720],
    ] as const) {
      const { width: w, height: h, format } = await sharp(fileOf(output, `front.${name}.png`)).metadata();
      expect([name, w, h, format]).toEqual([name, width, 900, 'png']);
    }
  });

  test("keeps the photo's colour profile and nothing else of its metadata", async () => {
    const before = await sharp(bytes).metadata();
    const after = await sharp(fileOf(output, 'front.healed.png')).metadata();
    expect([before.orientation, bytes.includes(TAKEN_AT)]).toEqual([6, true]);
    expect([after.exif, after.xmp, after.iptc, after.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(Buffer.compare(after.icc!, before.icc!)).toBe(0);
    for (const { name, bytes: written } of output.files) {
      expect([name, Buffer.from(written).includes(TAKEN_AT)]).toEqual([name, false]);
    }
  });

  test('marks with 255 where a dot may change a pixel, and 0 elsewhere', async () => {
    const { data, info } = await sharp(fileOf(output, 'front.mask.png')).raw().toBuffer({ resolveWithObject: true });
    const levels = new Set(data.filter((_, k) => k % info.channels === 0));
    expect([...levels].sort()).toEqual([0, 255]);
  });

  test('says the share of the dots that the photo shows', () => {
    const [view] = output.summary.views;
    expect(view!.dotsInView).toBeGreaterThan(0.2);
    expect(view!.dotsInView).toBeLessThan(0.9);
  });
});

describe('recomputing a saved plan', () => {
  test('needs no photo for all that is no picture', async () => {
    const again = await computed({ kind: 'recompute', document: documentOf(output), photos: [] });
    expect(again.files.some(({ name }) => name.endsWith('.png'))).toBe(false);
    for (const name of ['plan.json', 'dots.csv', 'head.glb', 'stencil.svg', 'course.ics']) {
      expect([name, Buffer.compare(fileOf(again, name), fileOf(output, name))]).toEqual([name, 0]);
    }
    expect(again.summary.views[0]!.dotsInView).toBeNull();
  });

  test('refuses another photo under the name of the plan', async () => {
    const other = await sharp(bytes).jpeg({ quality: 80 }).withMetadata().toBuffer();
    const job = { kind: 'recompute', document: documentOf(output), photos: [photoFile(other)] } as const;
    await expect(computed(job)).rejects.toMatchObject({ code: 'photo-differs', detail: 'front' });
  });

  test('refuses a document that asks for what no head holds, and one that lies about its photo', async () => {
    const document = documentOf(output);
    const crowded = { ...document, density: { ...document.density, fullPerCm2: 300 } };
    await expect(computed({ kind: 'recompute', document: crowded, photos: [] })).rejects.toMatchObject({
      code: 'document-invalid',
      detail: expect.stringContaining('dots per cm2'),
    });
    const swapped = { ...document, photos: [{ ...document.photos[0]!, widthPx: 900, heightPx: 720 }] };
    await expect(computed({ kind: 'recompute', document: swapped, photos: [photoFile(bytes)] })).rejects.toMatchObject({
      code: 'photo-differs',
    });
  });

  test('names the photo by its fingerprint, of the bytes as they are', () => {
    expect(documentOf(output).photos[0]!.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

describe('a photo that cannot be opened', () => {
  test.each([
    ['photo-empty', Buffer.alloc(0)],
    ['photo-type', Buffer.from('Dear client, please find attached')],
  ])('is refused as %s, by the name of the file', async (code, content) => {
    const error: unknown = await planned(photoFile(content, { name: 'IMG_1.jpg' })).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ code, detail: expect.stringContaining('IMG_1.jpg') });
  });

  test('and a hair mask of another size', async () => {
    const hairMask = await sharp({ create: { width: 72, height: 90, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    await expect(planned(photoFile(bytes, { hairMask }))).rejects.toMatchObject({
      code: 'mask-mismatch',
      detail: '72 x 90 instead of 720 x 900 pixels',
    });
  });
});
