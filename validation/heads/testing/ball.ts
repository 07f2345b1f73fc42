import type { KnownHead } from '../known-head.ts';
import { radialMap } from '../radial-map.ts';
import { rayCaster } from '../ray-caster.ts';

/** A head that is a ball about the origin, of triangles some 5 mm wide. */
export function ballHead(radiusMm: number): KnownHead {
  const [rows, columns] = [48, 96];
  const positions: number[] = [];
  const triangles: number[] = [];
  for (let i = 0; i <= rows; i++) {
    const theta = (Math.PI * i) / rows;
    for (let j = 0; j < columns; j++) {
      const phi = (2 * Math.PI * j) / columns;
      positions.push(
        radiusMm * Math.sin(theta) * Math.sin(phi),
        radiusMm * Math.cos(theta),
        radiusMm * Math.sin(theta) * Math.cos(phi),
      );
      if (i === rows) continue;
      const [a, b] = [i * columns + j, i * columns + ((j + 1) % columns)];
      triangles.push(a, a + columns, b, b, a + columns, b + columns);
    }
  }
  const positionsMm = Float32Array.from(positions);
  const caster = rayCaster(positionsMm, triangles);
  return {
    name: 'ball',
    source: 'made here',
    isFitted: false,
    family: 'mesh',
    positionsMm,
    triangles: Uint32Array.from(triangles),
    materials: null,
    texture: null,
    paintCm: null,
    landmarks: {
      leftTragion: [radiusMm, 0, 0],
      rightTragion: [-radiusMm, 0, 0],
      glabella: [0, 0.4 * radiusMm, Math.sqrt(0.84) * radiusMm],
      nasion: [0, 0.25 * radiusMm, Math.sqrt(0.9375) * radiusMm],
      inion: [0, 0, -radiusMm],
      vertex: [0, radiusMm, 0],
      opisthocranion: [0, 0.4 * radiusMm, -Math.sqrt(0.84) * radiusMm],
      leftCanthus: null,
      rightCanthus: null,
    },
    map: radialMap(caster, 65),
    caster,
  };
}
