/**
 * Is a colour card in this photo, where, and what does it say about the photo's colours?
 *
 * In: the upright photo, and the references that are known, the best of each kind first. Out: the card with its place, its
 * patches and the correction that follows from it; or why a card that is seen cannot be used; or null, when none is seen.
 *
 * Our card is found by its four targets (find-targets.ts), one of the ColorChecker's pattern by its lattice of patches
 * (find-squares.ts). Either may lie at any turn and slant, so that every way of laying the design on what was found
 * is tried, mirrored ones too, and the patches decide: the greys have to fall in their order and the colours have to
 * be those of the card after the correction. That is also what a shelf, a chequered shirt or a keyboard fails.
 *
 * Promises: the same answer on every engine; about 0.1 s of a 12-megapixel photo without a card. Needs targets of 8 pixels
 * after the photo was shrunk, which is a card about 90 pixels wide of 1100. Does not find two cards.
 */
import { atan2 } from '../num/elementary.ts';
import { deltaE2000, labOf, luminance } from '../pigment/lab.ts';
import type { Pixels } from '../vision/pixels.ts';
import { CLASSIC_COLUMNS, CLASSIC_ROWS, TARGETS_MM } from './card-design.ts';
import type { CardKind } from './card-design.ts';
import type { CardReference } from './card-reference.ts';
import { findLattices } from './find-squares.ts';
import type { Lattice } from './find-squares.ts';
import { findTargets } from './find-targets.ts';
import type { Target } from './find-targets.ts';
import { FEWEST_GREYS, FEWEST_PATCHES, fitCorrection } from './fit-correction.ts';
import type { CardCorrection } from './fit-correction.ts';
import { placeCard } from './place-card.ts';
import type { CardPlace, Place } from './place-card.ts';
import { readPatches } from './read-patches.ts';
import type { PatchReading } from './read-patches.ts';
import { inPhoto, shrinkForSearch } from './small-photo.ts';

export type CardFault = 'glare' | 'cropped' | 'not the card';

export interface FoundCard {
  readonly kind: CardKind;
  readonly reference: CardReference;
  readonly place: CardPlace;
  /** Corners of the card in the photo: left upper, right upper, right lower, left lower. */
  readonly cornersPx: readonly Place[];
  readonly readings: readonly PatchReading[];
  readonly correction: CardCorrection;
  /** The photo shows the card, and so everything, mirrored. */
  readonly isMirrored: boolean;
}

/** Targets of a card are seen, but its patches cannot be used. */
export interface UnusableCard {
  readonly kind: CardKind;
  readonly fault: CardFault;
}

/** dE00 that the patches of the right card keep to on the mean after the correction; of a wrong one 12 and more. */
const MOST_MEAN = { 'stipple-1': 7, 'classic-24': 6.5 } as const;
/** Greys alone tell less: they have to agree better. */
const MOST_GREY_MEAN = 6;
/** How much better than the next way to lay the card the right one is. */
const CLEARLY = 1.25;
/** Share of patches that the correction has to rest on. */
const LEAST_USED = 0.6;
/** Share of patches without a reading from which that is why. */
const MOST_FAULTS = 0.3;
const MOST_TARGETS = 14;

export function findCard(photo: Pixels, references: readonly CardReference[]): FoundCard | UnusableCard | null {
  const small = shrinkForSearch(photo);
  const toPhoto = ([x, y]: Place): Place => [inPhoto(x, small.factor), inPhoto(y, small.factor)];
  const of = (kind: CardKind): CardReference | undefined => references.find(({ design }) => design.kind === kind);

  const own = of('stipple-1');
  const quads = own ? targetQuads(findTargets(small)) : [];
  const ownWays = quads.flatMap((quad) => waysOfQuad(quad.map(toPhoto)));
  const found = own && bestOf(photo, own, ownWays);
  if (found) return found;
  const classic = of('classic-24');
  const lattices = classic ? findLattices(small) : [];
  const ways = lattices.flatMap((lattice) =>
    waysOfLattice(lattice.map((point) => ({ ...point, px: toPhoto(point.px) }))),
  );
  const other = classic && bestOf(photo, classic, ways);
  if (other) return other;
  return own && quads.length > 0 ? { kind: 'stipple-1', fault: faultOf(photo, own, ownWays) } : null;
}

export const isFoundCard = (card: FoundCard | UnusableCard | null): card is FoundCard =>
  card !== null && 'correction' in card;

interface Way {
  readonly place: CardPlace;
  readonly isMirrored: boolean;
}

interface Judged extends Way {
  readonly readings: readonly PatchReading[];
  readonly correction: CardCorrection;
  readonly score: number;
}

