/** Two packages that come without types: as much of them as the layout bench uses. */
declare module 'poisson-disk-sampling' {
  export default class PoissonDiskSampling {
    constructor(options: { shape: number[]; minDistance: number; tries: number }, random: () => number);
    fill(): number[][];
  }
}

declare module 'fast-2d-poisson-disk-sampling' {
  export default class FastPoissonDiskSampling {
    constructor(options: { shape: number[]; radius: number; tries: number }, random: () => number);
    fill(): number[][];
  }
}
