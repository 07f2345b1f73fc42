import { describe, expect, it } from 'vitest';
import { distance } from '../vec/vec3.ts';
import { project } from '../vec/camera.ts';
import { eyeScale, IRIS_MM } from './eye-scale.ts';
import { facePoint, solvePose } from './solve-pose.ts';
import { cameraOn } from './testing/person-mask.ts';

/** The mean face times `face`, with round irises of 11.7 mm and lids this far apart, seen at this yaw and focal length. */
function seen(face: number, yawDeg: number, f: number, lidMm = 9) {
  const camera = cameraOn(f, 511.5, 1800, yawDeg, -2, 0);
  const xPx = new Float32Array(478);
  const yPx = new Float32Array(478);
  for (let k = 0; k < 468; k++) [xPx[k], yPx[k]] = project(camera, facePoint(k));
  // A head `face` times as large at `face` times the distance gives the same picture, and irises 1 / face as large.
  for (const [centre, first, outer, inner, upper, lower] of [
    [468, 469, 33, 133, 159, 145],
    [473, 474, 263, 362, 386, 374],
  ]) {
    const [a, b] = [facePoint(outer), facePoint(inner)];
    const at = (dx: number, dy: number) =>
      project(camera, [(a[0] + b[0]) / 2 + dx, (a[1] + b[1]) / 2 + dy, (a[2] + b[2]) / 2]);
    const r = IRIS_MM / 2 / face;
    const put = (k: number, dx: number, dy: number): void => {
      [xPx[k], yPx[k]] = at(dx, dy);
    };
    put(centre, 0, 0);
    put(first, r, 0);
    put(first + 1, 0, r);
    put(first + 2, -r, 0);
    put(first + 3, 0, -r);
    put(upper, 0, lidMm / 2);
    put(lower, 0, -lidMm / 2);
  }
  const mesh = { xPx, yPx, widthPx: Math.max(...xPx) - Math.min(...xPx.slice(0, 468)) };
  return eyeScale(mesh, solvePose(mesh, 1024, 1024, f));
}

describe('what the eyes say about size', () => {
  it('finds the factor of the face from the irises, within 4 % at yaw up to 20 degrees', () => {
    for (const face of [0.92, 1, 1.07]) {
      for (const yaw of [0, -12])
        expect(Math.abs((seen(face, yaw, 5000).faceByIris ?? 0) / face - 1)).toBeLessThan(0.04);
    }
  });

  it('measures the distance of the outer corners in space, also from the side', () => {
    const truth = distance(facePoint(33), facePoint(263));
    for (const yaw of [0, 25, -40]) expect(Math.abs(seen(1, yaw, 5000).outerCanthiMm - truth)).toBeLessThan(1);
  });

  it('keeps silent about small, hidden and turned irises', () => {
    expect(seen(1, 0, 1900).faceByIris).toBeNull();
    expect(seen(1, 0, 1900).rightIrisPx).toBeLessThan(13);
    expect(seen(1, 27, 5000).faceByIris).toBeNull();
    const squinting = seen(1, 0, 5000, 3);
    expect(squinting.leftOpenness).toBeLessThan(0.2);
    expect(squinting.faceByIris).toBeNull();
  });
});
