import { directionOf } from '../../head/head-map.ts';
import type { HeadMap } from '../../head/head-map.ts';
import type { Vec3 } from '../../vec/mat3.ts';

/** An ellipsoid about (0, 25, 0) in mm, with an average man's circumference of 574 mm: a head whose every distance can be worked out. */
export function ellipsoidHead(scale = 1, size = 129): HeadMap {
  const [a, b, c, lift] = [80 * scale, 107 * scale, 102 * scale, 25 * scale];
  const radiiMm = new Float32Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const [x, y, z] = directionOf((2 * i) / (size - 1) - 1, (2 * j) / (size - 1) - 1);
      // |(t d - centre) / axes| = 1, the larger root.
      const qa = (x * x) / (a * a) + (y * y) / (b * b) + (z * z) / (c * c);
      const qb = (-2 * y * lift) / (b * b);
      const qc = (lift * lift) / (b * b) - 1;
      radiiMm[i + size * j] = (-qb + Math.sqrt(qb * qb - 4 * qa * qc)) / (2 * qa);
    }
  }
  return { size, radiiMm };
}

export const ellipsoidLandmarks = (
  s = 1,
): Record<'glabella' | 'nasion' | 'leftTragion' | 'rightTragion' | 'vertex' | 'inion', Vec3> => ({
  glabella: [0, 40 * s, 101 * s],
  nasion: [0, 25 * s, 99 * s],
  leftTragion: [72 * s, 0, 0],
  rightTragion: [-72 * s, 0, 0],
  vertex: [0, 132 * s, 0],
  inion: [0, 12 * s, -100 * s],
});
