/** An upright photo in memory: RGBA bytes, row by row, in the photo's own (gamma-encoded) colour space. */
export interface Pixels {
  readonly widthPx: number;
  readonly heightPx: number;
  /** widthPx * heightPx * 4; alpha is 255. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** A soft mask over a rectangle of the photo, row by row; 255 is inside. */
export interface SoftMask {
  /** The rectangle it covers, in photo pixels (may lie partly outside the photo). */
  readonly leftPx: number;
  readonly topPx: number;
  readonly sidePx: number;
  /** Samples per side; `values` has size * size entries, sample (i, j) at the centre of its cell. */
  readonly size: number;
  readonly values: Uint8Array;
}

export type ModelName = 'face-detector' | 'face-mesh' | 'person';

/**
 * Runs one neural network. Injected, because core has no runtime of its own: both shells give onnxruntime-web.
 * `input` is NHWC float32 in the shape given; the answer maps output names to their flat values.
 */
export type RunModel = (
  model: ModelName,
  input: Float32Array,
  shape: readonly number[],
) => Promise<Readonly<Record<string, Float32Array>>>;
