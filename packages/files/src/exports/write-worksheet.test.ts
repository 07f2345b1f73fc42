import { PDFDocument, PDFRawStream, StandardFonts, decodePDFRawStream } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { designPigment } from '@stipple/core/pigment/design-pigment.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import { trueColours } from '@stipple/core/plan/true-colours.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import { zonePatch } from './worksheet-swatches.ts';
import { writePng } from './write-png.ts';
import { writeWorksheet } from './write-worksheet.ts';

const write = (plan: RealisedPlan): Promise<Uint8Array> => writeWorksheet({ plan, summary: summarisePlan(plan) });

/** All text of a PDF's pages, a line per piece, and how many pages it has. */
async function read(bytes: Uint8Array): Promise<{ pages: number; text: string; streams: string }> {
  const pdf = await PDFDocument.load(bytes);
  const streams = pdf.context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object) => object instanceof PDFRawStream)
    .map((stream) => new TextDecoder('latin1').decode(decodePDFRawStream(stream).decode()))
    .join('\n');
  const text = [...streams.matchAll(/<([0-9A-F]+)> Tj/g)].map(([, hex]) =>
    String.fromCharCode(...(hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))),
  );
  return { pages: pdf.getPageCount(), text: text.join('\n'), streams };
}

const plan = realisePlan(sampleDocument(), sampleReserve());
const bytes = await write(plan);
const sheet = await read(bytes);

