export interface PhotoQuality {
  /** Millimetres per pixel at the mid-frontal point of the hairline (nominal when the head is not measured). */
  readonly mmPerPxAtHairline: number;
  /** Point spread of camera and processing, sd in px. */
  readonly blurPx: number;
  /** Noise in smooth skin, sd in 8-bit code values of luma. */
  readonly noiseCodes: number;
}
