/** The last page of the worksheet, one copy per session: what is checked, told, used and found. */
import { MIN_GAP_DAYS } from '@stipple/core/course/plan-course.ts';
import { LEFT_MM, LINE, MUTED, WIDTH_MM } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import type { WorksheetInput } from './worksheet-words.ts';
import { zoneName } from './zone-names.ts';

const LOWEST_MM = 279;
const HALF_MM = (WIDTH_MM - 10) / 2;

const CHECKS = [
  `At least ${MIN_GAP_DAYS} days since the last session`,
  'No scab is left, no redness, no flaking',
  'No sunburn and no broken skin on the scalp',
  'Screening questions asked again: illness, medicines, pregnancy, allergies, scars that grow',
  'Patch test of pigment and numbing product done and read',
  'Consent signed for today; photos taken first',
];

const TOLD = [
  'It grows no hair; it imitates shaved hair.',
  'It fades over years and changes colour a little; expect a touch-up.',
  'It may be impossible to remove, with laser too.',
  'Further hair loss can show around the work.',
  'Pictures of the plan are simulations, not a promise.',
];

export function drawSessionLog(sheet: Sheet, { summary }: WorksheetInput): void {
  let y = sheet.heading(24, 'Session log', 'print once per session');
  const line = (labels: readonly string[]): void => {
    y += 8;
    const width = (WIDTH_MM - 8 * (labels.length - 1)) / labels.length;
    labels.forEach((label, k) => sheet.blank(LEFT_MM + k * (width + 8), y, width, label));
    y += 4;
  };
  line(['Session', 'Date', 'Practitioner', 'Client reference']);

  y += 7;
  const top = y;
  const right = LEFT_MM + HALF_MM + 10;
  let left = sheet.heading(top, 'Check before the start', '', LEFT_MM, HALF_MM);
  for (const check of CHECKS) left = sheet.tick(LEFT_MM, left + 0.5, check, HALF_MM) + 1.2;
  let told = sheet.heading(top, 'Tell the client, in these words', '', right, HALF_MM);
  for (const sentence of TOLD) told = sheet.tick(right, told + 0.5, sentence, HALF_MM) + 1.2;
  sheet.text(LEFT_MM, Math.max(left, told) + 1, 'One box left open postpones the session.', { size: 8, colour: MUTED });

  y = sheet.heading(Math.max(left, told) + 11, 'Used today');
  y -= 3;
  line(['Pigment and shade', 'Lot and expiry', 'Dilution, 1 :']);
  line(['Needle', 'Needle lot and expiry', 'Machine and speed']);
  line(['Numbing product', 'Strength, % and amount', 'On at, off at']);

  y = sheet.heading(y + 7, 'Zone by zone', 'pain from 0, none, to 10');
  const widths = [34, 22, 22, 22, WIDTH_MM - 100];
  y = sheet.table(
    LEFT_MM,
    y,
    ['Zone', 'Passes', 'Minutes', 'Pain', 'Remarks: held, faded, uneven, too dark'].map((title, k) => ({
      title,
      widthMm: widths[k] ?? 0,
    })),
    summary.zones.map(({ id }) => [zoneName(id)]),
    summary.zones.length > 6 ? 7.2 : 8.4,
  );
  y -= 5;
  line(['Started at', 'Ended at', 'Photos taken', 'Signature']);
  // Whatever room is left is for writing.
  sheet.text(LEFT_MM, y + 5, 'Remarks, also what to do otherwise next time', { size: 7.5, colour: MUTED });
  for (y += 12; y < LOWEST_MM; y += 8) sheet.rule(LEFT_MM, y, WIDTH_MM, { widthMm: 0.15, colour: LINE });
}
