/**
 * The layout of about 30,000 dots, ours on a head and other people's in the plane or on the same head, in one table.
 *
 * Processor time (process.cpuUsage, user and system) is the median of the rounds; every round runs all contestants, in
 * the order of the last one reversed. Five rounds before them warm up: until the fourth our code, of which there is more, is
 * still being compiled, on threads whose time counts too. What a first run takes stands beside it. Seeded, and every result is summed up. Radii of the
 * two Poisson disk libraries were found beforehand, so that they yield about 30,000: they cannot be told a count.
 *
 * Ours is everything from a reserve in memory to dots with normals, zones, sessions and sizes (`layOutDots`, which
 * places the reserve on the head first), in both ways of evening out; and the same on a head that has its reserve, which
 * is what a second design on it costs. Laying the reserve is a row of its own, once per set-up, and so is reading it, once
 * per process.
 * Lloyd and Poisson disks work in a square of the same area, and know neither a head nor zones nor sessions.
 *
 * Then edits: a border that is moved by half a millimetre at a time, and a hairline. See `edits` below for what is in it.
 *
 *   npm run bench layout [rounds]
 */
import { existsSync, readFileSync } from 'node:fs';
import { Delaunay } from 'd3-delaunay';
import FastPoissonDiskSampling from 'fast-2d-poisson-disk-sampling';
import PoissonDiskSampling from 'poisson-disk-sampling';
import { BufferAttribute, BufferGeometry, Mesh, Vector3 } from 'three';
import { MeshSurfaceSampler } from 'three/examples/jsm/math/MeshSurfaceSampler.js';
import { buildReserve } from '../packages/core/src/dots/build-reserve.ts';
import type { Dots } from '../packages/core/src/dots/dots.ts';
import { LaidOutDots } from '../packages/core/src/dots/laid-out-dots.ts';
import { layOutDots, layOutOn } from '../packages/core/src/dots/lay-out-dots.ts';
import { LAYOUT_1, LAYOUT_2, layoutOfSpread } from '../packages/core/src/dots/layout-style.ts';
import type { LayoutStyle, SecondWay } from '../packages/core/src/dots/layout-style.ts';
import { nearestQuality, spectrumQuality } from '../packages/core/src/dots/pattern-quality.ts';
import type { Pattern } from '../packages/core/src/dots/pattern-quality.ts';
import { placeReserve } from '../packages/core/src/dots/place-reserve.ts';
import { decodeReserve, encodeReserve } from '../packages/core/src/dots/reserve.ts';
import { buildHead } from '../packages/core/src/head/build-head.ts';
import { onSkin } from '../packages/core/src/head/head-map.ts';
import { headMesh } from '../packages/core/src/head/head-mesh.ts';
import { landmarksOf } from '../packages/core/src/head/landmarks.ts';
import { areaMm2 } from '../packages/core/src/mesh/triangle-mesh.ts';
import { seededGenerator } from '../packages/core/src/random/generator.ts';
import { createScalpField } from '../packages/core/src/scalp/create-scalp-field.ts';
import { designDensity } from '../packages/core/src/scalp/design-density.ts';
import { designHairline } from '../packages/core/src/scalp/design-hairline.ts';
import { EditedScalp } from '../packages/core/src/scalp/edited-scalp.ts';
import type { HairlineDesign, Presentation } from '../packages/core/src/scalp/scalp-design.ts';
import { newScalpSamples } from '../packages/core/src/scalp/scalp-field.ts';
import type { ScalpField, Touched } from '../packages/core/src/scalp/scalp-field.ts';

const WANTED = 30_000;
const PER_CM2 = 85;
const SIDE_MM = Math.sqrt((100 * WANTED) / PER_CM2);
const ROUNDS = Number(process.argv[2] ?? 7);
const WARM_UP = 5;
/** Not measured: the rim of a pattern has no neighbours on one side. */
const RIM_MM = 18;

const shape = { face: 1, width: 1, height: 1, length: 1 };
const head = buildHead(shape);
const SAVED = '.stipple/reserve.bin';

function cpuMs<T>(work: () => T): { ms: number; result: T } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, result };
}

const laid = cpuMs(() => buildReserve(head));
const bytes = existsSync(SAVED) ? readFileSync(SAVED) : encodeReserve(laid.result);
const read = cpuMs(() => decodeReserve(bytes));
const reserve = read.result;

