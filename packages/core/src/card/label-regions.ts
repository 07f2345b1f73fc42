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
      if (isLeft && isAbove) {
        const [a, b] = [root(label[k - 1]), root(label[k - widthPx])];
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
  for (let y = 0, k = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, k++) {
      const a = dense[label[k]];
      label[k] = a;
      classOf[a] = classes[k];
      area[a]++;
      sumX[a] += x;
      sumY[a] += y;
      if (x < left[a]) left[a] = x;
      if (x > right[a]) right[a] = x;
      if (y < top[a]) top[a] = y;
      if (y > bottom[a]) bottom[a] = y;
    }
  }
  return regions;
}
