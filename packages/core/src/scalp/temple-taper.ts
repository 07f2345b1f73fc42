/**
 * Where temples keep their own peaks: how far the worked edge runs back to the client's hair.
 *
 * Below the corners of the usual hairline, where the strip between the drawn line and the hair is narrow, the edge runs
 * back, as temples do; where it is very narrow nothing is worked. The width is told by the smooth line and not by the one
 * that is worked: waves would move the edge by three times their height, as they widen the strip besides.
 *
 * In: the grid's nodes, how far each lies in what lacks hair, hairlines one after another. Out: the distance behind the
 * edge with that taken off. After `follow` it has the bits of a taper from nothing wherever dots are wanted.
 */
import type { HeadMap } from '../head/head-map.ts';
import { smoothstep } from '../num/range.ts';
import { DistanceTable } from './distance-table.ts';
import { BLEND_MM } from './hair-extent.ts';
import { hairlinePoints } from './hairline-points.ts';
import { AHEAD_MM } from './read-field.ts';
import type { HairlineDesign, Presentation } from './scalp-design.ts';
import type { SkinCurve } from './skin-curve.ts';

/**
 * From hairline to hair, mm on an average head: so narrow a strip is left alone, and so wide is worked in full. Narrower
 * ones are but the blend into hair that receded a little less than the template, and were lone dots before it; where the
 * edge ran back later, from 22 mm on, a peak was left standing before bare skin as a hook.
 */
const STRIP_MM = [14, 32] as const;
/** Over so many mm below the corners of an average head's hairline the temples begin. */
const TEMPLE_MM = 8;

/** Whether a treatment leaves temples as they are; rebuilt ones are worked up to the drawn line. */
export const keepsPeaks = (presentation: Presentation): boolean =>
  (presentation.kind === 'norwood' && presentation.temples !== 'rebuilt') ||
  (presentation.kind === 'hairline' && presentation.temples === 'own');

export interface TempleInput {
  readonly head: HeadMap;
  /** The hairline that is usual for the client, whose corners tell where temples begin; mm, head frame. */
  readonly usualHairline: HairlineDesign;
  readonly seed: number;
  /** The head's size relative to the average. */
  readonly k: number;
  /** Places of the nodes, mm. */
  readonly xyz: Float64Array;
  /** Per node: how far it lies in what lacks hair, mm. */
  readonly missingMm: Float32Array;
}

export class TempleTaper {
  readonly #missingMm: Float32Array;
  /** How far a node is a temple, 0..1. */
  readonly #temple: Float64Array;
  /** The nodes that may be worked in a narrow strip, and the place of each node among them, -1 for the others. */
  readonly #nodes: Int32Array;
  readonly #placeOf: Int32Array;
  readonly #narrowMm: number;
  readonly #wideMm: number;
  /** Of those nodes to the smooth line. */
  readonly #behind: DistanceTable;

  /** `smooth` is the hairline as it is drawn, without waves. */
  constructor({ head, usualHairline, seed, k, xyz, missingMm }: TempleInput, smooth: SkinCurve) {
    const { leftCorner, rightCorner } = hairlinePoints(head, usualHairline, seed);
    this.#missingMm = missingMm;
    this.#temple = new Float64Array(missingMm.length);
    this.#placeOf = new Int32Array(missingMm.length).fill(-1);
    this.#narrowMm = k * STRIP_MM[0];
    this.#wideMm = k * STRIP_MM[1];
    const nodes: number[] = [];
    for (let i = 0; i < missingMm.length; i++) {
      const cornerY = xyz[3 * i] > 0 ? leftCorner[1] : rightCorner[1];
      this.#temple[i] = smoothstep(cornerY, cornerY - TEMPLE_MM * k, xyz[3 * i + 1]);
      // Deep in the hair nothing is worked, and so deep in what lacks it no strip is narrow but ahead of the edge.
      if (this.#temple[i] === 0 || missingMm[i] < -BLEND_MM || missingMm[i] > this.#wideMm + AHEAD_MM) continue;
      this.#placeOf[i] = nodes.length;
      nodes.push(i);
    }
    this.#nodes = Int32Array.from(nodes);
    const places = Float64Array.from(nodes.flatMap((i) => [xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]]));
    this.#behind = new DistanceTable(places, smooth, this.#wideMm + BLEND_MM / 2);
  }

  /** Goes over to another line; answers the nodes whose strip may have changed. */
  follow(smooth: SkinCurve): Int32Array {
    return this.#behind.follow(smooth).map((place) => this.#nodes[place]);
  }

  /**
   * How far a node lies behind the edge that runs back. In a strip that is left alone it runs on until no sentinel comes back
   * out of the blend: few to the cm2, they were lone dots all along the temple. A wider one ends where it did: the sixth
   * power leaves a temple that is drawn forward its work, where the third took it.
   */
  behindMm(node: number, behindEdgeMm: number): number {
    const place = this.#placeOf[node];
    if (place < 0) return behindEdgeMm;
    const widthMm = this.#behind.mm[place] + this.#missingMm[node];
    const share = this.#temple[node] * (1 - smoothstep(this.#narrowMm, this.#wideMm, widthMm));
    const toHairMm = Math.max(0, behindEdgeMm + this.#missingMm[node]) + BLEND_MM / 2;
    const alone = share * share * share;
    return behindEdgeMm - share * toHairMm - alone * alone * AHEAD_MM;
  }
}
