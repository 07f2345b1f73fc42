/**
 * Which of these places are plain skin, and what colour is it?
 *
 * In: linear light of places on forehead or scalp. A highlight lies above the skin and shows the lamp; shadow, stubble
 * and hair are darker; a red spot has more red against green than its surroundings; make-up has another hue altogether.
 * So places are compared by luminance and by two ratios that brightness does not change, ln(red/green) and
 * ln(blue/green). The commonest pair of ratios is found by mean shift (Comaniciu and Meer 2002) from the middle, with a
 * window that shrinks, because a mean is drawn by a patch of make-up and a mode is not. A camera's tone curve makes dark
 * skin more colourful than lit skin, so that the ratios lean with luminance: by how much is fitted about the mode, and the
 * spread around that line says what else may be skin. The colour is the median, channel by channel, of what is left.
 *
 * The bounds hold what the skin itself varies by: neighbouring places share their light, so that all of them count as
 * {@link INDEPENDENT} and no more. They do not hold what the lamp does to all places alike (see card and read-light.ts).
 * Make-up over more than half of the places is what it then finds. Where next to nothing is left, as on a forehead that
 * the camera has washed out, the middle of the darker two thirds stands for it. Throws RangeError without places.
 */
import { exp, log } from '../num/elementary.ts';
import { clamp } from '../num/range.ts';
import { labOf, luminance } from './lab.ts';
import type { Colour3 } from './lab.ts';
import type { LeftOut } from './photo-colours.ts';

export interface SkinReading {
  /** Linear light. */
  readonly skin: Colour3;
  /** Middle 95 %, L*a*b*. */
  readonly low: Colour3;
  readonly high: Colour3;
  readonly leftOut: LeftOut;
}

/** Light from which a channel may be clipped (code 252), and below which its ratios are noise (code 4). */
const CLIPPED = 0.973;
const BLACK = 0.0012;
/** Windows of the mean shift, natural logarithms. */
const WINDOWS = [0.3, 0.15, 0.09, 0.06] as const;
const ROUNDS = 6;
/** Spread of the ratios within plain skin of one person: pores and blotches, never less than a code of noise. */
const SPREAD = [0.012, 0.04] as const;
const FAR = 3;
/** Redder by so many spreads is a spot, whatever else it is. */
const RED = 4;
/** Plain skin curves away from its lamp: darker than this is shadow or hair, brighter highlight (ln of luminance). */
const SHADOW = -0.22;
const DEEP_SHADOW = -1.7;
const BRIGHT = 0.16;
/** A highlight that has not washed out yet: a little brighter, and paler by this share of the skin's ratios. */
const SHEEN = 0.07;
const PALER = 0.12;
const INDEPENDENT = 8;
/** Of less than this share of the places nothing is told. */
const LEAST_PLAIN = 0.12;
/** How far the ratios may lean with the logarithm of luminance, and over which range that is fitted. */
const MOST_LEAN = 0.7;
const LEAN_OVER = 0.4;
/** What codes, curve and grain leave open, L*, a* and b*. */
const LEAST_SD = [0.4, 0.3, 0.3] as const;

interface Place {
  readonly light: Colour3;
  readonly lnY: number;
  readonly redness: number;
  readonly blueness: number;
}

export function readSkin(lights: readonly Colour3[]): SkinReading {
  if (lights.length === 0) throw new RangeError('no place to read skin at');
  const clipped = lights.filter((light) => Math.max(...light) >= CLIPPED).length;
  const black = lights.filter((light) => Math.min(...light) < BLACK).length;
  const places = lights.filter((light) => Math.max(...light) < CLIPPED && Math.min(...light) >= BLACK).map(placeOf);
  // Nothing but white or black: whatever it is, its middle is all that can be told.
  if (places.length === 0) return readingOf(lights, { highlight: 0, shadow: 0, redSpots: 0, otherColour: 0 });

  const mode = modeOf(places);
  const alike = places.filter((place) => farness(place, mode) <= FAR);
  const level = median(alike.map(({ lnY }) => lnY));
  const counts = { plain: 0, highlight: clipped, shadow: black, redSpots: 0, otherColour: 0 };
  const plain: Place[] = [];
  for (const place of places) {
    const kind = kindOf(place, mode, level);
    counts[kind]++;
    if (kind === 'plain') plain.push(place);
  }
  const share = (count: number): number => count / lights.length;
  return readingOf(plain.length >= LEAST_PLAIN * lights.length ? plain.map(({ light }) => light) : darker(lights), {
    highlight: share(counts.highlight),
    shadow: share(counts.shadow),
    redSpots: share(counts.redSpots),
    otherColour: share(counts.otherColour),
  });
}

const placeOf = (light: Colour3): Place => ({
  light,
  lnY: log(luminance(...light)),
  redness: log(light[0] / light[1]),
  blueness: log(light[2] / light[1]),
});

/** Ratios at `lnY`, and how they lean with it. */
interface Mode {
  readonly lnY: number;
  readonly redness: number;
  readonly blueness: number;
  readonly rednessLean: number;
  readonly bluenessLean: number;
  readonly rednessSd: number;
  readonly bluenessSd: number;
}