// Ours: a Norwood 7 and a full treatment, thinned to about 30,000 dots; and the same density everywhere on the top.
const density = { ...designDensity(3), fullPerCm2: 60.7 };
const landmarks = landmarksOf(shape);
const hairline = designHairline(head, landmarks, { sex: 'm', ageYears: 42 }, 7);
const designed = (line: HairlineDesign, presentation: Presentation = { kind: 'full' }) =>
  ({ presentation, hairline: line, usualHairline: hairline, density, layout: 2 }) as const;
const planned = createScalpField(head, landmarks, designed(hairline), 7);
const plannedBefore = createScalpField(head, landmarks, { ...designed(hairline), layout: 1 }, 7);
const ground = placeReserve(reserve, head, 2);
const groundBefore = placeReserve(reserve, head, 1);
const mesh = headMesh(head, 128);
const capFromMm = heightWithArea((100 * WANTED) / PER_CM2);
const even: ScalpField = {
  zones: [{ id: 'cap', kind: 'bald', targetPerCm2: PER_CM2 }],
  sample: (xyzMm, count, out) => {
    for (let i = 0; i < count; i++) {
      const isIn = xyzMm[3 * i + 1]! > capFromMm;
      out.densityPerCm2[i] = isIn ? PER_CM2 : 0;
      out.coverage[i] = isIn ? 1 : 0;
      out.zoneIndex[i] = isIn ? 0 : 255;
      out.edgeMm[i] = 99;
      out.strength[i] = 1;
    }
  },
};

/** Height above which the head has this area. */
function heightWithArea(wantedMm2: number): number {
  let [low, high] = [-20, 130];
  for (let n = 0; n < 30; n++) {
    const middle = (low + high) / 2;
    if (areaMm2(mesh, (_, y) => y > middle) > wantedMm2) low = middle;
    else high = middle;
  }
  return low;
}

const inPlane = (points: readonly (readonly number[])[]): Pattern => ({
  count: points.length,
  positionMm: Float64Array.from(points.flatMap(([x, y]) => [x!, y!, 0])),
  normal: Float32Array.from(points.flatMap(() => [0, 0, 1])),
  densityPerCm2: new Float32Array(points.length).fill((100 * points.length) / (SIDE_MM * SIDE_MM)),
  isMeasured: (i) => [points[i]![0]!, points[i]![1]!].every((v) => v > RIM_MM && v < SIDE_MM - RIM_MM),
});

function fromPlan(dots: Dots): Pattern {
  const samples = newScalpSamples(reserve.count);
  planned.sample(ground.xyzMm, reserve.count, samples);
  const seats = Int32Array.from(dots.id, (i) => ground.seatOf[i]!);
  return {
    ...dots,
    densityPerCm2: Float32Array.from(seats, (seat) => samples.densityPerCm2[seat]!),
    // Where the design is even but for its patchiness.
    isMeasured: (i) => samples.edgeMm[seats[i]!]! >= 24 && dots.positionMm[3 * i + 1]! > 95,
  };
}

const onCap = (positionMm: ArrayLike<number>, normal: ArrayLike<number>, count: number): Pattern => ({
  count,
  positionMm,
  normal,
  densityPerCm2: new Float32Array(count).fill(PER_CM2),
  isMeasured: (i) => positionMm[3 * i + 1]! > capFromMm + RIM_MM,
});

function lloyd(iterations: number): number[][] {
  const random = seededGenerator(1);
  const points = Float64Array.from({ length: 2 * WANTED }, () => SIDE_MM * random());
  const delaunay = new Delaunay(points);
  const voronoi = delaunay.voronoi([0, 0, SIDE_MM, SIDE_MM]);
  for (let n = 0; n < iterations; n++) {
    for (let i = 0; i < WANTED; i++) {
      const cell = voronoi.cellPolygon(i);
      if (!cell) continue;
      let [area, x, y] = [0, 0, 0];
      for (let k = 0; k + 1 < cell.length; k++) {
        const [[ax, ay], [bx, by]] = [cell[k]!, cell[k + 1]!];
        const cross = ax * by - bx * ay;
        area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
      }
      if (area === 0) continue;
      points[2 * i] = x / (3 * area);
      points[2 * i + 1] = y / (3 * area);
    }
    voronoi.update();
  }
  return Array.from({ length: WANTED }, (_, i) => [points[2 * i]!, points[2 * i + 1]!]);
}

