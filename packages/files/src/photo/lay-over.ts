/** Lays pixels that are not opaque over a grey of level `ground`, in place; the same integers in both shells. */
export function layOver(ground: number, rgba: Uint8Array | Uint8ClampedArray): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3]!;
    if (alpha === 255) continue;
    for (let c = i; c < i + 3; c++) rgba[c] = Math.round((rgba[c]! * alpha + ground * (255 - alpha)) / 255);
    rgba[i + 3] = 255;
  }
}
