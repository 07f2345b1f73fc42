/**
 * A photo of a known head by a known camera: perspective, soft light from a window and a lamp, skin or the scan's own
 * texture, a plain background, the sensor's blur and noise. What the product measures in it can be compared with
 * the camera and the head it was made from.
 *
 * Rendered at twice the size and averaged. The same head, view and seed give the same pixels. About 2 s.
 * Does not do: hair, glasses, depth of field, lens distortion.
 */
import { TAU, cos, log, pow } from '@stipple/core/num/elementary.ts';
import { clamp, lerp } from '@stipple/core/num/range.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import type { Camera } from '@stipple/core/vec/camera.ts';
import { cameraPosition, toCamera } from '@stipple/core/vec/camera.ts';
import { rotate } from '@stipple/core/vec/mat3.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { normalise, subtract } from '@stipple/core/vec/vec3.ts';
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import { EYE, SKIN } from '../heads/known-head.ts';
import { cameraOf } from './camera-of.ts';
import type { PhotoView } from './camera-of.ts';
import { SKIN_TONES, paintEye, paintSkin } from './paint.ts';
import type { Rgb } from './paint.ts';
import { rasterise } from './rasterise.ts';
import { CAPE } from './stage.ts';
import type { Stage } from './stage.ts';

export type Background = 'grey' | 'white' | 'dark' | 'blue' | 'warm' | 'two-tone';
export const BACKGROUNDS: readonly Background[] = ['grey', 'white', 'dark', 'blue', 'warm', 'two-tone'];

export interface PhotoOptions {
  readonly background: Background;
  /** Index into SKIN_TONES. */
  readonly tone: number;
  /** Of the noise, and of the small differences of the light. */
  readonly seed: number;
}

export interface KnownPhoto {
  readonly pixels: Pixels;
  /** In the head frame of the known head, mm. */
  readonly camera: Camera;
}

const SUPER = 2;
const NOISE_LEVELS = 1.6;
/** In the photo's axes: x right, y up, z towards the camera. */
const KEY: Vec3 = normalise([-0.5, 0.55, 0.75]);
const FILL: Vec3 = normalise([0.8, 0.1, 0.6]);

export function renderPhoto(stage: Stage, view: PhotoView, { background, tone, seed }: PhotoOptions): KnownPhoto {
  const camera = cameraOf(view);
  const random = seededGenerator(seed);
  const side = random() < 0.5 ? 1 : -1;
  const widthPx = view.widthPx * SUPER;
  const heightPx = view.heightPx * SUPER;
  const { positionsMm, triangles } = stage;
  const screen = new Float64Array(positionsMm.length);
  const f = camera.f * SUPER;
  // The middle of a pixel of the photo lies between its four.
  const cx = camera.cx * SUPER + (SUPER - 1) / 2;
  const cy = camera.cy * SUPER + (SUPER - 1) / 2;
  for (let k = 0; k < screen.length; k += 3) {
    const q = toCamera(camera, [positionsMm[k], positionsMm[k + 1], positionsMm[k + 2]]);
    screen[k] = (f * q[0]) / q[2] + cx;
    screen[k + 1] = (f * q[1]) / q[2] + cy;
    screen[k + 2] = q[2];
  }
  const raster = rasterise(screen, triangles, widthPx, heightPx, { nearest: 50 });
  const light = lightOf(stage, camera, side);
  const shade = shader(stage, camera, light, SKIN_TONES[tone], seed, side);
  const wall = wallOf(background);
  const sum = new Float32Array(3 * view.widthPx * view.heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const k = y * widthPx + x;
      const t = raster.triangle[k];
      const c = t < 0 ? wall(x / widthPx, y / heightPx) : shade(t, raster.u[k], raster.v[k]);
      const at = 3 * (Math.floor(y / SUPER) * view.widthPx + Math.floor(x / SUPER));
      for (let channel = 0; channel < 3; channel++) sum[at + channel] += c[channel] / (SUPER * SUPER);
    }
  }
  return { camera, pixels: develop(sum, view.widthPx, view.heightPx, random) };
}

