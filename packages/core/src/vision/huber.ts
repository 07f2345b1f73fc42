/** Pull of a residual (in standard deviations) that stops growing at a knee: what lies farther off is not of the same kind. */
import type { Pull } from '../num/least-squares.ts';

/** From here on a point of a face is an expression, a mark a slip of the hand. */
export const POINT_KNEE = 2.5;

export const huber = (r: number, knee: number): Pull => {
  const size = Math.abs(r);
  return size <= knee ? { weight: 1, cost: r * r } : { weight: knee / size, cost: knee * (2 * size - knee) };
};