describe('writeWorksheet', () => {
  it('has four pages: overview, zones, densities, log', () => {
    expect(sheet.pages).toBe(4);
    for (const heading of ['Norwood VI', 'Course', 'Zones', 'Density in true size', 'Session log']) {
      expect(sheet.text).toContain(heading);
    }
  });

  it('has what was asked of the head among the distances to check', async () => {
    const { controlsMm } = plan.document.hairline;
    const [fromMm, , toMm] = controlsMm.slice(6);
    const readings = [
      { kind: 'tape', view: 'front', fromMm: fromMm!, toMm: toMm!, sdMm: 2 },
      { kind: 'area', view: 'front', outlineMm: [...controlsMm.slice(5, 8), [0, 132, 10]], relativeSd: 0.05 },
    ] as const;
    const { text } = await read(await write({ ...plan, document: { ...plan.document, readings } }));
    expect(text).toMatch(/front photo\ntape 1\n\d+\n\d+ to \d+\nover the skin\nfront photo\narea 2\n[\d.]+ cm.\n/);
    expect(sheet.text).not.toContain('front photo');
  });

  it('has a page of colours when a colour card made them true, with the mixture and why', async () => {
    const { photos, ...rest } = sampleDocument();
    const [photo] = photos;
    const matrix = [1.1, 0, 0, 0, 1, 0, 0, 0, 0.9];
    const corner = [0, 0] as const;
    const card = {
      kind: 'classic-24',
      trust: 'published',
      isMirrored: false,
      cornersPx: [corner, corner, corner, corner],
      matrix,
      before: { mean: 6.1, most: 11.2 },
      after: { mean: 1.2, most: 3.4 },
      read: 24,
      used: 23,
      patches: [],
    } as const;
    const lit = { ...photo!, card };
    const { skin, hair } = trueColours([lit])!;
    const pigments = [{ id: 'ink', name: 'Soft Black', maker: 'Inky', lab: [14, 0, -1], dilutions: [] }] as const;
    const pigment = designPigment(photo!.colours, { skinLab: skin.lab, hairLab: hair.lab, pigments });
    const coloured = await read(await write(realisePlan({ ...rest, photos: [lit], pigment }, sampleReserve())));
    expect(coloured.pages).toBe(5);
    for (const words of [
      'Colours and pigment',
      'Soft Black, Inky, 1 : ',
      'ColorChecker Classic',
      '6.1 before',
      'day 42',
    ])
      expect(coloured.text).toContain(words);
  });

  it("says the plan's numbers", () => {
    const summary = summarisePlan(plan);
    expect(sheet.text).toContain(`${Math.round(summary.areaCm2?.value ?? 0)} cm²`);
    expect(sheet.text).toContain('Mon 11 Jan 2027');
    expect(sheet.text.replaceAll(' ', '')).toContain(String(summary.dots));
    const { low, high } = summary.dotsRange!;
    expect(sheet.text.replaceAll(' ', '')).toContain(`${low}to${high},asthearea`);
    for (const { hours } of summary.sessions) expect(sheet.text).toContain(`${hours.toFixed(1)} h`);
    expect(sheet.text).toMatch(/glabella\nmid-frontal point\n80\n7\d to 8\d\nover the skin/);
  });

  it("gives each zone's area with its interval", () => {
    for (const { areaCm2, areaLowCm2, areaHighCm2 } of summarisePlan(plan).zones) {
      const [value, low, high] = [areaCm2, areaLowCm2, areaHighCm2].map((cm2) => Math.round(cm2 ?? NaN));
      expect(sheet.text).toContain(`${value} (${low} to ${high})`);
    }
  });

  it('keeps the columns apart, the whole scalp in four sessions too', async () => {
    const { course } = sampleDocument();
    const large = realisePlan(
      sampleDocument({ presentation: { kind: 'full' }, course: { ...course, sessions: 4, gapsDays: [14, 28, 28] } }),
      sampleReserve(),
    );
    const summary = summarisePlan(large);
    // What the back of a large head has, at the density of bald skin.
    const zones = summary.zones.map((zone) => ({ ...zone, dots: 17_148, sessionDots: [4_266, 5_145, 5_208, 2_529] }));
    const { streams } = await read(await writeWorksheet({ plan: large, summary: { ...summary, zones } }));
    const font = await (await PDFDocument.create()).embedFont(StandardFonts.Helvetica);
    const pieces = [...streams.matchAll(/ 9 Tf\s+([\d.]+) ([\d.]+) Td\s+<([0-9A-F]+)> Tj/g)].map(([, x, y, hex]) => ({
      from: Number(x),
      y,
      to: Number(x) + font.widthOfTextAtSize(Buffer.from(hex, 'hex').toString('latin1'), 9),
    }));
    expect(pieces.length).toBeGreaterThan(50);
    const crowded = pieces.filter((one, k) => one.y === pieces[k + 1]?.y && one.to + 1 > pieces[k + 1]!.from);
    expect(crowded).toEqual([]);
  });

  it.each([
    ['without a picture', 0, 0],
    ['beside a picture that is upright', 40, 60],
    ['beside one that is square', 50, 50],
    ['beside one that is wide', 90, 30],
  ])('keeps the figures clear of the table below them, %s', async (_, widthPx, heightPx) => {
    const pixels = { widthPx, heightPx, channels: 3, samples: new Uint8Array(3 * widthPx * heightPx) } as const;
    const picture = widthPx ? writePng(pixels, null, 2) : null;
    const { streams } = await read(await writeWorksheet({ plan, summary: summarisePlan(plan) }, picture));
    const heightOf = (words: string): number => {
      const hex = [...words].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()).join('');
      return Number(new RegExp(`([\\d.]+) Td\\s+<${hex}> Tj`).exec(streams)?.[1]);
    };
    const gapMm = ((heightOf('healed, after the last session') - heightOf('Course')) * 25.4) / 72;
    expect(gapMm).toBeGreaterThan(8);
    expect(gapMm).toBeLessThan(40);
  });

  it('tells what must be told and promises nothing', () => {
    for (const words of ['grows no hair', 'fades', 'touch-up', 'may be impossible to remove', '7 days']) {
      expect(sheet.text).toContain(words);
    }
    expect(sheet.text).not.toMatch(/permanent|\bsafe|painless|guarantee/i);
    expect(sheet.text).not.toContain('?');
  });

  it('draws the ruler 50 mm and each swatch 20 mm wide', () => {
    const mm = (value: number): string => String(Math.round((value * 72 * 1000) / 25.4) / 1000);
    expect(sheet.streams).toContain(`${mm(18)} `);
    expect(sheet.streams).toContain(`${mm(68)} `);
    expect(sheet.streams.split(` ${mm(20)} ${mm(20)} re`).length - 1).toBe(3 * plan.field.zones.length);
  });

  it('gives the same bytes for the same plan', async () => {
    expect(await write(plan)).toEqual(bytes);
  });

  it('shows no millimetre of a head that nobody measured', async () => {
    const unmeasured = realisePlan(sampleDocument({ measures: [] }), sampleReserve());
    const { pages, text } = await read(await write(unmeasured));
    expect(pages).toBe(3);
    expect(text).toContain('not to scale: measure the head');
    expect(text).not.toMatch(/\d cm²/);
    // What is left in millimetres is depth, dot and how short hair is to be clipped.
    expect(text.match(/\d+(\.\d+)? mm/g)?.every((length) => Number.parseFloat(length) <= 2)).toBe(true);
  });

  it('survives a shade that Helvetica cannot write', async () => {
    const pigment = { ...plan.document.pigment, shade: 'серый 3' };
    const { text } = await read(await write({ ...plan, document: { ...plan.document, pigment } }));
    expect(text).toContain('shade ????? 3');
  });
});

describe('zonePatch', () => {
  it('has as many dots as the target asks for where a zone is large', () => {
    const { zones } = plan.field;
    const crown = zones.findIndex(({ id }) => id === 'crown');
    const patch = zonePatch(plan, crown);
    expect(patch.length / 4).toBeGreaterThan(0.88 * zones[crown].targetPerCm2);
    expect(patch.length / 4).toBeLessThan(1.12 * zones[crown].targetPerCm2);
    for (const { at } of patch) expect(Math.max(Math.abs(at[0]), Math.abs(at[1]))).toBeLessThanOrEqual(10);
  });
});
