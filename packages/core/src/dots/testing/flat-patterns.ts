/** Patterns in the plane z = 0 whose quality is known, with a rim that is not measured. */
import type { Generator } from '../../random/generator.ts';
import type { Pattern } from '../pattern-quality.ts';
import { HEX_IN_SPACINGS } from '../kernel.ts';

export function flatPattern(
  xy: readonly (readonly [number, number])[],
  densityPerCm2: number,
  sideMm: number,
  rimMm = 18,
): Pattern {
  const isInside = (v: number): boolean => v > rimMm && v < sideMm - rimMm;
  return {
    count: xy.length,
    positionMm: Float64Array.from(xy.flatMap(([x, y]) => [x, y, 0])),
    normal: Float32Array.from(xy.flatMap(() => [0, 0, 1])),
    densityPerCm2: new Float32Array(xy.length).fill(densityPerCm2),
    isMeasured: (i) => isInside(xy[i][0]) && isInside(xy[i][1]),
  };
}

export const whiteNoise = (densityPerCm2: number, sideMm: number, random: Generator): Pattern =>
  flatPattern(
    Array.from(
      { length: Math.round((densityPerCm2 * sideMm * sideMm) / 100) },
      () => [sideMm * random(), sideMm * random()] as const,
    ),
    densityPerCm2,
    sideMm,
  );

/** Rows turned by an odd angle, each point moved by up to `jitter` of the distance in each direction. */
export function hexagons(densityPerCm2: number, sideMm: number, jitter: number, random: Generator): Pattern {
  const step = (10 * HEX_IN_SPACINGS) / Math.sqrt(densityPerCm2);
  const [c, s] = [Math.cos(0.37), Math.sin(0.37)];
  const xy: [number, number][] = [];
  const reach = Math.ceil((1.5 * sideMm) / step);
  for (let j = -reach; j <= reach; j++) {
    for (let i = -reach; i <= reach; i++) {
      const u = (i + (j & 1) / 2 + (random() - 0.5) * 2 * jitter) * step;
      const v = (j * Math.sqrt(0.75) + (random() - 0.5) * 2 * jitter) * step;
      const [x, y] = [u * c - v * s, u * s + v * c];
      if (x > 0 && y > 0 && x < sideMm && y < sideMm) xy.push([x, y]);
    }
  }
  return flatPattern(xy, densityPerCm2, sideMm);
}
