/**
 * stipple-card.pdf: our colour card to print, in true size in the upper left of a sheet of A4, with what it is good for
 * beside it.
 *
 * Targets and greys are written as grey alone, so that a printer takes its black and mixes no colours; the rest as the
 * codes of card-design.ts, which every printer makes its own of. That is said on the sheet: a printed card is only as
 * true as its printer, and balances the white by its greys until somebody has read it. Same version, same bytes.
 */
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { PRINTED_PATCHES, STIPPLE_CARD, TARGET, TARGETS_MM } from '@stipple/core/card/card-design.ts';
import { INK, LEFT_MM, LINE, MUTED, PAPER, Sheet, WIDTH_MM } from './sheet.ts';

const TOP_MM = 44;
const RULER_MM = 50;

const HOW_TO_PRINT = [
  'Print at 100 %, "actual size": the ruler under the card has to measure 50 mm. Matt white paper without gloss; a laser printer, or an ink-jet printer in its best quality. Cut along the line, and do not laminate: gloss glares.',
  'Keep it dark and flat. Print a new one each half year, or when it has yellowed.',
];
const HOW_TO_USE = [
  'Hold it beside the head, flat toward the camera and in the same light; all four targets in view, no shadow, no finger on the patches. It may be turned and tilted a little. A third of the head’s width is large enough.',
  'One photo with the card is enough for a plan.',
];
const HOW_TRUE = [
  'A printed card is only as true as its printer. As it comes from the printer, its paper and greys balance the white of a photo, and its colours say nothing.',
  'To have it measure colours, read it once: photograph it beside a ColorChecker in even daylight, and give that photo to "stipple card --photo both.jpg --out card.json"; or read the 24 patches with an instrument. From then on plans take that file with "--card card.json".',
  'A ColorChecker or a card of its pattern may be in the photo instead: it needs no reading.',
];

export async function writeColourCard(engine: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle('Stipple colour card');
  pdf.setProducer(`Stipple ${engine}`);
  const fonts = {
    regular: await pdf.embedFont(StandardFonts.Helvetica),
    bold: await pdf.embedFont(StandardFonts.HelveticaBold),
  };
  const sheet = new Sheet(pdf, fonts);
  sheet.text(LEFT_MM, 24, 'Colour card', { size: 22, isBold: true });
  sheet.text(LEFT_MM, 31, 'for the skin, the hair and the pigment of a plan', { size: 10.5, colour: MUTED });
  drawCard(sheet);
  drawRuler(sheet, TOP_MM + STIPPLE_CARD.heightMm + 14);
  let y = TOP_MM + STIPPLE_CARD.heightMm + 34;
  for (const [title, lines] of [
    ['To print it', HOW_TO_PRINT],
    ['To use it', HOW_TO_USE],
    ['How true it is', HOW_TRUE],
  ] as const) {
    y = sheet.heading(y, title);
    for (const line of lines) y = sheet.paragraph(LEFT_MM, y, WIDTH_MM, line, { size: 9.5 }) + 1.5;
    y += 6;
  }
  return pdf.save();
}

function drawCard(sheet: Sheet): void {
  const { widthMm, heightMm, patchMm } = STIPPLE_CARD;
  const at = (xMm: number, yMm: number): readonly [number, number] => [LEFT_MM + xMm, TOP_MM + yMm];
  sheet.box(...at(0, 0), widthMm, heightMm, { fill: PAPER, stroke: { widthMm: 0.15, colour: LINE, dashMm: 1 } });
  for (const [x, y] of TARGETS_MM) {
    sheet.greyDisc(...at(x, y), TARGET.outerMm, 0);
    sheet.greyDisc(...at(x, y), TARGET.holeMm, 1);
    sheet.greyDisc(...at(x, y), TARGET.dotMm, 0);
  }
  for (const { xMm, yMm, isGrey, srgb } of PRINTED_PATCHES) {
    const place = at(xMm - patchMm / 2, yMm - patchMm / 2);
    if (!srgb) sheet.box(...place, patchMm, patchMm, { stroke: { widthMm: 0.15, colour: LINE } });
    else if (isGrey) sheet.greyBox(...place, patchMm, patchMm, srgb[0] / 255);
    else sheet.box(...place, patchMm, patchMm, { fill: [srgb[0] / 255, srgb[1] / 255, srgb[2] / 255] });
  }
  const style = { size: 6, colour: MUTED, align: 'centre' } as const;
  sheet.text(...at(widthMm / 2, 7.2), 'Stipple colour card 1', { ...style, size: 7, colour: INK });
  sheet.text(...at(widthMm / 2, 10.4), 'all four targets in view, no glare', style);
  sheet.text(...at(widthMm / 2, heightMm - 6), 'printed on ____________   read on ____________', style);
}

function drawRuler(sheet: Sheet, yMm: number): void {
  for (let mm = 0; mm <= RULER_MM; mm += 5) {
    const tall = mm % 10 === 0 ? 3 : 1.8;
    sheet.polyline(
      [
        [LEFT_MM + mm, yMm],
        [LEFT_MM + mm, yMm - tall],
      ],
      { widthMm: 0.2, colour: INK },
    );
  }
  sheet.rule(LEFT_MM, yMm, RULER_MM, { widthMm: 0.2, colour: INK });
  sheet.text(LEFT_MM + RULER_MM + 3, yMm, '50 mm', { size: 8, colour: MUTED });
}