function surfaceSamples(): { positionMm: Float64Array; normal: Float64Array } {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(mesh.positionsMm, 3));
  const cap: number[] = [];
  for (let k = 0; k < mesh.triangles.length; k += 3) {
    const corners = mesh.triangles.subarray(k, k + 3);
    if (corners.reduce((sum, v) => sum + mesh.positionsMm[3 * v + 1]!, 0) > 3 * capFromMm) cap.push(...corners);
  }
  geometry.setIndex(cap);
  // Its types leave the generator out.
  const sampler = new MeshSurfaceSampler(new Mesh(geometry)) as MeshSurfaceSampler & {
    setRandomGenerator(random: () => number): void;
  };
  sampler.setRandomGenerator(seededGenerator(1));
  sampler.build();
  const positionMm = new Float64Array(3 * WANTED);
  const normal = new Float64Array(3 * WANTED);
  const [p, n] = [new Vector3(), new Vector3()];
  for (let i = 0; i < WANTED; i++) {
    sampler.sample(p, n);
    p.toArray(positionMm, 3 * i);
    n.toArray(normal, 3 * i);
  }
  return { positionMm, normal };
}

interface Contestant {
  readonly name: string;
  readonly run: () => unknown;
  readonly sumOf: (result: never) => number;
  readonly patternOf: (result: never) => Pattern;
}

const contestant = <T>(
  name: string,
  run: () => T,
  sumOf: (result: T) => number,
  patternOf: (result: T) => Pattern,
): Contestant => ({ name, run, sumOf, patternOf });
const sumOfPoints = (points: readonly (readonly number[])[]): number =>
  points.reduce((sum, p) => sum + p[0]! - p[1]!, 0);
const sumOfPlaces = ({ positionMm }: { positionMm: ArrayLike<number> }): number =>
  Array.from(positionMm).reduce((a, b) => a + b, 0);

/** The distance with which `fill` yields about the dots wanted. */
function radiusFor(fill: (radius: number) => number): number {
  let radius = 0.8 * (10.7457 / Math.sqrt(PER_CM2));
  for (let n = 0; n < 3; n++) radius *= Math.sqrt(fill(radius) / WANTED);
  return radius;
}

const fillDisks = (minDistance: number): number[][] =>
  new PoissonDiskSampling({ shape: [SIDE_MM, SIDE_MM], minDistance, tries: 30 }, seededGenerator(1)).fill();
const fillFast = (radius: number): number[][] =>
  new FastPoissonDiskSampling({ shape: [SIDE_MM, SIDE_MM], radius, tries: 30 }, seededGenerator(1)).fill();
const diskMm = radiusFor((r) => fillDisks(r).length);
const fastMm = radiusFor((r) => fillFast(r).length);

const OURS = 'Stipple, a whole plan on a head';
const AGAIN = 'Stipple, the same on a head that has its reserve';
const ROUGHEST = 'Stipple, the same at a spread of 0.15';
const RIVAL = 'poisson-disk-sampling 2.3.1, k = 30, plane';
const seed = 7;
const style = LAYOUT_2;
const contestants: readonly Contestant[] = [
  contestant(OURS, () => layOutDots({ head, reserve, field: planned, density, seed, style }), sumOfPlaces, fromPlan),
  contestant(AGAIN, () => layOutOn(ground, { field: planned, density, seed, style }), sumOfPlaces, fromPlan),
  contestant(
    ROUGHEST,
    () => layOutOn(ground, { field: planned, density, seed, style: layoutOfSpread(0.15) }),
    sumOfPlaces,
    fromPlan,
  ),
  contestant(
    'Stipple, one even zone on a head',
    () => layOutDots({ head, reserve, field: even, density, seed, style }),
    sumOfPlaces,
    (dots) => onCap(dots.positionMm, dots.normal, dots.count),
  ),
  contestant(
    'Stipple, a whole plan, as 0.1 evened out',
    () => layOutDots({ head, reserve, field: plannedBefore, density, seed, style: LAYOUT_1 }),
    sumOfPlaces,
    fromPlan,
  ),
  contestant(RIVAL, () => fillDisks(diskMm), sumOfPoints, inPlane),
  contestant('fast-2d-poisson-disk-sampling 1.0.3, k = 30, plane', () => fillFast(fastMm), sumOfPoints, inPlane),
  contestant('d3-delaunay 6.0.6, Lloyd, 20 iterations, plane', () => lloyd(20), sumOfPoints, inPlane),
  contestant('three 0.187, MeshSurfaceSampler, same head', surfaceSamples, sumOfPlaces, ({ positionMm, normal }) =>
    onCap(positionMm, normal, WANTED),
  ),
];

