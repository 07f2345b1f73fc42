/** The head of a plan: as it was scanned, else the template stretched to what was measured, and departed from as photos tell. */
import { buildHead } from './build-head.ts';
import { degToRad } from '../num/elementary.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { onSkin } from './head-map.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import type { HeadMap } from './head-map.ts';
import type { HeadFit, HeadShape } from './head-shape.ts';
import { landmarksOf, tiltedWithFace } from './landmarks.ts';
import { decodeScan } from './scan-text.ts';

export interface Head {
  readonly map: HeadMap;
  readonly landmarks: HeadLandmarks;
}

export function headOf({ shape, scan, faceTiltDeg }: Pick<HeadFit, 'shape' | 'scan' | 'faceTiltDeg'>): Head {
  if (scan) return { map: decodeScan(scan.radii), landmarks: scan.landmarks };
  const map = buildHead(shape);
  const landmarks = landmarksOn(map, shape);
  if (faceTiltDeg === 0) return { map, landmarks };
  const tilted = (p: Vec3): Vec3 => onSkin(map, tiltedWithFace(shape, degToRad(faceTiltDeg), p));
  return { map, landmarks: { ...landmarks, glabella: tilted(landmarks.glabella), nasion: tilted(landmarks.nasion) } };
}

/** Those of a stretched template lie beside the skin of a head that departs from it. */
function landmarksOn(map: HeadMap, shape: HeadShape): HeadLandmarks {
  const landmarks = landmarksOf(shape);
  if (!shape.departures) return landmarks;
  return {
    ...landmarks,
    glabella: onSkin(map, landmarks.glabella),
    nasion: onSkin(map, landmarks.nasion),
    inion: onSkin(map, landmarks.inion),
    vertex: onSkin(map, landmarks.vertex),
    opisthocranion: onSkin(map, landmarks.opisthocranion),
  };
}
