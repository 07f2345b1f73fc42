import { PDFDocument, PDFRawStream, decodePDFRawStream } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import { PRINTED_PATCHES, STIPPLE_CARD, TARGETS_MM } from '@stipple/core/card/card-design.ts';
import { writeColourCard } from './write-colour-card.ts';

/** Drawing operators of the one page, in points. */
async function operatorsOf(bytes: Uint8Array): Promise<string> {
  const pdf = await PDFDocument.load(bytes);
  return pdf.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFRawStream ? [object] : []))
    .map((stream) => new TextDecoder('latin1').decode(decodePDFRawStream(stream).decode()))
    .join('\n');
}

describe('writeColourCard', () => {
  it('is one sheet of A4, the same bytes each time', async () => {
    const [a, b] = [await writeColourCard('1.2.3'), await writeColourCard('1.2.3')];
    expect(a).toEqual(b);
    const pdf = await PDFDocument.load(a);
    expect(pdf.getPageCount()).toBe(1);
    expect(pdf.getPage(0).getWidth()).toBeCloseTo(595.3, 0);
  });

  it('draws targets and greys in black ink alone, and every colour once', async () => {
    const operators = await operatorsOf(await writeColourCard('1.2.3'));
    const greys = PRINTED_PATCHES.filter(({ isGrey, srgb }) => isGrey && srgb).length;
    expect(operators.match(/(^|\s)[\d.]+ g(\s|$)/gm)).toHaveLength(greys + 3 * TARGETS_MM.length);
    for (const { srgb, isGrey } of PRINTED_PATCHES) {
      if (!srgb || isGrey) continue;
      const codes = srgb.map((code) => String(code / 255).slice(0, 6));
      expect(operators, srgb.join()).toMatch(new RegExp(codes.map((code) => `${code}\\d*`).join(' ') + ' rg'));
    }
  });

  it('keeps patches and targets on the card and off each other', () => {
    const { widthMm, heightMm, patchMm } = STIPPLE_CARD;
    const half = patchMm / 2;
    for (const { xMm, yMm, id } of PRINTED_PATCHES) {
      expect(xMm - half, id).toBeGreaterThan(1);
      expect(xMm + half, id).toBeLessThan(widthMm - 1);
      expect(yMm + half, id).toBeLessThan(heightMm - 1);
      for (const other of PRINTED_PATCHES) {
        const apart = Math.max(Math.abs(other.xMm - xMm), Math.abs(other.yMm - yMm));
        if (other.id !== id) expect(apart, `${id} ${other.id}`).toBeGreaterThan(patchMm + 0.3);
      }
      for (const [tx, ty] of TARGETS_MM) {
        const [dx, dy] = [Math.max(0, Math.abs(tx - xMm) - half), Math.max(0, Math.abs(ty - yMm) - half)];
        expect(Math.sqrt(dx * dx + dy * dy), `${id} and a target`).toBeGreaterThan(4.2 + 0.4);
      }
    }
  });
});
