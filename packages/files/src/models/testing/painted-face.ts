/** A bald head before a wall, painted of ellipses, on which the networks' answers are known beforehand. */

/** Centre of the irises and of the mouth, in parts of the side. */
export const PAINTED = { leftIris: [0.42, 0.42], rightIris: [0.58, 0.42], mouth: [0.5, 0.605] } as const;

type Ellipse = readonly [x: number, y: number, halfWidth: number, halfHeight: number, r: number, g: number, b: number];

const WALL = [0.75, 0.78, 0.8] as const;

const ELLIPSES: readonly Ellipse[] = [
  [0.5, 1.05, 0.42, 0.33, 0.15, 0.25, 0.5], // shirt
  [0.5, 0.72, 0.11, 0.14, 0.72, 0.52, 0.42], // neck
  [0.5, 0.45, 0.19, 0.27, 0.85, 0.65, 0.55], // head
  [0.42, 0.42, 0.045, 0.02, 0.97, 0.97, 0.95], // eyes, irises, brows
  [0.58, 0.42, 0.045, 0.02, 0.97, 0.97, 0.95],
  [0.42, 0.42, 0.018, 0.02, 0.15, 0.1, 0.08],
  [0.58, 0.42, 0.018, 0.02, 0.15, 0.1, 0.08],
  [0.42, 0.375, 0.055, 0.01, 0.3, 0.2, 0.15],
  [0.58, 0.375, 0.055, 0.01, 0.3, 0.2, 0.15],
  [0.5, 0.5, 0.022, 0.045, 0.72, 0.5, 0.42], // nose
  [0.5, 0.535, 0.035, 0.015, 0.66, 0.44, 0.38],
  [0.5, 0.605, 0.07, 0.02, 0.7, 0.32, 0.32], // mouth
];

/** Side x side x RGB from `low` to `high`, lit from the left. */
export function paintFace(side: number, low: number, high: number): Float32Array {
  const painted = new Float32Array(side * side * 3);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const [x, y] = [(column + 0.5) / side, (row + 0.5) / side];
      let colour: readonly number[] = WALL;
      for (const [cx, cy, halfWidth, halfHeight, ...paint] of ELLIPSES) {
        const [u, v] = [(x - cx) / halfWidth, (y - cy) / halfHeight];
        if (u * u + v * v <= 1) colour = paint;
      }
      const light = 1 - 0.35 * x;
      for (const [channel, value] of colour.entries())
        painted[(row * side + column) * 3 + channel] = low + (high - low) * value * light;
    }
  return painted;
}