const times = contestants.map((): number[] => []);
const firstMs = contestants.map(() => 0);
const results: unknown[] = [];
let sink = 0;
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  const order = contestants.map((_, i) => (round % 2 ? contestants.length - 1 - i : i));
  for (const i of order) {
    const { ms, result } = cpuMs(contestants[i]!.run);
    sink += contestants[i]!.sumOf(result as never);
    results[i] = result;
    if (round === 0) firstMs[i] = ms;
    if (round >= WARM_UP) times[i]!.push(ms);
  }
}

const met = (isMet: boolean): string => (isMet ? 'met' : 'missed');
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const row = (cells: readonly string[]): string =>
  `${cells[0]!.padEnd(52)}${cells
    .slice(1)
    .map((cell) => cell.padStart(10))
    .join('')}`;
console.log(row(['', 'CPU ms', 'range', 'first', 'dots', 'near mean', 'near min', 'spread', 'low power', 'rows']));
contestants.forEach(({ name, patternOf }, i) => {
  const pattern = patternOf(results[i] as never);
  const nearest = nearestQuality(pattern);
  const spectrum = spectrumQuality(pattern);
  const ms = times[i]!;
  console.log(
    row([
      name,
      median(ms).toFixed(0),
      `${Math.min(...ms).toFixed(0)}-${Math.max(...ms).toFixed(0)}`,
      firstMs[i]!.toFixed(0),
      String(pattern.count),
      nearest.mean.toFixed(3),
      nearest.min.toFixed(3),
      nearest.spread.toFixed(3),
      spectrum.lowPower.toFixed(4),
      spectrum.rows.toFixed(3),
    ]),
  );
});
console.log(
  row(['Stipple, laying the reserve (once per set-up)', laid.ms.toFixed(0), '', '', String(laid.result.count)]),
);
console.log(row(['Stipple, reading it (once per process)', read.ms.toFixed(0), '', '', String(reserve.count)]));
const timeOf = (name: string): number => median(times[contestants.findIndex((c) => c.name === name)]!);
const BAR = 0.4;
for (const name of [OURS, AGAIN, ROUGHEST]) {
  const ratio = timeOf(name) / timeOf(RIVAL);
  console.log(`\n${name}: ${ratio.toFixed(2)} of the processor time of ${RIVAL}; bar ${BAR}: ${met(ratio <= BAR)}.`);
}
console.log(
  'Distances in units of the hexagonal distance at the local density, low power in units of white noise, rows in units of a lattice.',
);
console.log(
  `Measured in even stretches, ${RIM_MM} mm or more inside. ${ROUNDS} rounds after ${WARM_UP} that warm up; first: the first of them, in this order. Sum of everything laid: ${sink.toFixed(1)}.`,
);

// How regular: what plans are laid out with, and the dial from 0.08 to 0.15, in one even zone and in a whole plan.
const HEADINGS = ['spread', 'near min', 'low power'];
console.log(
  `\n${row(['way, steps, roughness or firmness, paired: even zone', ...HEADINGS, ...HEADINGS.map((heading) => `plan ${heading}`)])}`,
);
const styles: readonly LayoutStyle[] = [
  { method: 1, iterations: 12, roughness: 0 },
  LAYOUT_2,
  ...[0.08, 0.09, 0.1, 0.11, 0.12, 0.13, 0.14, 0.15].map(layoutOfSpread),
  { method: 1, iterations: 6, roughness: 0.2 },
  { method: 1, iterations: 6, roughness: 0.3 },
];
const qualityOf = (pattern: Pattern): string[] => {
  const { spread, min } = nearestQuality(pattern);
  return [spread.toFixed(3), min.toFixed(3), spectrumQuality(pattern).lowPower.toFixed(4)];
};
for (const one of styles) {
  const [on, inPlan] = one.method === 2 ? [ground, planned] : [groundBefore, plannedBefore];
  const { positionMm, normal, count } = layOutOn(on, { field: even, density, seed, style: one });
  console.log(
    row([
      one.method === 2
        ? `2, ${one.iterations}, ${one.firmness.toFixed(2)}, ${one.paired.toFixed(2)}`
        : `1, ${one.iterations}, ${one.roughness}`,
      ...qualityOf(onCap(positionMm, normal, count)),
      ...qualityOf(fromPlan(layOutOn(on, { field: inPlan, density, seed, style: one }))),
    ]),
  );
}

