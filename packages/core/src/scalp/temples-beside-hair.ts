/**
 * The hairline with temple peaks no farther before the client's own hair than the line is above them.
 *
 * Where temples keep their own peaks the work runs back to the hair where the strip before it is narrow (temple-taper.ts).
 * The usual line has its peak 5 cm below the corner whatever the client's hair does. On a man whose hair comes near the corner and
 * recedes below it the strip is narrow, then wide, then hair again: the temple was worked in full by itself, a patch
 * that reads as a smudge. So the peak is moved back toward the hair, as far as the strip there is wider than about the corner.
 *
 * In: the usual hairline, and where the bald part was drawn; a template says too little of one client's temples to move
 * a line by. Unchanged where temples are rebuilt, nothing was drawn, or the strip narrows downwards by itself.
 */
import type { HeadMap } from '../head/head-map.ts';
import { quantise } from '../num/range.ts';
import { CONTROLS_PER_SIDE } from './design-hairline.ts';
import { outlinesOf, isStage } from './scalp-design.ts';
import type { HairlineDesign, Presentation, ScalpMark } from './scalp-design.ts';
import { curveByParts, sampleOf, walkTowards } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';
import { signedDistances } from './skin-grid.ts';
import { closedCurveThrough } from './skin-outline.ts';
import { keepsPeaks } from './temple-taper.ts';

type Point = HairlineDesign['controlsMm'][number];

/** Controls from the middle out: the corner, between it and the peak, the peak. */
const [CORNER, RECESS, PEAK] = [3, 4, 5];
/** So much wider is as wide; and so far back a peak may be moved. */
const LEAST_MM = 1;
const MOST_MM = 40;
const ROUNDS = 8;

export function templesBesideHair(
  head: HeadMap,
  hairline: HairlineDesign,
  presentation: Presentation,
  marks: readonly ScalpMark[],
): HairlineDesign {
  const outlines = isStage(presentation) && keepsPeaks(presentation) ? outlinesOf(marks, 'bald') : [];
  if (outlines.length === 0) return hairline;
  const curves = outlines.map((outline) => closedCurveThrough(head, outline));
  let line = hairline;
  for (const sign of [-1, 1] as const) line = withNarrowTemple(head, line, sign, curves);
  return line;
}

/** The line with the peak of one side moved back until nowhere below the corner the strip is wider than about the corner. */
function withNarrowTemple(
  head: HeadMap,
  hairline: HairlineDesign,
  sign: 1 | -1,
  curves: readonly SkinCurve[],
): HairlineDesign {
  const { controlsMm } = hairline;
  const at = (control: number): number => CONTROLS_PER_SIDE + sign * control;
  const [corner, recess, peak] = [CORNER, RECESS, PEAK].map((control) => controlsMm[at(control)]);
  const most = Math.max(0, Math.min(...stripsMm(curves, [corner, recess])));
  // Straight back along the side, as in design-hairline.ts.
  const backBy = (mm: number): HairlineDesign => {
    const [x, y, z] = walkTowards(head, peak, [peak[0], peak[1] * 1.05, -60], mm);
    const moved: Point = [quantise(x, 100), quantise(y, 100), quantise(z, 100)];
    return { ...hairline, controlsMm: controlsMm.map((p, i) => (i === at(PEAK) ? moved : p)) };
  };
  const isWider = (line: HairlineDesign): boolean => {
    const curve = curveByParts(head, line.controlsMm);
    const temple = Array.from({ length: curve.count }, (_, i) => sampleOf(curve, i)).filter(
      ([x, y]) => sign * x > 0 && y < recess[1],
    );
    return Math.max(...stripsMm(curves, temple)) > most + LEAST_MM;
  };
  // Where the whole side is bald no place of the peak makes the strip narrow.
  if (!isWider(hairline) || isWider(backBy(MOST_MM))) return hairline;
  let [low, high] = [0, MOST_MM];
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    if (isWider(backBy(middle))) low = middle;
    else high = middle;
  }
  return backBy(high);
}

/** How far each place lies in what was drawn as bald. */
function stripsMm(curves: readonly SkinCurve[], places: readonly Point[]): number[] {
  const xyz = Float64Array.from(places.flat());
  const each = curves.map((curve) => signedDistances(xyz, curve));
  return places.map((_, i) => Math.max(...each.map((mm) => mm[i])));
}
