/** `x` held between `low` and `high`. */
export const clamp = (x: number, low: number, high: number): number => (x < low ? low : x > high ? high : x);

/** 0 at `edge0`, 1 at `edge1`, smooth (cubic) between; works with edge0 > edge1 for a falling ramp. */
export function smoothstep(edge0: number, edge1: number, x: number): number {
  const t = clamp((x - edge0) / (edge1 - edge0), 0, 1);
  return t * t * (3 - 2 * t);
}

export const lerp = (a: number, b: number, t: number): number => a + (b - a) * t;

/** `x` rounded to the nearest multiple of 1/`perUnit`: how measurements enter the plan document. Never -0, which JSON loses. */
export const quantise = (x: number, perUnit: number): number => Math.round(x * perUnit) / perUnit + 0;