/** A change of a design: what it asks for from now on, and where that may differ. */
type Edit = (n: number) => { readonly field: ScalpField; readonly touched: readonly Touched[] };

/**
 * One edit after another on a plan in hand: processor time of each, the design's part and the dots', and whether the dots
 * are at the end those of a layout from nothing.
 */
function edits(name: string, edit: Edit, fromNothing: (n: number) => ScalpField, style: SecondWay = LAYOUT_2): void {
  const laidOut = new LaidOutDots(ground, edit(0).field, density, seed, style);
  const spent: number[] = [];
  let changed = 0;
  const WARM_UP = 20;
  const COUNT = 60;
  for (let n = 1; n <= WARM_UP + COUNT; n++) {
    const { ms, result } = cpuMs(() => {
      const { field, touched } = edit(n);
      return laidOut.update(field, touched);
    });
    if (n <= WARM_UP) continue;
    spent.push(ms);
    changed += result.changed.count + result.gone.length;
  }
  const whole = layOutOn(ground, { field: fromNothing(WARM_UP + COUNT), density, seed, style });
  const own = laidOut.dots();
  const isSame = own.count === whole.count && own.positionMm.every((x, q) => x === whole.positionMm[q]);
  console.log(
    row([
      name,
      median(spent).toFixed(1),
      Math.max(...spent).toFixed(1),
      (changed / COUNT).toFixed(0),
      isSame ? 'yes' : 'NO',
      met(median(spent) <= 8 && Math.max(...spent) <= 16),
    ]),
  );
}

console.log(
  `\n${row(['edit of 0.5 mm, design and dots of a whole plan', 'CPU ms', 'longest', 'changed', 'the same', '8 / 16 ms'])}`,
);
const spot = onSkin(head, [12, 110, 40]);
const spotMm = (n: number): number => 8 + 0.5 * (n % 8);
const spotted = (n: number): ScalpField => ({
  ...planned,
  sample: (xyzMm, count, out) => {
    planned.sample(xyzMm, count, out);
    for (let i = 0; i < count; i++) {
      const [x, y, z] = [0, 1, 2].map((c) => xyzMm[3 * i + c]! - spot[c]!) as [number, number, number];
      if (x * x + y * y + z * z < spotMm(n) * spotMm(n)) out.densityPerCm2[i]! *= 0.5;
    }
  },
});
edits(
  'a thin spot of 8 to 12 mm grows',
  (n) => ({
    field: spotted(n),
    touched: [{ centreMm: spot, radiusMm: Math.max(spotMm(n), spotMm(Math.max(0, n - 1))) }],
  }),
  spotted,
);

/** The hairline with a control drawn down, by half a millimetre more with every edit of eight. */
const drawn = (control: number, n: number): HairlineDesign => ({
  ...hairline,
  controlsMm: hairline.controlsMm.map(([x, y, z], k) =>
    k === control ? onSkin(head, [x, y - 0.5 * (n % 8), z]) : ([x, y, z] as const),
  ),
});
const middle = hairline.controlsMm.length >> 1;
for (const [name, control, presentation, style] of [
  ['the middle of the hairline is drawn down', middle, { kind: 'full' }, LAYOUT_2],
  ['the same on a Norwood VI', middle, { kind: 'norwood', stage: 6 }, LAYOUT_2],
  ['a corner of the hairline is drawn down', middle + 3, { kind: 'full' }, LAYOUT_2],
  ['the middle at a spread of 0.08', middle, { kind: 'full' }, layoutOfSpread(0.08)],
  ['the middle at a spread of 0.15', middle, { kind: 'full' }, layoutOfSpread(0.15)],
] as const) {
  const scalp = new EditedScalp(head, landmarks, designed(hairline, presentation), seed);
  edits(
    name,
    (n) => {
      const touched = scalp.draw(drawn(control, n));
      return { field: scalp.field, touched };
    },
    (n) => createScalpField(head, landmarks, designed(drawn(control, n), presentation), seed),
    style,
  );
}
