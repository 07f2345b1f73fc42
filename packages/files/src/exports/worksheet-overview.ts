/** Page 1 of the worksheet: the plan at a glance, its course, what to measure on the head, and its warnings. */
import { planCourse } from '@stipple/core/course/plan-course.ts';
import { dayWords } from '@stipple/core/calendar/day-words.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';
import type { PDFImage } from '@cantoo/pdf-lib';
import { ACCENT, INK, LEFT_MM, LINE, MUTED, WIDTH_MM } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { presentationName } from './zone-names.ts';
import { NOT_TO_SCALE } from './worksheet-words.ts';
import type { WorksheetInput } from './worksheet-words.ts';

const PICTURE_MM = { width: 46, height: 58 };
/** A warning that would begin lower is left to summary.json. */
const LAST_WARNING_MM = 272;

export function drawOverview(sheet: Sheet, { plan, summary }: WorksheetInput, picture: PDFImage | null): void {
  const { document } = plan;
  let y = drawTitle(sheet, plan);
  if (picture) {
    const size = sheet.picture(picture, LEFT_MM + WIDTH_MM - PICTURE_MM.width, 20, PICTURE_MM.width, PICTURE_MM.height);
    const caption = 'Healed, simulated on the photo';
    sheet.text(LEFT_MM + WIDTH_MM, 20 + size.heightMm + 4, caption, { size: 7.5, colour: MUTED, align: 'right' });
    y = Math.max(y, 20 + size.heightMm + 17);
  }
  const factsEnd = drawFacts(
    sheet,
    { plan, summary },
    picture ? WIDTH_MM - PICTURE_MM.width - 10 : WIDTH_MM,
    !!picture,
  );
  y = drawCourse(sheet, Math.max(y, factsEnd + 13), { plan, summary });
  y = drawChecks(sheet, y, summary);
  y = drawMeasures(sheet, y, document);
  drawWarnings(sheet, y, summary.warnings);
}

function drawTitle(sheet: Sheet, { document }: RealisedPlan): number {
  const { sessions, start } = document.course;
  sheet.text(LEFT_MM, 24, 'SESSION WORKSHEET', { size: 7.5, isBold: true, colour: ACCENT });
  sheet.text(LEFT_MM, 33, presentationName(document.presentation), { size: 22, isBold: true });
  const from = start ? `, from ${dayWords(start)}` : '';
  sheet.text(LEFT_MM, 40, `Scalp micropigmentation in ${sessions} sessions${from}`, { size: 10.5, colour: MUTED });
  return 46;
}

/** The few numbers that everybody asks for, large, over their names; returns the baseline of the last. */
function drawFacts(sheet: Sheet, { plan, summary }: WorksheetInput, widthMm: number, isNarrow: boolean): number {
  const { areaCm2, dotsRange, pigment } = summary;
  const between = ({ low, high }: { readonly low: number; readonly high: number }): string =>
    `${grouped(low)} to ${grouped(high)}`;
  const whole = (value: number): string => String(Math.round(value));
  const facts: readonly (readonly [value: string, name: string, note: string])[] = [
    areaCm2
      ? [`${whole(areaCm2.value)} cm²`, 'Treated area', `${whole(areaCm2.low)} to ${whole(areaCm2.high)} cm²`]
      : ['not known', 'Treated area', NOT_TO_SCALE],
    [grouped(summary.dots), 'Dots in all', dotsRange ? `${between(dotsRange)}, as the area` : 'of an average head'],
    [`${plan.document.density.fullPerCm2} /cm²`, 'Density where bald', 'healed, after the last session'],
    [pigment.dilution === null ? '1 : ____' : `1 : ${pigment.dilution}`, 'Dilution', `shade ${pigment.shade}`],
  ];
  const columns = isNarrow ? 2 : 4;
  const step = widthMm / columns;
  const rowMm = 19;
  facts.forEach(([value, name, note], k) => {
    const x = LEFT_MM + (k % columns) * step;
    const y = 55 + Math.floor(k / columns) * rowMm;
    sheet.rule(x, y - 6, step - 5, { widthMm: 0.15, colour: LINE });
    sheet.text(x, y, value, { size: 14, isBold: true });
    sheet.text(x, y + 4.4, name, { size: 8, colour: INK });
    sheet.text(x, y + 8.2, note, { size: 7.5, colour: MUTED });
  });
  return 55 + (facts.length / columns - 1) * rowMm + 8.2;
}

function drawCourse(sheet: Sheet, yMm: number, { plan, summary }: WorksheetInput): number {
  const course = planCourse(plan.document.course);
  const y = sheet.heading(yMm, 'Course', `at least 7 days between sessions, and only on healed skin`);
  const rows = summary.sessions.map(({ n, date, dots, hours, hoursLow, hoursHigh }, k) => {
    const gap = course.sessions[k]?.gapDays;
    return [
      String(n),
      date ? dayWords(date) : '________________',
      gap ? `${gap} days` : '',
      grouped(dots),
      `${Math.round((100 * dots) / Math.max(1, summary.dots))} %`,
      `${hours.toFixed(1)} h`,
      `${hoursLow.toFixed(1)} to ${hoursHigh.toFixed(1)} h`,
    ];
  });
  if (course.reviewDate) rows.push(['Review', dayWords(course.reviewDate), 'healed photos']);
  return sheet.table(
    LEFT_MM,
    y,
    [
      { title: 'Session', widthMm: 18 },
      { title: 'Date', widthMm: 36 },
      { title: 'After the last', widthMm: 26 },
      { title: 'Dots', widthMm: 22, align: 'right' },
      { title: 'Share', widthMm: 18, align: 'right' },
      { title: 'Hours', widthMm: 18, align: 'right' },
      { title: 'Likely range', widthMm: 36, align: 'right' },
    ],
    rows,
  );
}