/** The way of laying the card that its colours agree with, and no other nearly as well. */
function bestOf(photo: Pixels, reference: CardReference, ways: readonly Way[]): FoundCard | null {
  const judged = ways
    .map((way) => judge(photo, reference, way))
    .filter((way): way is Judged => way !== null)
    .sort((a, b) => a.score - b.score);
  const [best] = judged;
  if (!best) return null;
  const isElsewhere = (way: Judged): boolean => {
    const { design } = reference;
    const [a, b] = [best, way].map(({ place }) => place.toPx(0, 0));
    const [c, d] = [best, way].map(({ place }) => place.toPx(design.widthMm, 0));
    const side = Math.abs(a[0] - c[0]) + Math.abs(a[1] - c[1]);
    return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(c[0] - d[0]) + Math.abs(c[1] - d[1]) > 0.2 * side;
  };
  const next = judged.find(isElsewhere);
  if (next && next.score < CLEARLY * best.score) return null;
  const { widthMm, heightMm } = reference.design;
  return {
    kind: reference.design.kind,
    reference,
    place: best.place,
    cornersPx: [
      best.place.toPx(0, 0),
      best.place.toPx(widthMm, 0),
      best.place.toPx(widthMm, heightMm),
      best.place.toPx(0, heightMm),
    ],
    readings: best.readings,
    correction: best.correction,
    isMirrored: best.isMirrored,
  };
}

/** Null when the patches are not the card's. */
function judge(photo: Pixels, reference: CardReference, way: Way): Judged | null {
  const { design, trust } = reference;
  const readings = readPatches(photo, way.place, design);
  if (!greysFall(readings, reference)) return null;
  const correction = fitCorrection(readings, reference);
  if (!correction || correction.used < LEAST_USED * correction.read) return null;
  const isBalance = trust === 'as printed';
  if (correction.after.mean > (isBalance ? MOST_GREY_MEAN : MOST_MEAN[design.kind])) return null;
  // The printed colours are not to be relied on, but tell which way round the card lies.
  const rank = isBalance ? printedOff(readings, reference, correction.matrix) : correction.after.mean;
  if (isBalance && rank > MOST_PRINTED_OFF) return null;
  return { ...way, readings, correction, score: rank };
}

/** Whether each grey is darker than the one before, whatever the lamp; unread ones are passed over, and one in four may be dirty. */
function greysFall(readings: readonly PatchReading[], { design, lights }: CardReference): boolean {
  const greys = design.patches
    .map(({ isGrey }, k) => ({ isGrey, seen: luminance(...readings[k].light), true: luminance(...lights[k]), k }))
    .filter(({ isGrey, k }) => isGrey && readings[k].fault === null)
    .sort((a, b) => b.true - a.true);
  if (greys.length < FEWEST_GREYS) return false;
  const rises = greys.filter(({ seen }, k) => k > 0 && seen > 1.03 * greys[k - 1].seen).length;
  return rises <= greys.length / 4;
}

/** A printer may be off by so much, on the mean, and still print this card. */
const MOST_PRINTED_OFF = 14;

function printedOff(readings: readonly PatchReading[], reference: CardReference, gains: readonly number[]): number {
  let sum = 0;
  let n = 0;
  readings.forEach(({ light, fault }, k) => {
    if (fault !== null) return;
    const [r, g, b] = [gains[0] * light[0], gains[4] * light[1], gains[8] * light[2]];
    sum += deltaE2000(labOf([r, g, b]), reference.labs[k]);
    n++;
  });
  return n < FEWEST_PATCHES ? Infinity : sum / n;
}

/** Why a card whose targets are seen was not to be had: of the ways to lay it, the one that reads best says. */
function faultOf(photo: Pixels, { design }: CardReference, ways: readonly Way[]): CardFault {
  let best = { fault: 'not the card' as CardFault, faults: Infinity };
  for (const { place } of ways) {
    const readings = readPatches(photo, place, design);
    const outside = readings.filter(({ fault }) => fault === 'outside').length;
    const bright = readings.filter(({ fault }) => fault === 'clipped' || fault === 'uneven').length;
    const many = MOST_FAULTS * readings.length;
    const fault = outside > many ? 'cropped' : bright > many ? 'glare' : 'not the card';
    if (outside + bright < best.faults) best = { fault, faults: outside + bright };
  }
  return best.fault;
}

/** Fours of targets that may be corners of one card, in order around it. */
function targetQuads(targets: readonly Target[]): Place[][] {
  const some = targets.toSorted((a, b) => b.radiusPx - a.radiusPx).slice(0, MOST_TARGETS);
  const quads: Place[][] = [];
  for (let a = 0; a < some.length; a++)
    for (let b = a + 1; b < some.length; b++)
      for (let c = b + 1; c < some.length; c++)
        for (let d = c + 1; d < some.length; d++) {
          const quad = asCorners([some[a], some[b], some[c], some[d]]);
          if (quad) quads.push(quad);
        }
  return quads.slice(0, 60);
}

