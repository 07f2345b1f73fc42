import { project, toCamera } from '../../vec/camera.ts';
import type { Camera } from '../../vec/camera.ts';
import { earTopMm } from '../ear-tops.ts';
import type { SoftMask } from '../pixels.ts';

/** From the tops down, inwards from there, mm. */
const EAR_MM = [56, 22] as const;

/** The mask with an ear on either side, seen from the front, whose tops are so much higher than people's (mm). */
export function withEars(mask: SoftMask, camera: Camera, higherMm = 0): SoftMask {
  const values = mask.values.slice();
  const pxPer = mask.sidePx / mask.size;
  for (const name of ['left-ear-top', 'right-ear-top'] as const) {
    const [x, y, z] = earTopMm(name);
    const mmPerPx = toCamera(camera, [x, y, z])[2] / camera.f;
    const top = project(camera, [x, y + higherMm, z]);
    const [du, dv] = [0, 1].map((k) => project(camera, [x, y + higherMm + 10, z])[k] - top[k]);
    const l = Math.sqrt(du * du + dv * dv);
    for (let k = 0; k < values.length; k++) {
      const px = mask.leftPx + ((k % mask.size) + 0.5) * pxPer - 0.5 - top[0];
      const py = mask.topPx + (Math.floor(k / mask.size) + 0.5) * pxPer - 0.5 - top[1];
      const downMm = (-(px * du + py * dv) / l) * mmPerPx;
      const inMm = ((Math.sign(x) * (px * dv - py * du)) / l) * mmPerPx;
      if (downMm >= 0 && downMm < EAR_MM[0] && inMm >= 0 && inMm < EAR_MM[1]) values[k] = 255;
    }
  }
  return { ...mask, values };
}
