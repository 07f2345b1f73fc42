/**
 * A head whose true surface is known: its skin in mm in the head frame, its landmarks, and the radial map that core
 * would want of it. Everything validated is compared with one of these.
 *
 * The frame is built from picks (head-picks.ts): x along the tragions, y such that orbitale is level with them. Meshes
 * without a scale are made 197 mm long, glabella to opisthocranion.
 */
import type { HeadMap } from '@stipple/core/head/head-map.ts';
import { opisthocranionOf, radiusOfMap, vertexOf } from '@stipple/core/head/tape.ts';
import { TEMPLATE_LANDMARKS } from '@stipple/core/head/head-template.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { add, cross, distance, dot, normalise, scale, subtract } from '@stipple/core/vec/vec3.ts';
import type { HeadPicks } from './head-picks.ts';
import { radialMap } from './radial-map.ts';
import { rayCaster } from './ray-caster.ts';
import type { RayCaster } from './ray-caster.ts';

export interface KnownLandmarks {
  readonly leftTragion: Vec3;
  readonly rightTragion: Vec3;
  readonly glabella: Vec3;
  readonly nasion: Vec3;
  readonly inion: Vec3;
  readonly vertex: Vec3;
  readonly opisthocranion: Vec3;
  /** Outer corners of the eyes, where they can be seen. */
  readonly leftCanthus: Vec3 | null;
  readonly rightCanthus: Vec3 | null;
}

/** What the surface is made of, per triangle; heads of one piece are skin. */
export const SKIN = 0;
export const EYE = 1;

export interface Texture {
  readonly sizePx: readonly [width: number, height: number];
  /** RGB, row by row from the top. */
  readonly rgb: Uint8Array;
  /** u v per corner of each triangle, both from the top left. */
  readonly uvs: Float32Array;
}

export interface KnownHead {
  readonly name: string;
  /** Where it is from, and its licence. */
  readonly source: string;
  /** The template was fitted to it: it says nothing about other heads. */
  readonly isFitted: boolean;
  /** One family of heads shares a file of shapes; judged together. */
  readonly family: 'scan' | 'mesh' | 'identity' | 'person';
  readonly positionsMm: Float32Array;
  readonly triangles: Uint32Array;
  /** SKIN or EYE per triangle; null when all is skin. */
  readonly materials: Uint8Array | null;
  readonly texture: Texture | null;
  /** Where each vertex lies on the neutral head of ICT-FaceKit, cm: faces are painted there. Null when not known. */
  readonly paintCm: ArrayLike<number> | null;
  readonly landmarks: KnownLandmarks;
  readonly map: HeadMap;
  /** Of the skin alone. */
  readonly caster: RayCaster;
}

export interface RawHead {
  readonly name: string;
  readonly source: string;
  readonly isFitted: boolean;
  readonly family: KnownHead['family'];
  /** In the file's units, x to the client's left, y up, z forward. */
  readonly positions: ArrayLike<number>;
  readonly triangles: Uint32Array;
  readonly materials?: Uint8Array;
  readonly texture?: Texture;
  readonly paintCm?: ArrayLike<number>;
  readonly picks: HeadPicks;
  /** Null when the file does not say. */
  readonly mmPerUnit: number | null;
}

const LENGTH_MM = 197;

export function knownHead(raw: RawHead): KnownHead {
  const { name, source, isFitted, family } = raw;
  const triangles = outward(raw);
  const guess = raw.mmPerUnit ?? 95 / distance(raw.picks.leftTragion, frontPoint(raw, raw.picks.glabella));
  let framed = intoFrame(raw, guess);
  if (raw.mmPerUnit === null) {
    const { glabella, opisthocranion } = framed.landmarks;
    framed = intoFrame(raw, (guess * LENGTH_MM) / distance(glabella, opisthocranion));
  }
  return {
    name,
    source,
    isFitted,
    family,
    triangles,
    materials: raw.materials ?? null,
    texture: raw.texture ?? null,
    paintCm: raw.paintCm ?? null,
    ...framed,
  };
}