/** Sides between targets against their radius, seen straight on: 17 and 10; slant shortens either. */
const SIDE_RADII = [3.5, 24] as const;

function asCorners(four: readonly Target[]): Place[] | null {
  const radii = four.map(({ radiusPx }) => radiusPx);
  if (Math.max(...radii) > 2 * Math.min(...radii)) return null;
  const middle = [0, 1].map((c) => four.reduce((sum, t) => sum + (c ? t.yPx : t.xPx), 0) / 4);
  const turned = four.toSorted((p, q) => turnOf(p, middle) - turnOf(q, middle));
  const corners = turned.map(({ xPx, yPx }): Place => [xPx, yPx]);
  const radius = radii.reduce((sum, r) => sum + r, 0) / 4;
  const sides = corners.map(([x, y], k) => {
    const [nx, ny] = corners[(k + 1) % 4];
    return Math.sqrt((nx - x) * (nx - x) + (ny - y) * (ny - y)) / radius;
  });
  if (sides.some((side) => side < SIDE_RADII[0] || side > SIDE_RADII[1])) return null;
  const bends = corners.map(([x, y], k) => {
    const [n, m] = [corners[(k + 1) % 4], corners[(k + 2) % 4]];
    return (n[0] - x) * (m[1] - n[1]) - (n[1] - y) * (m[0] - n[0]);
  });
  const isConvex = bends.every((bend) => bend > 0) || bends.every((bend) => bend < 0);
  const isFair = [0, 1].every((k) => sides[k] < 2 * sides[k + 2] && sides[k + 2] < 2 * sides[k]);
  return isConvex && isFair ? corners : null;
}

const turnOf = ({ xPx, yPx }: Target, [x, y]: readonly number[]): number => atan2(yPx - y, xPx - x);

/** A card with corners there: four turns, seen and mirrored. */
function waysOfQuad(corners: readonly Place[]): Way[] {
  return [false, true].flatMap((isMirrored) => {
    const order = isMirrored ? corners.toReversed() : corners;
    return [0, 1, 2, 3].map((turn) => ({
      place: placeCard(
        TARGETS_MM,
        [0, 1, 2, 3].map((k) => order[(k + turn) % 4]),
      ),
      isMirrored,
    }));
  });
}

/** Every way to lay the six by four patches on the lattice; squares beside the card may have joined it. */
function waysOfLattice(lattice: Lattice): Way[] {
  const ways: { readonly way: Way; readonly held: number }[] = [];
  for (const turn of TURNS) {
    const points = lattice.map(({ i, j, px }) => ({ i: turn[0] * i + turn[1] * j, j: turn[2] * i + turn[3] * j, px }));
    const [is, js] = [points.map(({ i }) => i), points.map(({ j }) => j)];
    for (let i0 = Math.min(...is) - CLASSIC_COLUMNS + 1; i0 <= Math.max(...is); i0++) {
      for (let j0 = Math.min(...js) - CLASSIC_ROWS + 1; j0 <= Math.max(...js); j0++) {
        const held = points.filter(
          ({ i, j }) => i >= i0 && i < i0 + CLASSIC_COLUMNS && j >= j0 && j < j0 + CLASSIC_ROWS,
        );
        if (held.length < FEWEST_SQUARES) continue;
        const place = placeCard(
          held.map(({ i, j }): Place => [10 * (i - i0) + 5, 10 * (j - j0) + 5]),
          held.map(({ px }) => px),
        );
        ways.push({ way: { place, isMirrored: isMirroredAt(place) }, held: held.length });
      }
    }
  }
  const most = Math.max(0, ...ways.map(({ held }) => held));
  return ways.filter(({ held }) => held >= NEARLY * most).map(({ way }) => way);
}

/** Of a card's 24 patches that were seen as squares. */
const FEWEST_SQUARES = 9;
const NEARLY = 0.7;

const TURNS: readonly (readonly [number, number, number, number])[] = [
  [1, 0, 0, 1],
  [0, 1, -1, 0],
  [-1, 0, 0, -1],
  [0, -1, 1, 0],
  [-1, 0, 0, 1],
  [0, 1, 1, 0],
  [1, 0, 0, -1],
  [0, -1, -1, 0],
];

function isMirroredAt(place: CardPlace): boolean {
  const [o, x, y] = [place.toPx(30, 20), place.toPx(31, 20), place.toPx(30, 21)];
  return (x[0] - o[0]) * (y[1] - o[1]) - (x[1] - o[1]) * (y[0] - o[0]) < 0;
}
