/**
 * A card seen at a slant: the projective map from its millimetres to the photo's pixels.
 *
 * From four or more points, by least squares on the linear form (Hartley and Zisserman 2004, 4.1, with the last
 * coefficient fixed at 1, which a card before the camera allows). The millimetres are brought to about -1..1 first,
 * so that the system is well conditioned.
 */
import { solveLinear } from '../num/solve.ts';

export type Place = readonly [x: number, y: number];

export interface CardPlace {
  /** Pixel of a place of the card, mm. */
  toPx(xMm: number, yMm: number): Place;
}

/** Throws RangeError when the points lie in one line. */
export function placeCard(mm: readonly Place[], px: readonly Place[]): CardPlace {
  const span = Math.max(...mm.map(([x, y]) => Math.max(Math.abs(x), Math.abs(y))), 1e-6);
  const normal = new Float64Array(64);
  const right = new Float64Array(8);
  const add = (row: readonly number[], value: number): void => {
    for (let i = 0; i < 8; i++) {
      right[i] += row[i] * value;
      for (let j = 0; j < 8; j++) normal[8 * i + j] += row[i] * row[j];
    }
  };
  mm.forEach(([xMm, yMm], k) => {
    const [x, y] = [xMm / span, yMm / span];
    const [u, v] = px[k];
    add([x, y, 1, 0, 0, 0, -u * x, -u * y], u);
    add([0, 0, 0, x, y, 1, -v * x, -v * y], v);
  });
  const h = solveLinear(normal, right);
  return {
    toPx(xMm, yMm) {
      const [x, y] = [xMm / span, yMm / span];
      const w = h[6] * x + h[7] * y + 1;
      return [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
    },
  };
}