/** Where to put the line, and how far the picture may be off: what a tape reads on the client (core's tape checks). */
function drawChecks(sheet: Sheet, yMm: number, { hairline, readings }: WorksheetInput['summary']): number {
  const { checks } = hairline;
  const y = sheet.heading(yMm, 'Check with the tape', 'soft tape, millimetres, before the first dot');
  if (!checks) {
    sheet.text(
      LEFT_MM,
      y,
      `${NOT_TO_SCALE[0]?.toUpperCase()}${NOT_TO_SCALE.slice(1)}. One tape is enough: circumference above the brows.`,
    );
    return y + 12;
  }
  const rows = checks.map(({ from, to, way, mm, low, high }) => [
    from,
    to,
    `${Math.round(mm)}`,
    `${Math.round(low)} to ${Math.round(high)}`,
    '',
    way,
  ]);
  rows.push(...readingRows(readings ?? []));
  return sheet.table(
    LEFT_MM,
    y,
    [
      { title: 'From', widthMm: 50 },
      { title: 'To', widthMm: 46 },
      { title: 'Reads', widthMm: 18, align: 'right' },
      { title: 'In the picture (95 %)', widthMm: 34, align: 'right' },
      { title: '', widthMm: 4 },
      { title: 'How', widthMm: 22 },
    ],
    rows,
  );
}

/** What was asked of the head, by photo and by the number that it has there. */
const readingRows = (readings: NonNullable<WorksheetInput['summary']['readings']>): string[][] =>
  readings.map((reading, k) => {
    const { kind, view, low, high } = reading;
    const name = `${kind} ${readings.slice(0, k + 1).filter((one) => one.view === view).length}`;
    if (reading.kind === 'tape')
      return [
        `${view} photo`,
        name,
        `${Math.round(reading.mm)}`,
        `${Math.round(low)} to ${Math.round(high)}`,
        '',
        'over the skin',
      ];
    return [
      `${view} photo`,
      name,
      `${reading.cm2.toFixed(1)} cm²`,
      `${low.toFixed(1)} to ${high.toFixed(1)}`,
      '',
      'of skin',
    ];
  });

function drawMeasures(sheet: Sheet, yMm: number, { measures, head }: RealisedPlan['document']): number {
  const half = (WIDTH_MM - 10) / 2;
  const y = sheet.heading(yMm, 'Measures of the head');
  if (measures.length === 0) {
    return (
      sheet.paragraph(
        LEFT_MM,
        y,
        WIDTH_MM,
        `None taken: ${NOT_TO_SCALE}. Dots and hours are those of an average head.`,
      ) + 6
    );
  }
  const rows = measures.map(({ kind, valueMm, sdMm, source }) => [
    `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
    `${valueMm} mm`,
    `± ${Math.round(1.96 * sdMm)} mm`,
    '',
    source,
  ]);
  const after = sheet.table(
    LEFT_MM,
    y,
    [
      { title: 'Measure', widthMm: 26 },
      { title: 'Value', widthMm: 20, align: 'right' },
      { title: '95 %', widthMm: 18, align: 'right' },
      { title: '', widthMm: 4 },
      { title: 'Tool', widthMm: half - 68 },
    ],
    rows,
  );
  const x = LEFT_MM + half + 10;
  const percent = (sd: number): string => (196 * sd).toFixed(1);
  const text = `The scale of this plan comes from the ${head.scaleSource}. Lengths on the scalp are known to ± ${percent(head.relativeSd)} %, areas by head size to ± ${percent(head.relativeAreaSd)} % (95 %). The extent of the zones is a source of its own.`;
  sheet.text(x, y, 'Scale', { size: 7.5, colour: MUTED });
  return Math.max(after, sheet.paragraph(x, y + 6, half, text) + 6);
}

function drawWarnings(sheet: Sheet, yMm: number, warnings: WorksheetInput['summary']['warnings']): void {
  if (warnings.length === 0) return;
  let y = sheet.heading(yMm, 'Before you rely on it');
  for (const [k, { text }] of warnings.entries()) {
    if (y > LAST_WARNING_MM && k < warnings.length - 1) {
      sheet.text(LEFT_MM + 4, y, `${warnings.length - k} more in summary.json.`, { size: 8.5 });
      return;
    }
    sheet.ellipse(LEFT_MM + 0.9, y - 1, 0.6, 0.6, { fill: ACCENT });
    y = sheet.paragraph(LEFT_MM + 4, y, WIDTH_MM - 4, text, { size: 8.5 }) + 1;
  }
}

/** 15737 as '15 737'. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
