/**
 * The page of colours, for plans with a colour card: skin and hair with their intervals, what the card did, the mixture out
 * of the studio's list with why, and how it looks while it heals.
 *
 * Swatches are printed, so they show differences and no absolute colours; the numbers are what counts.
 */
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import { lightOfLab, type Colour3 } from '@stipple/core/pigment/lab.ts';
import { encodeValue } from '@stipple/core/pigment/linear-light.ts';
import { LEFT_MM, LINE, MUTED, WIDTH_MM } from './sheet.ts';
import type { Rgb, Sheet } from './sheet.ts';
import type { WorksheetInput } from './worksheet-words.ts';

type Pigment = PlanSummary['pigment'];

export const hasColours = ({ summary: { pigment } }: WorksheetInput): boolean => Boolean(pigment.card?.use);

export function drawColours(sheet: Sheet, { summary: { pigment } }: WorksheetInput): void {
  sheet.text(LEFT_MM, 24, 'Colours and pigment', { size: 22, isBold: true });
  let y = drawMeasured(sheet, 40, pigment);
  y = drawCard(sheet, y, pigment.card);
  drawChoice(sheet, y, pigment.choice);
}

function drawMeasured(sheet: Sheet, yMm: number, { skin, hair }: Pigment): number {
  let y = sheet.heading(yMm, 'Measured', 'CIELAB, D65; 95 %');
  for (const [name, colour] of [
    ['Skin', skin],
    ['Hair', hair],
  ] as const) {
    if (!colour) continue;
    swatch(sheet, LEFT_MM, y - 3.5, colour.lab);
    sheet.text(LEFT_MM + 20, y, name, { isBold: true });
    const value = (k: 0 | 1 | 2): string =>
      `${'Lab'[k]}* ${colour.lab[k].toFixed(0)} (${colour.low[k].toFixed(0)} to ${colour.high[k].toFixed(0)})`;
    sheet.text(LEFT_MM + 34, y, [value(0), value(1), value(2)].join('   '));
    y = sheet.paragraph(LEFT_MM + 20, y + 4.6, WIDTH_MM - 20, colour.source, { size: 8, colour: MUTED }) + 5;
  }
  if (skin?.type) {
    const { itaDeg, name, fitzpatrick } = skin.type;
    const [from, to] = fitzpatrick;
    const types = from === to ? `${from}` : `${from} to ${to}`;
    const text = `Typology angle ${itaDeg.toFixed(0)}°: ${name}; Fitzpatrick about ${types} (an estimate: ask how the skin burns and tans).`;
    y = sheet.paragraph(LEFT_MM, y, WIDTH_MM, text) + 5;
  }
  return y;
}

function drawCard(sheet: Sheet, yMm: number, card: Pigment['card']): number {
  if (!card?.use) return yMm;
  const { use, name, view } = card;
  const y = sheet.heading(yMm, 'Colour card', `${name}, ${view} photo`);
  const text = `Corrected ${use.words}, on ${use.used} of ${use.read} patches. Difference from the known colours (dE00): ${use.meanBefore.toFixed(1)} before, ${use.meanAfter.toFixed(1)} after on the mean; at most ${use.mostBefore.toFixed(1)} before, ${use.mostAfter.toFixed(1)} after.`;
  return sheet.paragraph(LEFT_MM, y, WIDTH_MM, text) + 6;
}

function drawChoice(sheet: Sheet, yMm: number, choice: Pigment['choice']): void {
  if (!choice) return;
  let y = sheet.heading(yMm, 'Pigment', 'out of the studio’s list');
  const maker = choice.maker ? `, ${choice.maker}` : '';
  sheet.text(LEFT_MM, y + 1, `${choice.name}${maker}, 1 : ${choice.dilution}`, { size: 14, isBold: true });
  y += 8;
  for (const reason of choice.reasons) y = sheet.paragraph(LEFT_MM, y, WIDTH_MM, reason) + 1;
  y = sheet.paragraph(LEFT_MM, y + 1, WIDTH_MM, choice.label, { isBold: true }) + 6;
  sheet.text(LEFT_MM, y, 'As it heals', { size: 8, colour: MUTED });
  choice.days.forEach(({ day, lab, fall }, k) => {
    const x = LEFT_MM + k * 34;
    swatch(sheet, x, y + 3, lab);
    sheet.text(x, y + 17, day === 0 ? 'fresh' : `day ${day}`, { isBold: true });
    sheet.text(x, y + 21, `skin ${(100 * fall).toFixed(0)} % darker`, { size: 8, colour: MUTED });
  });
}

const swatch = (sheet: Sheet, xMm: number, yMm: number, lab: Colour3): void =>
  sheet.box(xMm, yMm, 15, 9, { fill: rgbOf(lab), stroke: { widthMm: 0.15, colour: LINE } });

function rgbOf(lab: Colour3): Rgb {
  const light = lightOfLab(lab);
  const code = (c: number): number =>
    Math.round(1000 * Math.min(1, Math.max(0, encodeValue(Math.max(0, light[c]!))))) / 1000;
  return [code(0), code(1), code(2)];
}
