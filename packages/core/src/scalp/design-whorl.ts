/**
 * Where the whorl of the crown lies before anybody has marked it.
 *
 * Behind the vertex, up to 12 mm off the midline; which side, how far and which way it turns come from the seed, three
 * of four clockwise: most whorls are single, off the midline and clockwise, the figures are estimates. Its middle shows
 * more skin than what is around it, so work that is even there looks painted.
 */
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { quantise } from '../num/range.ts';
import { hashUnit } from '../random/hash.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { crownCentre } from './hair-extent.ts';
import type { ScalpMark, WhorlMark } from './scalp-design.ts';

const LEAST_OFF_MM = 3;
const MOST_OFF_MM = 12;

export function designWhorl(head: HeadMap, seed: number): WhorlMark {
  const [, y, z] = crownCentre(head);
  const off = LEAST_OFF_MM + (MOST_OFF_MM - LEAST_OFF_MM) * hashUnit(seed, 301);
  const centre: Vec3 = onSkin(head, [hashUnit(seed, 302) < 0.5 ? off : -off, y, z]);
  return {
    kind: 'whorl',
    centreMm: [quantise(centre[0], 100), quantise(centre[1], 100), quantise(centre[2], 100)],
    turn: hashUnit(seed, 303) < 0.75 ? 'clockwise' : 'anticlockwise',
  };
}

/** The last whorl that was marked; null when none was. */
export const whorlOf = (marks: readonly ScalpMark[]): WhorlMark | null =>
  marks.findLast((mark) => mark.kind === 'whorl') ?? null;
