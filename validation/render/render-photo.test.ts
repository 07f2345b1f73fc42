import { project } from '@stipple/core/vec/camera.ts';
import { expect, it } from 'vitest';
import { ballHead } from '../heads/testing/ball.ts';
import { renderPhoto } from './render-photo.ts';
import { stageHead } from './stage.ts';

it('shows the head where its camera says it is', () => {
  const radius = 90;
  const stage = stageHead(ballHead(radius));
  const { camera, pixels } = renderPhoto(
    stage,
    {
      widthPx: 180,
      heightPx: 240,
      yawDeg: 25,
      pitchDeg: 15,
      rollDeg: 4,
      distanceMm: 1500,
      headShare: 0.5,
    },
    { background: 'white', tone: 2, seed: 3 },
  );
  const [cx, cy, depth] = project(camera, [0, 0, 0]);
  // The outline of a ball is seen under the angle asin(radius / distance).
  const outlinePx = (camera.f * radius) / Math.sqrt(depth * depth - radius * radius);
  const isHead = (x: number, y: number): boolean => {
    const k = 4 * (Math.round(y) * pixels.widthPx + Math.round(x));
    return pixels.rgba[k] - pixels.rgba[k + 2] > 25;
  };
  for (let degrees = -60; degrees <= 60; degrees += 10) {
    const a = (degrees * Math.PI) / 180;
    let edge = 0;
    while (isHead(cx + edge * Math.sin(a), cy - edge * Math.cos(a)) && edge < 200) edge += 0.5;
    expect(Math.abs(edge - outlinePx)).toBeLessThan(2.5);
  }
});
