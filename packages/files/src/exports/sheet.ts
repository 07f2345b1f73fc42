/**
 * A4 pages in millimetres from the top left corner: the few marks that the worksheet is made of.
 *
 * Text in Helvetica, which every reader has, so nothing is embedded; characters it lacks become '?'. Everything is
 * written as operators of the page, in the order of the calls, so the same calls give the same bytes.
 */
import {
  appendBezierCurve,
  beginText,
  closePath,
  endText,
  fill,
  fillAndStroke,
  lineTo,
  moveText,
  moveTo,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setDashPattern,
  setFillingGrayscaleColor,
  setFillingRgbColor,
  setFontAndSize,
  setLineCap,
  setLineJoin,
  setLineWidth,
  setStrokingRgbColor,
  showText,
  stroke,
} from '@cantoo/pdf-lib';
import type { PDFDocument, PDFFont, PDFImage, PDFName, PDFPage } from '@cantoo/pdf-lib';

export type Rgb = readonly [number, number, number];
export type Point = readonly [xMm: number, yMm: number];

export const INK: Rgb = [0.12, 0.15, 0.18];
export const MUTED: Rgb = [0.42, 0.47, 0.51];
export const LINE: Rgb = [0.82, 0.85, 0.87];
export const ACCENT: Rgb = [0.1, 0.34, 0.4];
export const PAPER: Rgb = [1, 1, 1];

export const PAGE_WIDTH_MM = 210;
export const PAGE_HEIGHT_MM = 297;
export const LEFT_MM = 18;
export const WIDTH_MM = PAGE_WIDTH_MM - 2 * LEFT_MM;

const POINTS_PER_MM = 72 / 25.4;
const pt = (mm: number): number => Math.round(mm * POINTS_PER_MM * 1000) / 1000;
const up = (yMm: number): number => pt(PAGE_HEIGHT_MM - yMm);

export interface Fonts {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
}

export interface TextStyle {
  /** Points. */
  readonly size?: number;
  readonly isBold?: boolean;
  readonly colour?: Rgb;
  readonly align?: 'left' | 'right' | 'centre';
}

export interface Stroke {
  readonly widthMm: number;
  readonly colour: Rgb;
  readonly dashMm?: number;
}

export interface Column {
  readonly title: string;
  readonly widthMm: number;
  readonly align?: 'left' | 'right';
}

const ROW_MM = 6.2;

export class Sheet {
  readonly #page: PDFPage;
  readonly #fonts: Fonts;
  readonly #names: { readonly regular: PDFName; readonly bold: PDFName };
  readonly #known: ReadonlySet<number>;

