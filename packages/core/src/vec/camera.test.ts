import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { cameraPosition, project, toCamera } from './camera.ts';
import type { Camera } from './camera.ts';
import { multiply, rotate, rotationAboutX, rotationFromVector, transpose } from './mat3.ts';
import type { Vec3 } from './mat3.ts';
import { add, distance, subtract } from './vec3.ts';

const random = seededGenerator(4);
const randomCamera = (): Camera => ({
  f: 400 + 2000 * random(),
  cx: 300 * random(),
  cy: 500 * random(),
  R: multiply(rotationAboutX(Math.PI), rotationFromVector([random() - 0.5, random() - 0.5, random() - 0.5])),
  t: [(random() - 0.5) * 300, (random() - 0.5) * 300, 500 + 1500 * random()],
});
const randomPoint = (): Vec3 => [(random() - 0.5) * 200, (random() - 0.5) * 200, (random() - 0.5) * 200];
const expectNear = (a: Vec3, b: Vec3): void => a.forEach((v, i) => expect(v).toBeCloseTo(b[i], 9));

describe('camera', () => {
  it('takes head to camera coordinates as R x + t, and back by the transpose', () => {
    for (let i = 0; i < 50; i++) {
      const [camera, p] = [randomCamera(), randomPoint()];
      const q = toCamera(camera, p);
      expectNear(q, add(rotate(camera.R, p), camera.t));
      expectNear(rotate(transpose(camera.R), subtract(q, camera.t)), p);
    }
  });

  it('stands where its own coordinates are zero', () => {
    for (let i = 0; i < 50; i++) expectNear(toCamera(randomCameraAt(i), cameraPosition(randomCameraAt(i))), [0, 0, 0]);
  });

  it('projects a point on its line of sight to one pixel and tells its depth', () => {
    for (let i = 0; i < 50; i++) {
      const [camera, p] = [randomCamera(), randomPoint()];
      const eye = cameraPosition(camera);
      const [x, y, depth] = project(camera, p);
      const further = add(eye, [0, 1, 2].map((c) => 1.3 * (p[c] - eye[c])) as unknown as Vec3);
      const [x2, y2, depth2] = project(camera, further);
      expect(x2).toBeCloseTo(x, 8);
      expect(y2).toBeCloseTo(y, 8);
      expect(depth2 / depth).toBeCloseTo(1.3, 9);
      // Pinhole: pixels from the centre are to f as millimetres across are to depth.
      const across = Math.sqrt(
        (x - camera.cx) * (x - camera.cx) + (y - camera.cy) * (y - camera.cy) + camera.f * camera.f,
      );
      expect((across / camera.f) * depth).toBeCloseTo(distance(eye, p), 7);
    }
  });

  it("shows the client's left on the right of a photo from the front, and up above", () => {
    const front: Camera = { f: 1000, cx: 200, cy: 300, R: rotationAboutX(Math.PI), t: [0, 0, 900] };
    expect(project(front, [50, 0, 80])[0]).toBeGreaterThan(200);
    expect(project(front, [0, 50, 80])[1]).toBeLessThan(300);
    expect(project(front, [0, 0, 80])[2]).toBeLessThan(project(front, [0, 0, -80])[2]);
  });
});

/** The same camera for the same number. */
function randomCameraAt(i: number): Camera {
  const own = seededGenerator(i);
  return { f: 900, cx: 0, cy: 0, R: rotationFromVector([3 * own(), own(), own()]), t: [100 * own(), 50, 700 * own()] };
}
