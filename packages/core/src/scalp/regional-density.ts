/**
 * How dense natural hair is at a place, relative to the vertex: what keeps a fully treated scalp from looking like a
 * cap of one tone.
 *
 * Shape from follicle counts (about 50 units per cm2 near the ears, over 110 at the back; temples lowest of four
 * regions in 60 cadavers), values estimated: vertex 1.00, front 0.95, temples and parietal sides 0.65, above the ears
 * 0.55, occiput 1.10. Smooth everywhere: it has no zone borders to show.
 */
import { lerp, smoothstep } from '../num/range.ts';

/** x, y, z in mm divided by the head's scale; `behindFrontMm` likewise. */
export function regionalDensity(x: number, y: number, z: number, behindFrontMm: number): number {
  const top = lerp(0.95, 1, smoothstep(25, 60, behindFrontMm));
  const side = smoothstep(88, 58, y) * smoothstep(34, 60, Math.abs(x));
  const lateral = lerp(0.65, 0.55, smoothstep(62, 46, y));
  const back = smoothstep(-42, -78, z) * smoothstep(96, 66, y);
  return lerp(lerp(top, lateral, side), 1.1, back);
}
