/**
 * worksheet.pdf: the sheet to work from, A4 to print.
 *
 * Page 1 the plan at a glance, then the zones, densities in true size, colours and pigment, the log of a session. Neutral
 * as to the client: no name is in it. Without a measured head it shows no millimetre of it and has no page of densities,
 * without a colour card none of colours.
 *
 * `picture` is a PNG or JPEG of the healed view, best at no more than 800 pixels: it is embedded as it is.
 * Promises: the same input gives the same bytes; no date, no id, no font file in it.
 */
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { LEFT_MM, MUTED, PAGE_HEIGHT_MM, Sheet, WIDTH_MM } from './sheet.ts';
import { drawColours, hasColours } from './worksheet-colours.ts';
import { drawOverview } from './worksheet-overview.ts';
import { drawSessionLog } from './worksheet-session-log.ts';
import { drawSwatches } from './worksheet-swatches.ts';
import type { WorksheetInput } from './worksheet-words.ts';
import { drawZones } from './worksheet-zones.ts';

const PNG_FIRST_BYTE = 0x89;

export async function writeWorksheet(input: WorksheetInput, picture: Uint8Array | null = null): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle('Session worksheet');
  pdf.setProducer(`Stipple ${input.summary.engine}`);
  const fonts = {
    regular: await pdf.embedFont(StandardFonts.Helvetica),
    bold: await pdf.embedFont(StandardFonts.HelveticaBold),
  };
  const image = picture && (picture[0] === PNG_FIRST_BYTE ? await pdf.embedPng(picture) : await pdf.embedJpg(picture));
  const draw: ((sheet: Sheet) => void)[] = [
    (sheet) => drawOverview(sheet, input, image),
    (sheet) => drawZones(sheet, input),
    ...(input.plan.document.head.isMeasured ? [(sheet: Sheet) => drawSwatches(sheet, input)] : []),
    ...(hasColours(input) ? [(sheet: Sheet) => drawColours(sheet, input)] : []),
    (sheet) => drawSessionLog(sheet, input),
  ];
  draw.forEach((drawPage, k) => {
    const sheet = new Sheet(pdf, fonts);
    drawPage(sheet);
    drawFooter(sheet, input, `${k + 1} of ${draw.length}`);
  });
  return pdf.save();
}

function drawFooter(sheet: Sheet, { plan, summary }: WorksheetInput, page: string): void {
  const style = { size: 7, colour: MUTED } as const;
  const y = PAGE_HEIGHT_MM - 11;
  sheet.rule(LEFT_MM, y - 4, WIDTH_MM, { widthMm: 0.15, colour: MUTED });
  sheet.text(LEFT_MM, y, 'Simulation and yardstick; nobody places dots by coordinate.', style);
  const made = `Stipple ${summary.engine}, seed ${plan.document.seed}, page ${page}`;
  sheet.text(LEFT_MM + WIDTH_MM, y, made, { ...style, align: 'right' });
}
