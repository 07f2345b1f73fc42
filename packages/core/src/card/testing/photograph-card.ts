/**
 * A photo of a card whose truth is known: a head's colours on a cluttered wall, the card at any turn and slant, a lamp, a
 * camera with grain, and if wanted a glare or a finger on it.
 *
 * The lamp turns true light into what falls on the camera by the Bradford transform from D65 to its white, the camera
 * balances half of that away, as phones do.
 */
import { PI, cos, exp, sin } from '../../num/elementary.ts';
import { codeOfLight, LIGHT_OF_CODE } from '../../pigment/linear-light.ts';
import { invert } from '../../num/solve.ts';
import type { Colour3 } from '../../pigment/lab.ts';
import { seededGenerator } from '../../random/generator.ts';
import type { Pixels } from '../../vision/pixels.ts';
import { TARGET, TARGETS_MM } from '../card-design.ts';
import { times } from '../card-reference.ts';
import type { CardReference } from '../card-reference.ts';
import { placeCard } from '../place-card.ts';
import type { Place } from '../place-card.ts';

/** Chromaticity of lamps by their temperature: Planckian below 4000 K, daylight above. */
export const LAMPS = {
  2700: [0.4599, 0.4106],
  3500: [0.4053, 0.3907],
  4000: [0.3805, 0.3768],
  5000: [0.3457, 0.3585],
  6500: [0.3127, 0.329],
  7500: [0.299, 0.3149],
} as const;
export type Kelvin = keyof typeof LAMPS;

const BRADFORD = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];
const RGB_TO_XYZ = [0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041];

const product = (a: ArrayLike<number>, b: ArrayLike<number>): number[] =>
  Array.from({ length: 9 }, (_, k) => {
    const [row, column] = [3 * Math.floor(k / 3), k % 3];
    return a[row] * b[column] + a[row + 1] * b[3 + column] + a[row + 2] * b[6 + column];
  });

/** True linear light to the photo's under a lamp; `balanced` is the share of its colour that the camera takes out. */
export function lampMatrix(kelvin: Kelvin, balanced = 0.5): number[] {
  const [x, y] = LAMPS[kelvin];
  const [x0, y0] = LAMPS[6500];
  const white = (cx: number, cy: number): Colour3 => times(BRADFORD, [cx / cy, 1, (1 - cx - cy) / cy]);
  const [to, from] = [white(x, y), white(x0, y0)];
  const gain = (c: number): number => 1 + (1 - balanced) * (to[c] / from[c] - 1);
  const inCones = product([gain(0), 0, 0, 0, gain(1), 0, 0, 0, gain(2)], BRADFORD);
  return product(invert(RGB_TO_XYZ, 3), product(invert(BRADFORD, 3), product(inCones, RGB_TO_XYZ)));
}

export interface CardShot {
  /** A picture to lay the card on, in daylight; a head on a cluttered wall without one. */
  readonly on?: Pixels;
  readonly reference: CardReference;
  /** Width of the card in the photo before slant. */
  readonly cardPx?: number;
  readonly turnDeg?: number;
  /** 0 seen straight on; .3 is a strong slant. */
  readonly slant?: number;
  readonly at?: Place;
  readonly kelvin?: Kelvin;
  readonly balanced?: number;
  readonly exposure?: number;
  readonly noiseCodes?: number;
  readonly isMirrored?: boolean;
  /** A round glare on the card, mm, and how strong. */
  readonly glare?: { readonly at: Place; readonly radiusMm: number; readonly light: number };
  /** What the printer or the years did to the card's true light. */
  readonly print?: (light: Colour3, patch: number) => Colour3;
  readonly seed?: number;
}

export const SKIN: Colour3 = [0.45, 0.28, 0.2];

