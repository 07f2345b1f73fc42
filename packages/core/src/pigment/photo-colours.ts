/** Colours in linear light of the photo's own space, each channel 0..1, and CIELAB (D65) as if that space were sRGB. */
export interface PhotoColours {
  readonly skin: readonly [number, number, number];
  readonly skinLab: readonly [number, number, number];
  readonly hair: readonly [number, number, number];
  readonly hairLab: readonly [number, number, number];
}
