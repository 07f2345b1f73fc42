import type { Mat3, Vec3 } from './mat3.ts';

/**
 * A pinhole camera in the head frame: x_camera = R x_head + t (mm; camera x right, y down, z forward),
 * then x_px = f x/z + cx. Pixel (0, 0) is the centre of the upright photo's top-left pixel.
 */
export interface Camera {
  /** Focal length in pixels. */
  readonly f: number;
  readonly cx: number;
  readonly cy: number;
  readonly R: Mat3;
  /** Head origin in camera coordinates, mm. */
  readonly t: Vec3;
}

/** Head frame (mm) to camera frame (mm). */
export const toCamera = (camera: Camera, p: Vec3): Vec3 => {
  const { R, t } = camera;
  return [
    R[0] * p[0] + R[1] * p[1] + R[2] * p[2] + t[0],
    R[3] * p[0] + R[4] * p[1] + R[5] * p[2] + t[1],
    R[6] * p[0] + R[7] * p[1] + R[8] * p[2] + t[2],
  ];
};

/** Head frame (mm) to [x px, y px, depth mm]; depth <= 0 is behind the camera. */
export function project(camera: Camera, p: Vec3): Vec3 {
  const q = toCamera(camera, p);
  return [(camera.f * q[0]) / q[2] + camera.cx, (camera.f * q[1]) / q[2] + camera.cy, q[2]];
}

/** What is seen at a pixel, at this depth (mm): in the camera frame, mm. */
export const unproject = (
  { f, cx, cy }: Pick<Camera, 'f' | 'cx' | 'cy'>,
  xPx: number,
  yPx: number,
  depthMm: number,
): Vec3 => [((xPx - cx) / f) * depthMm, ((yPx - cy) / f) * depthMm, depthMm];

/** The camera's position in the head frame, mm. */
export function cameraPosition({ R, t }: Camera): Vec3 {
  return [
    -(R[0] * t[0] + R[3] * t[1] + R[6] * t[2]),
    -(R[1] * t[0] + R[4] * t[1] + R[7] * t[2]),
    -(R[2] * t[0] + R[5] * t[1] + R[8] * t[2]),
  ];
}