export function photographCard(shot: CardShot): Pixels {
  const { on, cardPx = 230, turnDeg = 0, slant = 0, at, kelvin = 6500 } = shot;
  const { widthPx, heightPx } = on ?? { widthPx: 600, heightPx: 800 };
  const { balanced = 0.5, exposure = 0.95, noiseCodes = 1.2, isMirrored = false, glare, seed = 1 } = shot;
  const { design, lights } = shot.reference;
  const lamp = lampMatrix(kelvin, balanced);
  const [cx, cy] = at ?? [widthPx * 0.5, heightPx * 0.78];
  const scale = cardPx / design.widthMm;
  const [c, s] = [cos((turnDeg * PI) / 180), sin((turnDeg * PI) / 180)];
  const seen = ([xMm, yMm]: Place): Place => {
    const x = (isMirrored ? -1 : 1) * (xMm - design.widthMm / 2) * scale;
    const y = (yMm - design.heightMm / 2) * scale;
    const w = 1 + slant * ((0.8 * x + 0.6 * y) / cardPx);
    return [cx + (c * x - s * y) / w, cy + (s * x + c * y) / w];
  };
  const corners: readonly Place[] = [
    [0, 0],
    [design.widthMm, 0],
    [design.widthMm, design.heightMm],
    [0, design.heightMm],
  ];
  const toMm = placeCard(corners.map(seen), corners).toPx;
  const random = seededGenerator(seed);
  const clutter = Array.from({ length: 26 }, () => ({
    x: random() * widthPx,
    y: random() * heightPx,
    w: (0.02 + 0.1 * random()) * widthPx,
    h: (0.02 + 0.1 * random()) * widthPx,
    isRound: random() < 0.5,
    light: [random() * 0.6, random() * 0.6, random() * 0.6] as Colour3,
  }));
  const rgba = new Uint8Array(4 * widthPx * heightPx);
  for (let y = 0, k = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, k++) {
      const isFar = (x - cx) * (x - cx) + (y - cy) * (y - cy) > cardPx * cardPx;
      const sum: [number, number, number] = [0, 0, 0];
      const samples = isFar ? ONE : FOUR;
      for (const [dx, dy] of samples) {
        const place: Place = [x + dx, y + dy];
        const mm = isFar ? null : toMm(...place);
        const onCard = mm && cardLight(mm, shot.reference, lights, shot.print);
        const light = onCard ?? (on ? lightOf(on, k) : wall(place, widthPx, heightPx, clutter));
        const glint = glare && onCard ? glintAt(mm!, glare) : 0;
        for (let ch = 0; ch < 3; ch++) sum[ch] += (light[ch] + glint) / samples.length;
      }
      const photo = times(lamp, sum);
      const grain = noiseCodes * (random() + random() + random() + random() - 2) * 1.732;
      for (let ch = 0; ch < 3; ch++) {
        const code = codeOfLight(exposure * photo[ch]) + grain + 0.5 * noiseCodes * (random() - 0.5);
        rgba[4 * k + ch] = Math.max(0, Math.min(255, Math.round(code)));
      }
      rgba[4 * k + 3] = 255;
    }
  }
  return { widthPx, heightPx, rgba };
}

function glintAt([x, y]: Place, { at, radiusMm, light }: NonNullable<CardShot['glare']>): number {
  const d = ((x - at[0]) * (x - at[0]) + (y - at[1]) * (y - at[1])) / (radiusMm * radiusMm);
  return light * exp(-d * d);
}

const ONE = [[0, 0]] as const;
const FOUR = [
  [-0.25, -0.25],
  [0.25, -0.25],
  [-0.25, 0.25],
  [0.25, 0.25],
] as const;

const lightOf = ({ rgba }: Pixels, k: number): Colour3 => [
  LIGHT_OF_CODE[rgba[4 * k]],
  LIGHT_OF_CODE[rgba[4 * k + 1]],
  LIGHT_OF_CODE[rgba[4 * k + 2]],
];

const isOn = (x: number, y: number, { widthMm, heightMm }: CardReference['design']): boolean =>
  x >= 0 && y >= 0 && x <= widthMm && y <= heightMm;

function cardLight(
  [x, y]: Place,
  { design }: CardReference,
  lights: readonly Colour3[],
  print: CardShot['print'],
): Colour3 | null {
  if (!isOn(x, y, design)) return null;
  const half = design.patchMm / 2;
  for (let k = 0; k < lights.length; k++) {
    const patch = design.patches[k];
    if (Math.abs(x - patch.xMm) < half && Math.abs(y - patch.yMm) < half) return print?.(lights[k], k) ?? lights[k];
  }
  if (design.kind === 'classic-24') return [0.02, 0.02, 0.02];
  for (const [tx, ty] of TARGETS_MM) {
    const r = Math.sqrt((x - tx) * (x - tx) + (y - ty) * (y - ty));
    if (r < TARGET.dotMm || (r > TARGET.holeMm && r < TARGET.outerMm)) return [0.025, 0.025, 0.025];
  }
  return [0.853, 0.853, 0.853];
}

interface Thing {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly isRound: boolean;
  readonly light: Colour3;
}

function wall([x, y]: Place, widthPx: number, heightPx: number, clutter: readonly Thing[]): Colour3 {
  const [u, v] = [(x / widthPx - 0.5) / 0.26, (y / heightPx - 0.38) / 0.27];
  if (u * u + v * v < 1) {
    const lit = 0.5 + 0.5 * Math.sqrt(1 - 0.7 * (u * u + v * v));
    return [SKIN[0] * lit, SKIN[1] * lit, SKIN[2] * lit];
  }
  for (const { x: tx, y: ty, w, h, isRound, light } of clutter) {
    const [p, q] = [(x - tx) / w, (y - ty) / h];
    if (isRound ? p * p + q * q < 1 : Math.abs(p) < 1 && Math.abs(q) < 1) return light;
  }
  const shade = 0.3 + 0.2 * (x / widthPx);
  return [shade, shade, shade * 0.96];
}

/** Mean light of a small square of a photo. */
export function lightAt({ widthPx, rgba }: Pixels, [x, y]: Place, reach = 4): Colour3 {
  const sum: [number, number, number] = [0, 0, 0];
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++)
      for (let c = 0; c < 3; c++)
        sum[c] += LIGHT_OF_CODE[rgba[4 * ((Math.round(y) + dy) * widthPx + Math.round(x) + dx) + c]];
  const n = (2 * reach + 1) * (2 * reach + 1);
  return [sum[0] / n, sum[1] / n, sum[2] / n];
}