/** The commonest pair of ratios, and its spread in either. */
function modeOf(places: readonly Place[]): Mode {
  let redness = median(places.map((place) => place.redness));
  let blueness = median(places.map((place) => place.blueness));
  for (const window of WINDOWS) {
    for (let round = 0; round < ROUNDS; round++) {
      const sums = [0, 0, 0];
      for (const place of places) {
        const [dr, db] = [(place.redness - redness) / window, (place.blueness - blueness) / window];
        const weight = exp(-0.5 * (dr * dr + db * db));
        sums[0] += weight;
        sums[1] += weight * place.redness;
        sums[2] += weight * place.blueness;
      }
      if (sums[0] < 1e-6) break;
      [redness, blueness] = [sums[1] / sums[0], sums[2] / sums[0]];
    }
  }
  const reach = 2 * WINDOWS[WINDOWS.length - 1];
  const around = places.filter(
    (place) => Math.abs(place.redness - redness) < reach && Math.abs(place.blueness - blueness) < reach,
  );
  const lnY = median(around.map((place) => place.lnY));
  const near = around.filter((place) => Math.abs(place.lnY - lnY) < LEAN_OVER);
  const red = leanOf(near, lnY, ({ redness: ratio }) => ratio, redness);
  const blue = leanOf(near, lnY, ({ blueness: ratio }) => ratio, blueness);
  return {
    lnY,
    redness: red.at,
    blueness: blue.at,
    rednessLean: red.lean,
    bluenessLean: blue.lean,
    rednessSd: red.sd,
    bluenessSd: blue.sd,
  };
}

/** The line of a ratio over luminance that most places keep to: least squares, those that lie off counting less and less. */
function leanOf(
  places: readonly Place[],
  lnY: number,
  ratioOf: (place: Place) => number,
  start: number,
): { readonly at: number; readonly lean: number; readonly sd: number } {
  let at = start;
  let lean = 0;
  let sd: number = SPREAD[1];
  for (let round = 0; round < ROUNDS; round++) {
    const off = (place: Place): number => ratioOf(place) - at - lean * (place.lnY - lnY);
    sd = clamp(1.4826 * median(places.map((place) => Math.abs(off(place)))), SPREAD[0], SPREAD[1]);
    let [w, x, xx, y, xy] = [1e-9, 0, 1e-3, 0, 0];
    for (const place of places) {
      const r = off(place) / (2 * sd);
      const weight = 1 / ((1 + r * r) * (1 + r * r));
      const dx = place.lnY - lnY;
      w += weight;
      x += weight * dx;
      xx += weight * dx * dx;
      y += weight * (ratioOf(place) - start);
      xy += weight * dx * (ratioOf(place) - start);
    }
    lean = clamp((xy - (x * y) / w) / Math.max(1e-6, xx - (x * x) / w), -MOST_LEAN, MOST_LEAN);
    at = start + (y - lean * x) / w;
  }
  return { at, lean, sd };
}

/** The darker two thirds. */
function darker(lights: readonly Colour3[]): readonly Colour3[] {
  const sorted = lights.toSorted((a, b) => luminance(...a) - luminance(...b));
  return sorted.slice(0, Math.max(1, Math.ceil((2 * sorted.length) / 3)));
}

/** Redder and bluer than skin of this luminance. */
const offsOf = (place: Place, mode: Mode): readonly [red: number, blue: number] => [
  place.redness - mode.redness - mode.rednessLean * (place.lnY - mode.lnY),
  place.blueness - mode.blueness - mode.bluenessLean * (place.lnY - mode.lnY),
];

/** Distance from skin of this luminance, in its spreads. */
function farness(place: Place, mode: Mode): number {
  const [red, blue] = offsOf(place, mode);
  const [dr, db] = [red / mode.rednessSd, blue / mode.bluenessSd];
  return Math.sqrt(dr * dr + db * db);
}

function kindOf(place: Place, mode: Mode, level: number): 'plain' | keyof LeftOut {
  const brighter = place.lnY - level;
  // How far toward the lamp's own colour, as a share of the way from skin to it.
  const { redness: r, blueness: b } = mode;
  const paler = -((place.redness - r) * r + (place.blueness - b) * b) / Math.max(1e-3, r * r + b * b);
  // Red first: blood takes light away too. In deep shadow the ratios say nothing.
  if (offsOf(place, mode)[0] > RED * mode.rednessSd && brighter > DEEP_SHADOW) return 'redSpots';
  if (brighter < SHADOW) return 'shadow';
  if (brighter > BRIGHT || (brighter > SHEEN && paler > PALER)) return 'highlight';
  if (farness(place, mode) <= FAR) return 'plain';
  return 'otherColour';
}

function readingOf(lights: readonly Colour3[], leftOut: LeftOut): SkinReading {
  const middle = (c: number): number => median(lights.map((light) => light[c]));
  const skin: Colour3 = [middle(0), middle(1), middle(2)];
  const lab = labOf(skin);
  const labs = lights.map(labOf);
  const half = (c: number): number => {
    const sd = 1.4826 * median(labs.map((place) => Math.abs(place[c] - lab[c])));
    return 1.96 * Math.sqrt((sd * sd) / Math.min(INDEPENDENT, lights.length) + LEAST_SD[c] * LEAST_SD[c]);
  };
  const bound = (sign: number): Colour3 => [lab[0] + sign * half(0), lab[1] + sign * half(1), lab[2] + sign * half(2)];
  return { skin, low: bound(-1), high: bound(1), leftOut };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}
