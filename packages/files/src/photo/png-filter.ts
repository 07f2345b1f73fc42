/**
 * Undoes PNG's row filters in place (ISO/IEC 15948, 9.2). `rows` rows of one filter byte and `rowBytes` samples each;
 * `bytesPerPixel` is the distance to the pixel on the left, at least 1. False when a row names no known filter.
 */
export function unfilterRows(block: Uint8Array, rows: number, rowBytes: number, bytesPerPixel: number): boolean {
  for (let row = 0; row < rows; row++) {
    const start = row * (1 + rowBytes) + 1;
    const above = row === 0 ? -1 : start - 1 - rowBytes;
    switch (block[start - 1]) {
      case 0:
        break;
      case 1:
        for (let i = start + bytesPerPixel; i < start + rowBytes; i++) block[i] = block[i]! + block[i - bytesPerPixel]!;
        break;
      case 2:
        if (above >= 0) for (let i = 0; i < rowBytes; i++) block[start + i] = block[start + i]! + block[above + i]!;
        break;
      case 3:
        for (let i = 0; i < rowBytes; i++) {
          const left = i < bytesPerPixel ? 0 : block[start + i - bytesPerPixel]!;
          const up = above < 0 ? 0 : block[above + i]!;
          block[start + i] = block[start + i]! + ((left + up) >> 1);
        }
        break;
      case 4:
        for (let i = 0; i < rowBytes; i++) {
          const left = i < bytesPerPixel ? 0 : block[start + i - bytesPerPixel]!;
          const up = above < 0 ? 0 : block[above + i]!;
          const corner = above < 0 || i < bytesPerPixel ? 0 : block[above + i - bytesPerPixel]!;
          block[start + i] = block[start + i]! + paeth(left, up, corner);
        }
        break;
      default:
        return false;
    }
  }
  return true;
}

/** The neighbour nearest to left + up - corner; ties in that order. */
function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
