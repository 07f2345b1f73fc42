import type { Generator } from '../../random/generator.ts';
import type { HeadShape } from '../head-shape.ts';

/** A head that may well exist: each factor within about two standard deviations of men's. */
export function randomShape(random: Generator): HeadShape {
  const near = (mean: number, spread: number): number => mean * (1 + spread * (2 * random() - 1));
  return { face: near(0.98, 0.06), width: near(0.975, 0.07), height: near(1.01, 0.09), length: near(1.04, 0.07) };
}
