/**
 * Regions of one class that hang together, with their sizes: two passes with a forest of equal labels (Rosenfeld and
 * Pfaltz 1966), neighbours being those that share a side.
 */
export interface Regions {
  /** Of each pixel; labels are dense, from 0. */
  readonly label: Int32Array;
  readonly count: number;
  readonly classOf: Uint8Array;
  readonly area: Int32Array;
  readonly left: Int32Array;
  readonly top: Int32Array;
  readonly right: Int32Array;
  readonly bottom: Int32Array;
  readonly sumX: Float64Array;
  readonly sumY: Float64Array;
}

export function labelRegions(classes: Uint8Array, widthPx: number, heightPx: number): Regions {
  const label = new Int32Array(classes.length);
  const parent = new Int32Array(classes.length);
  let made = 0;
  const root = (a: number): number => {
    while (parent[a] !== a) {
      parent[a] = parent[parent[a]];
      a = parent[a];
    }
    return a;
  };
  for (let y = 0, k = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, k++) {
      const here = classes[k];
      const isLeft = x > 0 && classes[k - 1] === here;
      const isAbove = y > 0 && classes[k - widthPx] === here;
      // Within a region both neighbours nearly always have the same label already.
      if (isLeft && isAbove && label[k - 1] !== label[k - widthPx]) {
        const a = root(label[k - 1]);
        const b = root(label[k - widthPx]);
        label[k] = Math.min(a, b);
        if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
      } else if (isLeft) label[k] = label[k - 1];
      else if (isAbove) label[k] = label[k - widthPx];
      else {
        parent[made] = made;
        label[k] = made++;
      }
    }
  }
  const dense = new Int32Array(made);
  let count = 0;
  for (let a = 0; a < made; a++) dense[a] = parent[a] === a ? count++ : dense[root(a)];

  const regions = {
    label,
    count,
    classOf: new Uint8Array(count),
    area: new Int32Array(count),
    left: new Int32Array(count).fill(widthPx),
    top: new Int32Array(count).fill(heightPx),
    right: new Int32Array(count),
    bottom: new Int32Array(count),
    sumX: new Float64Array(count),
    sumY: new Float64Array(count),
  };
  const { classOf, area, left, top, right, bottom, sumX, sumY } = regions;
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx;
    // Runs of one region are counted as a whole.
    for (let x = 0, end = 0; x < widthPx; x = end) {
      const a = dense[label[row + x]];
      for (end = x; end < widthPx && dense[label[row + end]] === a; end++) label[row + end] = a;
      classOf[a] = classes[row + x];
      area[a] += end - x;
      sumX[a] += ((end - x) * (x + end - 1)) / 2;
      sumY[a] += (end - x) * y;
      if (x < left[a]) left[a] = x;
      if (end - 1 > right[a]) right[a] = end - 1;
      if (y < top[a]) top[a] = y;
      if (y > bottom[a]) bottom[a] = y;
    }
  }
  return regions;
}