  constructor(document: PDFDocument, fonts: Fonts) {
    this.#page = document.addPage([pt(PAGE_WIDTH_MM), pt(PAGE_HEIGHT_MM)]);
    this.#fonts = fonts;
    this.#names = {
      regular: this.#page.node.newFontDictionary('Text', fonts.regular.ref),
      bold: this.#page.node.newFontDictionary('Bold', fonts.bold.ref),
    };
    this.#known = new Set(fonts.regular.getCharacterSet());
  }

  /** One line of text; `yMm` is its baseline, `xMm` its left end, right end or middle. */
  text(
    xMm: number,
    yMm: number,
    text: string,
    { size = 9, isBold = false, colour = INK, align = 'left' }: TextStyle = {},
  ): void {
    const safe = this.#safe(text);
    const width = this.textWidthMm(safe, size, isBold);
    const x = align === 'left' ? xMm : align === 'right' ? xMm - width : xMm - width / 2;
    this.#page.pushOperators(
      beginText(),
      setFillingRgbColor(...colour),
      setFontAndSize(isBold ? this.#names.bold : this.#names.regular, size),
      moveText(pt(x), up(yMm)),
      showText((isBold ? this.#fonts.bold : this.#fonts.regular).encodeText(safe)),
      endText(),
    );
  }

  textWidthMm(text: string, size: number, isBold = false): number {
    return (isBold ? this.#fonts.bold : this.#fonts.regular).widthOfTextAtSize(this.#safe(text), size) / POINTS_PER_MM;
  }

  /** Text broken into lines of at most `widthMm`; returns the baseline after the last one. */
  paragraph(xMm: number, yMm: number, widthMm: number, text: string, style: TextStyle = {}): number {
    const { size = 9, isBold = false } = style;
    let y = yMm;
    let line = '';
    const step = size * 0.48;
    for (const word of text.split(/\s+/)) {
      const longer = line ? `${line} ${word}` : word;
      if (line && this.textWidthMm(longer, size, isBold) > widthMm) {
        this.text(xMm, y, line, style);
        y += step;
        line = word;
      } else line = longer;
    }
    this.text(xMm, y, line, style);
    return y + step;
  }

  /** A section's title over a thin rule; returns the top of what follows. */
  heading(yMm: number, title: string, note = '', xMm = LEFT_MM, widthMm = WIDTH_MM): number {
    this.text(xMm, yMm, title, { size: 11, isBold: true, colour: ACCENT });
    if (note) this.text(xMm + widthMm, yMm, note, { size: 7.5, colour: MUTED, align: 'right' });
    this.rule(xMm, yMm + 2, widthMm, { widthMm: 0.3, colour: ACCENT });
    return yMm + 7;
  }

  /** Rows under a line of column titles, a light rule after each; returns the top of what follows. */
  table(
    xMm: number,
    yMm: number,
    columns: readonly Column[],
    rows: readonly (readonly string[])[],
    rowMm = ROW_MM,
  ): number {
    const width = columns.reduce((sum, column) => sum + column.widthMm, 0);
    const cells = (y: number, texts: readonly string[], style: TextStyle): void => {
      let x = xMm;
      columns.forEach(({ widthMm, align = 'left' }, k) => {
        // Numbers keep off the column to their right.
        const end = x + widthMm - (k === columns.length - 1 ? 0 : 2);
        this.text(align === 'left' ? x : end, y, texts[k] ?? '', { ...style, align });
        x += widthMm;
      });
    };
    cells(
      yMm,
      columns.map(({ title }) => title),
      { size: 7.5, colour: MUTED },
    );
    this.rule(xMm, yMm + 1.8, width, { widthMm: 0.2, colour: LINE });
    rows.forEach((row, k) => {
      const y = yMm + 1.8 + rowMm * (k + 1);
      cells(y - 1.9, row, { size: 9 });
      this.rule(xMm, y, width, { widthMm: 0.15, colour: LINE });
    });
    return yMm + 1.8 + rowMm * rows.length + 9;
  }

  rule(xMm: number, yMm: number, widthMm: number, style: Stroke): void {
    this.polyline(
      [
        [xMm, yMm],
        [xMm + widthMm, yMm],
      ],
      style,
    );
  }

  /** A line to write on, its label in small type above it. */
  blank(xMm: number, yMm: number, widthMm: number, label: string): void {
    this.text(xMm, yMm - 6, label, { size: 7.5, colour: MUTED });
    this.rule(xMm, yMm, widthMm, { widthMm: 0.2, colour: MUTED });
  }

  /** A box to tick, 3 mm, and what it stands for. */
  tick(xMm: number, yMm: number, text: string, widthMm: number): number {
    this.box(xMm, yMm - 2.7, 3, 3, { stroke: { widthMm: 0.25, colour: MUTED } });
    return this.paragraph(xMm + 5, yMm, widthMm - 5, text);
  }

  box(xMm: number, yMm: number, widthMm: number, heightMm: number, paint: { fill?: Rgb; stroke?: Stroke }): void {
    this.#paint([rectangle(pt(xMm), up(yMm + heightMm), pt(widthMm), pt(heightMm))], paint);
  }

  polyline(points: readonly Point[], style: Stroke): void {
    this.#paint(
      points.map(([x, y], k) => (k ? lineTo : moveTo)(pt(x), up(y))),
      { stroke: style },
    );
  }

  polygon(points: readonly Point[], paint: { fill?: Rgb; stroke?: Stroke }): void {
    this.#paint([...points.map(([x, y], k) => (k ? lineTo : moveTo)(pt(x), up(y))), closePath()], paint);
  }

  /** Many boxes of one colour as one path. */
  boxes(boxes: readonly (readonly [xMm: number, yMm: number, widthMm: number, heightMm: number])[], colour: Rgb): void {
    this.#paint(
      boxes.map(([x, y, w, h]) => rectangle(pt(x), up(y + h), pt(w), pt(h))),
      { fill: colour },
    );
  }

  ellipse(
    xMm: number,
    yMm: number,
    radiusXMm: number,
    radiusYMm: number,
    paint: { fill?: Rgb; stroke?: Stroke },
  ): void {
    this.#paint(ellipsePath(xMm, yMm, radiusXMm, radiusYMm), paint);
  }

  /** Of grey alone, 0 black to 1 white: printed with black ink, not mixed of colours. */
  greyBox(xMm: number, yMm: number, widthMm: number, heightMm: number, grey: number): void {
    this.#grey([rectangle(pt(xMm), up(yMm + heightMm), pt(widthMm), pt(heightMm))], grey);
  }

  greyDisc(xMm: number, yMm: number, radiusMm: number, grey: number): void {
    this.#grey(ellipsePath(xMm, yMm, radiusMm, radiusMm), grey);
  }

  /** Round dots of one diameter: lines of no length with round ends. */
  dots(points: readonly Point[], diameterMm: number, colour: Rgb): void {
    if (points.length === 0) return;
    this.#page.pushOperators(
      pushGraphicsState(),
      setLineCap(1),
      setLineWidth(pt(diameterMm)),
      setStrokingRgbColor(...colour),
      ...points.flatMap(([x, y]) => [moveTo(pt(x), up(y)), lineTo(pt(x), up(y))]),
      stroke(),
      popGraphicsState(),
    );
  }

  /** A picture as large as fits into the box, at its top right; returns its size. */
  picture(
    image: PDFImage,
    xMm: number,
    yMm: number,
    widthMm: number,
    heightMm: number,
  ): { widthMm: number; heightMm: number } {
    const scale = Math.min(widthMm / image.width, heightMm / image.height);
    const size = { widthMm: image.width * scale, heightMm: image.height * scale };
    this.#page.drawImage(image, {
      x: pt(xMm + widthMm - size.widthMm),
      y: up(yMm + size.heightMm),
      width: pt(size.widthMm),
      height: pt(size.heightMm),
    });
    return size;
  }

  #grey(path: Parameters<PDFPage['pushOperators']>, grey: number): void {
    this.#page.pushOperators(pushGraphicsState(), setFillingGrayscaleColor(grey), ...path, fill(), popGraphicsState());
  }

  #paint(path: Parameters<PDFPage['pushOperators']>, paint: { fill?: Rgb; stroke?: Stroke }): void {
    const { stroke: line } = paint;
    this.#page.pushOperators(
      pushGraphicsState(),
      ...(paint.fill ? [setFillingRgbColor(...paint.fill)] : []),
      ...(line
        ? [
            setLineWidth(pt(line.widthMm)),
            setLineJoin(1),
            setStrokingRgbColor(...line.colour),
            ...(line.dashMm ? [setDashPattern([pt(line.dashMm), pt(line.dashMm)], 0)] : []),
          ]
        : []),
      ...path,
      paint.fill && line ? fillAndStroke() : line ? stroke() : fill(),
      popGraphicsState(),
    );
  }

  #safe(text: string): string {
    return Array.from(text, (c) => (this.#known.has(c.codePointAt(0) ?? 0) ? c : '?')).join('');
  }
}

function ellipsePath(
  xMm: number,
  yMm: number,
  radiusXMm: number,
  radiusYMm: number,
): Parameters<PDFPage['pushOperators']> {
  // Control points of a quarter circle by Bezier curves, off by 0.03 % of the radius.
  const k = 0.5523;
  const at = (x: number, y: number): [number, number] => [pt(xMm + x * radiusXMm), up(yMm + y * radiusYMm)];
  const quarter = (a: Point, b: Point, c: Point) => appendBezierCurve(...at(...a), ...at(...b), ...at(...c));
  return [
    moveTo(...at(1, 0)),
    quarter([1, k], [k, 1], [0, 1]),
    quarter([-k, 1], [-1, k], [-1, 0]),
    quarter([-1, -k], [-k, -1], [0, -1]),
    quarter([k, -1], [1, -k], [1, 0]),
    closePath(),
  ];
}