/** Triangles anticlockwise from outside, whatever mirror images the file has been through. */
function outward({ positions: p, triangles, picks }: RawHead): Uint32Array {
  const [ox, oy, oz] = scale(add(picks.leftTragion, picks.rightTragion), 0.5);
  let volume = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t], 3 * triangles[t + 1], 3 * triangles[t + 2]];
    const at = (k: number): Vec3 => [p[k] - ox, p[k + 1] - oy, p[k + 2] - oz];
    volume += dot(at(a), cross(at(b), at(c)));
  }
  if (volume > 0) return triangles;
  const out = new Uint32Array(triangles);
  for (let t = 0; t < out.length; t += 3) [out[t + 1], out[t + 2]] = [out[t + 2], out[t + 1]];
  return out;
}

/** The first point of the mesh seen from the front at (x, y), in the file's units. */
function frontPoint({ positions, triangles }: RawHead, [x, y]: readonly [number, number]): Vec3 {
  let best = -Infinity;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t], 3 * triangles[t + 1], 3 * triangles[t + 2]];
    const ux = positions[b] - positions[a];
    const uy = positions[b + 1] - positions[a + 1];
    const vx = positions[c] - positions[a];
    const vy = positions[c + 1] - positions[a + 1];
    const area = ux * vy - uy * vx;
    const px = x - positions[a];
    const py = y - positions[a + 1];
    const s = (px * vy - py * vx) / area;
    const t2 = (ux * py - uy * px) / area;
    if (!(s >= -1e-9 && t2 >= -1e-9 && s + t2 <= 1 + 1e-9)) continue;
    const z = positions[a + 2];
    best = Math.max(best, z + s * (positions[b + 2] - z) + t2 * (positions[c + 2] - z));
  }
  if (best === -Infinity) throw new Error(`no skin in front of (${x}, ${y})`);
  return [x, y, best];
}

function intoFrame(raw: RawHead, mmPerUnit: number): Surveyed {
  const { picks, positions, triangles } = raw;
  const origin = scale(add(picks.leftTragion, picks.rightTragion), 0.5);
  const ex = normalise(subtract(picks.leftTragion, picks.rightTragion));
  const ey = normalise(cross(subtract(picks.orbitale, origin), ex));
  const ez = cross(ex, ey);
  const move = (p: Vec3): Vec3 => {
    const d = scale(subtract(p, origin), mmPerUnit);
    return [dot(d, ex), dot(d, ey), dot(d, ez)];
  };
  const positionsMm = new Float32Array(positions.length);
  for (let k = 0; k < positions.length; k += 3) {
    positionsMm.set(move([positions[k], positions[k + 1], positions[k + 2]]), k);
  }
  const front = (at: readonly [number, number] | undefined): Vec3 | null => (at ? move(frontPoint(raw, at)) : null);
  return surveyed(positionsMm, triangles, raw.materials ?? null, {
    glabella: move(frontPoint(raw, picks.glabella)),
    nasion: move(frontPoint(raw, picks.nasion)),
    leftCanthus: front(picks.leftCanthus),
    rightCanthus: front(picks.rightCanthus),
  });
}

type FacePoints = Pick<KnownLandmarks, 'glabella' | 'nasion' | 'leftCanthus' | 'rightCanthus'>;
type Surveyed = Pick<KnownHead, 'positionsMm' | 'landmarks' | 'map' | 'caster'>;

/** What follows from the skin once it lies in the head frame, mm; `face` need not lie on the midline. */
export function surveyed(
  positionsMm: Float32Array,
  triangles: Uint32Array,
  materials: Uint8Array | null,
  face: FacePoints,
): Surveyed {
  // Eyeballs reach far into the head.
  const skin = materials ? triangles.filter((_, k) => materials[Math.floor(k / 3)] === SKIN) : triangles;
  const caster = rayCaster(positionsMm, skin);
  const map = radialMap(caster);
  const radius = radiusOfMap(map);
  const onMidline = ([, y, z]: Vec3): Vec3 => {
    const l = Math.sqrt(y * y + z * z);
    const r = radius(0, y / l, z / l);
    return [0, (r * y) / l, (r * z) / l];
  };
  const glabella = onMidline(face.glabella);
  return {
    positionsMm,
    caster,
    map,
    landmarks: {
      ...face,
      leftTragion: [radius(1, 0, 0), 0, 0],
      rightTragion: [-radius(-1, 0, 0), 0, 0],
      glabella,
      nasion: onMidline(face.nasion),
      inion: onMidline(TEMPLATE_LANDMARKS.inion),
      vertex: vertexOf(radius),
      opisthocranion: opisthocranionOf(radius, glabella),
    },
  };
}
