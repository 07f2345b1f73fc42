import type { Colour3 } from './lab.ts';

/** Colours in linear light of the photo's own space, each channel 0..1, and CIELAB (D65) as if that space were sRGB. */
export interface PhotoColours {
  readonly skin: Colour3;
  readonly skinLab: Colour3;
  readonly hair: Colour3;
  readonly hairLab: Colour3;
  /** How they were read and how surely, in the photo's light; plans of before did not say. */
  readonly reading?: ColourReading;
}

/** Bounds are the middle 95 %, in L*a*b* of the photo's own light. */
export interface ColourReading {
  readonly skinLow: Colour3;
  readonly skinHigh: Colour3;
  readonly hairLow: Colour3;
  readonly hairHigh: Colour3;
  /** Where the client's hair was read: at the brows, from the scalp's stubble, or in another photo of the plan. */
  readonly hairFrom: HairSource;
  /** Shares of the places looked at that are no plain skin and were left out. */
  readonly leftOut: LeftOut;
}

export type HairSource = 'brows' | 'stubble' | 'another photo';

export interface LeftOut {
  readonly highlight: number;
  readonly shadow: number;
  readonly redSpots: number;
  /** Make-up, a plaster, a tattoo: of another hue than the skin around it. */
  readonly otherColour: number;
}