/** Light that falls on each vertex, three channels, and how much of the window it sees. */
function lightOf({ directions, isOpen, normals }: Stage, camera: Camera, side: number): Float32Array {
  const count = directions.length;
  const radiance = directions.map((d): Rgb => {
    const q = rotate(camera.R, d);
    const photo: Vec3 = [q[0] * side, -q[1], -q[2]];
    const key = pow(clamp(photo[0] * KEY[0] + photo[1] * KEY[1] + photo[2] * KEY[2], 0, 1), 6);
    const fill = pow(clamp(photo[0] * FILL[0] + photo[1] * FILL[1] + photo[2] * FILL[2], 0, 1), 3);
    const sky = 0.32 + 0.26 * photo[1];
    return [
      3.1 * key + 0.75 * fill + sky,
      2.95 * key + 0.78 * fill + sky * 1.01,
      2.75 * key + 0.82 * fill + sky * 1.06,
    ];
  });
  const keyShare = directions.map((d) => {
    const q = rotate(camera.R, d);
    return pow(clamp(q[0] * side * KEY[0] - q[1] * KEY[1] - q[2] * KEY[2], 0, 1), 6);
  });
  const keySum = keyShare.reduce((a, b) => a + b, 0);
  const n = normals.length / 3;
  const light = new Float32Array(4 * n);
  for (let v = 0; v < n; v++) {
    const [nx, ny, nz] = [normals[3 * v], normals[3 * v + 1], normals[3 * v + 2]];
    for (let k = 0; k < count; k++) {
      if (isOpen[v * count + k] === 0) continue;
      const d = directions[k];
      light[4 * v + 3] += keyShare[k] / keySum;
      // Skin lets light round the corner a little.
      const c = (nx * d[0] + ny * d[1] + nz * d[2] + 0.12) / 1.12;
      if (c <= 0) continue;
      for (let channel = 0; channel < 3; channel++) light[4 * v + channel] += (radiance[k][channel] * c * 4) / count;
    }
  }
  return light;
}

/** Colour of the surface at a place of a triangle, linear. */
function shader(
  stage: Stage,
  camera: Camera,
  light: Float32Array,
  tone: Rgb,
  seed: number,
  side: number,
): (t: number, u: number, v: number) => Rgb {
  const { positionsMm, triangles, normals, materials, paintCm, eyes, head, ofHead } = stage;
  const eyeAt = cameraPosition(camera);
  const keyInPhoto: Vec3 = [KEY[0] * side, -KEY[1], -KEY[2]];
  const key: Vec3 = [0, 1, 2].map(
    (k) => camera.R[k] * keyInPhoto[0] + camera.R[k + 3] * keyInPhoto[1] + camera.R[k + 6] * keyInPhoto[2],
  ) as unknown as Vec3;
  const gazes = eyes?.map((eye): Vec3 => {
    const toLens = normalise(subtract(eyeAt, eye));
    // Eyes follow the lens, but not as far as a turned head would need.
    return normalise([clamp(toLens[0], -0.3, 0.3), clamp(toLens[1], -0.2, 0.2), 1]);
  });
  const { texture } = head;
  return (t, u, v) => {
    const [a, b, c] = [triangles[3 * t], triangles[3 * t + 1], triangles[3 * t + 2]];
    const w = 1 - u - v;
    const mix = (values: ArrayLike<number>, stride: number, k: number): number =>
      w * values[stride * a + k] + u * values[stride * b + k] + v * values[stride * c + k];
    const p: Vec3 = [mix(positionsMm, 3, 0), mix(positionsMm, 3, 1), mix(positionsMm, 3, 2)];
    const nx = mix(normals, 3, 0);
    const ny = mix(normals, 3, 1);
    const nz = mix(normals, 3, 2);
    const l = Math.sqrt(nx * nx + ny * ny + nz * nz) || 1;
    const material = materials[t];
    let colour: Rgb;
    let gloss = 0.035;
    let sharpness = 18;
    if (material === CAPE) {
      colour = [0.03, 0.034, 0.042];
      gloss = 0.004;
    } else if (material === EYE && eyes && gazes) {
      const which = p[0] > 0 ? 0 : 1;
      const d = subtract(p, eyes[which]);
      const g = gazes[which];
      const along = d[0] * g[0] + d[1] * g[1] + d[2] * g[2];
      const off = Math.sqrt(Math.max(0, d[0] * d[0] + d[1] * d[1] + d[2] * d[2] - along * along));
      colour = paintEye(off / 10, along > 0);
      gloss = 0.5;
      sharpness = 300;
    } else if (texture && material === SKIN) {
      colour = texel(texture, ofHead[t], w, u, v);
    } else if (paintCm) {
      colour = paintSkin(mix(paintCm, 3, 0), mix(paintCm, 3, 1), mix(paintCm, 3, 2), tone, seed, eyes !== null);
    } else colour = [...tone];
    const view = normalise(subtract(eyeAt, p));
    const half = normalise([key[0] + view[0], key[1] + view[1], key[2] + view[2]]);
    const facing = clamp((nx * half[0] + ny * half[1] + nz * half[2]) / l, 0, 1);
    const fresnel = 1 + 2.5 * pow(1 - clamp((nx * view[0] + ny * view[1] + nz * view[2]) / l, 0, 1), 4);
    const shine = gloss * pow(facing, sharpness) * (sharpness + 8) * 0.12 * mix(light, 4, 3) * fresnel;
    return [0, 1, 2].map((k) => colour[k] * mix(light, 4, k) + shine) as Rgb;
  };
}

