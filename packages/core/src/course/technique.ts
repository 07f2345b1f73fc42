/**
 * What the session sheet says of needle, depth and dot per place: published and trade ranges (facts 1.1 to 1.3), no
 * instruction. Depth is of the pigment in the skin, upper dermis; figures of 1.5 to 2 mm in the trade read as needle
 * hang. The practitioner's hand and the client's skin decide: any pinpoint of blood means too deep.
 */
import type { Estimate } from '../units/estimate.ts';
import type { WorkKind } from './session-hours.ts';

export type Place = 'hairline' | WorkKind;

export interface Technique {
  readonly needle: {
    /** Points of the needle group. */
    readonly points: 1 | 3;
    /** Wire diameter, mm. */
    readonly wireMm: readonly [low: number, high: number];
    /** Trade code: wire (06 is 0.20 mm, 08 is 0.25 mm), then points. */
    readonly code: string;
  };
  /** Of the pigment, mm under the surface. */
  readonly depthMm: Estimate;
  /** Healed dot on the skin, mm. */
  readonly dotDiameterMm: Estimate;
  readonly advice: string;
}

const DEPTH: Estimate = { value: 0.5, low: 0.25, high: 1, source: 'estimate from published and trade ranges' };
const DOT: Estimate = { value: 0.15, low: 0.1, high: 0.25, source: 'estimate; no measured dot sizes exist' };

const SINGLE = { points: 1, wireMm: [0.18, 0.25], code: '0601' } as const;
const TRIPLE = { points: 3, wireMm: [0.2, 0.25], code: '0603 or 0803' } as const;

const TECHNIQUES: Readonly<Record<Place, Technique>> = {
  hairline: {
    needle: SINGLE,
    depthMm: DEPTH,
    dotDiameterMm: { ...DOT, value: 0.13 },
    advice: 'Faint single dots first; dissolve the edge, never draw it.',
  },
  bald: {
    needle: TRIPLE,
    depthMm: DEPTH,
    dotDiameterMm: DOT,
    advice: 'Later sessions go between the dots of earlier ones.',
  },
  thinning: { needle: SINGLE, depthMm: DEPTH, dotDiameterMm: DOT, advice: 'Between the hairs; spare the follicles.' },
  scar: {
    needle: SINGLE,
    depthMm: { ...DEPTH, source: 'estimate; scar tissue differs, try a few dots first' },
    dotDiameterMm: DOT,
    advice: 'Scars hold less pigment and spread it more: few dots, then wait.',
  },
  repair: {
    needle: SINGLE,
    depthMm: DEPTH,
    dotDiameterMm: DOT,
    advice: 'Only add; what is too dark needs removal first.',
  },
  blend: {
    needle: SINGLE,
    depthMm: DEPTH,
    dotDiameterMm: DOT,
    advice: 'Match tone and density of the stubble beside it.',
  },
};

export const techniqueFor = (place: Place): Technique => TECHNIQUES[place];