const LINEAR = Float32Array.from({ length: 256 }, (_, level) => {
  const s = level / 255;
  return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
});

/** The texture's colour, bilinear, in linear light. */
function texel(
  { sizePx, rgb, uvs }: NonNullable<Stage['head']['texture']>,
  t: number,
  w: number,
  u: number,
  v: number,
): Rgb {
  const [width, height] = sizePx;
  const at = 6 * t;
  const x = clamp((w * uvs[at] + u * uvs[at + 2] + v * uvs[at + 4]) * width - 0.5, 0, width - 1.001);
  const y = clamp((w * uvs[at + 1] + u * uvs[at + 3] + v * uvs[at + 5]) * height - 0.5, 0, height - 1.001);
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - i, y - j];
  const value = (k: number): number =>
    lerp(
      lerp(LINEAR[rgb[3 * (j * width + i) + k]], LINEAR[rgb[3 * (j * width + i + 1) + k]], fx),
      lerp(LINEAR[rgb[3 * ((j + 1) * width + i) + k]], LINEAR[rgb[3 * ((j + 1) * width + i + 1) + k]], fx),
      fy,
    );
  return [value(0), value(1), value(2)];
}

function wallOf(background: Background): (x: number, y: number) => Rgb {
  const glow = (x: number, y: number): number => 1 - 0.45 * ((x - 0.55) * (x - 0.55) + (y - 0.4) * (y - 0.4));
  const plain =
    (c: Rgb) =>
    (x: number, y: number): Rgb => {
      const g = glow(x, y);
      return [c[0] * g, c[1] * g, c[2] * g];
    };
  switch (background) {
    case 'grey':
      return plain([0.24, 0.25, 0.26]);
    case 'white':
      return plain([0.86, 0.87, 0.88]);
    case 'dark':
      return plain([0.03, 0.032, 0.036]);
    case 'blue':
      return plain([0.1, 0.2, 0.36]);
    case 'warm':
      return plain([0.5, 0.43, 0.33]);
    case 'two-tone': {
      const [left, right] = [plain([0.5, 0.52, 0.5]), plain([0.14, 0.17, 0.16])];
      return (x, y) => (x < 0.62 ? left(x, y) : right(x, y));
    }
  }
}

/** Linear light to bytes with a soft shoulder, and noise that is greater where it is dark. */
function develop(sum: Float32Array, widthPx: number, heightPx: number, random: () => number): Pixels {
  const rgba = new Uint8ClampedArray(4 * widthPx * heightPx).fill(255);
  for (let k = 0; k < widthPx * heightPx; k++) {
    for (let channel = 0; channel < 3; channel++) {
      const x = Math.max(0, sum[3 * k + channel]);
      const soft = x < 0.6 ? x : 0.6 + 0.4 * (1 - 1 / (1 + (x - 0.6) / 0.4));
      const s = soft <= 0.0031308 ? 12.92 * soft : 1.055 * pow(soft, 1 / 2.4) - 0.055;
      const normal = Math.sqrt(-2 * log(1 - random())) * cos(TAU * random());
      rgba[4 * k + channel] = Math.round(255 * s + NOISE_LEVELS * normal);
    }
  }
  return { widthPx, heightPx, rgba };
}
