/**
 * From a photo's file to its healed picture's file, beside decoding and encoding alone; and how that grows.
 *
 * First 12 megapixels with 30,000 visible dots, in three channels: bar 1.5 times decoding and encoding (PNG level 2)
 * alone, of the same run, by processor time, rounds taking turns. Then 2 to 48 megapixels with 15,000 visible dots, and
 * 5,000 to 100,000 visible dots on 12 megapixels, as a table and a plot; bar: neither grows faster than in proportion (slope
 * between the ends, on logarithms, at most 1).
 *
 * The photo is the mannequin enlarged, with grain (photos/grainy-photo.ts). Its plan has fewer dots in view than that,
 * so they are repeated a fraction of a millimetre aside, or thinned out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dots } from '../packages/core/src/dots/dots.ts';
import { decodeReserve } from '../packages/core/src/dots/reserve.ts';
import { takeMeasure } from '../packages/core/src/head/take-measure.ts';
import { drawUpPlan } from '../packages/core/src/plan/draw-up-plan.ts';
import { patchAt, sceneOf } from '../packages/core/src/plan/picture-plan.ts';
import type { PlanRequest } from '../packages/core/src/plan/plan-request.ts';
import { realisePlan, type RealisedPlan } from '../packages/core/src/plan/realise-plan.ts';
import { seededGenerator } from '../packages/core/src/random/generator.ts';
import { decodePhoto } from '../packages/server/src/imaging/decode-photo.ts';
import { encodePng } from '../packages/server/src/imaging/encode-png.ts';
import { nodeRunModel } from '../packages/server/src/imaging/node-models.ts';
import { grainyPhoto } from './photos/grainy-photo.ts';

const CACHE = '.stipple';
const ROUNDS = 7;
/** So many until the engine has compiled all of it: the scene takes half as long then as the second time. */
const WARM_UP_ROUNDS = 8;
const BAR = 1.5;
const MEGAPIXELS = [2, 4, 8, 12, 24, 48] as const;
const DOTS = [5000, 15_000, 30_000, 60_000, 100_000] as const;
const REQUEST: PlanRequest = {
  client: { sex: 'm', ageYears: 42 },
  measures: [takeMeasure('circumference', 575)],
  zoneTapes: [],
  presentation: { kind: 'norwood', stage: 7 },
  sessions: 3,
  reason: null,
  start: null,
  timeZone: 'UTC',
  seed: 7,
};

const run = nodeRunModel(CACHE);
const reserve = decodeReserve(readFileSync(join(CACHE, 'reserve.bin')));

/** A photo of so many megapixels, and its plan. */
async function planned(megapixels: number): Promise<{ readonly file: Uint8Array; readonly plan: RealisedPlan }> {
  const widthPx = Math.round(1000 * Math.sqrt((megapixels * 4) / 5));
  const file = await grainyPhoto(widthPx, Math.round((widthPx * 5) / 4));
  const { pixels, sha256, focal35mm } = await decodePhoto(file);
  const input = { view: 'front', sha256, pixels, focal35mm, hairMask: null, anchors: [], marks: [], distances: [] };
  const document = await drawUpPlan(REQUEST, [input], null, run, () => {});
  return { file, plan: realisePlan(document, reserve) };
}

/** The plan with so many dots in view: its own, repeated aside or thinned out. */
async function withVisible(plan: RealisedPlan, file: Uint8Array, wanted: number): Promise<RealisedPlan> {
  const { pixels } = await decodePhoto(file);
  const { index, count } = sceneOf(plan, plan.document.photos[0]!, pixels).seen;
  const random = seededGenerator(wanted);
  const from = Uint32Array.from({ length: wanted }, () => index[Math.floor(random() * count)]!);
  const { dots } = plan;
  const of = <T extends Uint32Array | Uint8Array | Float32Array>(plane: T, make: (length: number) => T): T => {
    const out = make(wanted);
    for (let k = 0; k < wanted; k++) out[k] = plane[from[k]!]!;
    return out;
  };
  const vectors = (plane: Float32Array, asideMm: number): Float32Array =>
    Float32Array.from(
      { length: 3 * wanted },
      (_, i) => plane[3 * from[Math.floor(i / 3)]! + (i % 3)]! + asideMm * (random() - 0.5),
    );
  const moved: Dots = {
    count: wanted,
    id: of(dots.id, (n) => new Uint32Array(n)),
    positionMm: vectors(dots.positionMm, 0.8),
    normal: vectors(dots.normal, 0),
    zone: of(dots.zone, (n) => new Uint8Array(n)),
    session: of(dots.session, (n) => new Uint8Array(n)),
    diameterMm: of(dots.diameterMm, (n) => new Float32Array(n)),
    strength: of(dots.strength, (n) => new Float32Array(n)),
  };
  return { ...plan, dots: moved };
}

async function fileToHealed(file: Uint8Array, plan: RealisedPlan): Promise<number> {
  const { pixels, icc } = await decodePhoto(file);
  const scene = sceneOf(plan, plan.document.photos[0]!, pixels);
  const patch = patchAt(scene, { kind: 'healed' });
  const { widthPx, heightPx, rgba } = pixels;
  return (await encodePng({ widthPx, heightPx, channels: 4, samples: rgba, patch }, icc)).length;
}

async function codecsAlone(file: Uint8Array): Promise<number> {
  const { pixels, icc } = await decodePhoto(file);
  const { widthPx, heightPx, rgba } = pixels;
  return (await encodePng({ widthPx, heightPx, channels: 4, samples: rgba }, icc)).length;
}

/** Processor seconds, of all threads. */
async function cpuSeconds(work: () => Promise<number>): Promise<number> {
  const before = process.cpuUsage();
  if ((await work()) === 0) throw new Error('an empty file');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Medians of both, in turns, after rounds that warm up. */
async function measured(
  file: Uint8Array,
  plan: RealisedPlan,
  rounds: number,
  warmUpRounds: number,
): Promise<{ whole: number; alone: number }> {
  const whole: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    const both = [
      async () => whole.push(await cpuSeconds(() => fileToHealed(file, plan))),
      async () => alone.push(await cpuSeconds(() => codecsAlone(file))),
    ];
    for (const one of round % 2 ? both.reverse() : both) await one();
    if (round === warmUpRounds - 1) whole.length = alone.length = 0;
  }
  return { whole: median(whole), alone: median(alone) };
}

const slope = (x: readonly number[], y: readonly number[]): number =>
  Math.log(y.at(-1)! / y[0]!) / Math.log(x.at(-1)! / x[0]!);
/** A bar for each time, and where it would end (|) had the first grown in proportion. */
function plot(x: readonly number[], y: readonly number[], named: (at: number) => string): void {
  const proportional = x.map((at) => (y[0]! * at) / x[0]!);
  const perColumn = Math.max(...y, ...proportional) / 60;
  for (const [k, at] of x.entries()) {
    const columns = (s: number): number => Math.max(1, Math.round(s / perColumn));
    const bar = '#'.repeat(columns(y[k]!)).padEnd(columns(proportional[k]!) - 1);
    console.log(`${named(at).padStart(13)} ${bar}${columns(y[k]!) < columns(proportional[k]!) ? '|' : ''}`);
  }
}

const verdict = (isMet: boolean): string => (isMet ? 'met' : 'missed');
const cell = (value: number, digits: number): string => value.toFixed(digits).padStart(8);

const twelve = await planned(12);
const crowded = await withVisible(twelve.plan, twelve.file, 30_000);
const { whole, alone } = await measured(twelve.file, crowded, ROUNDS, WARM_UP_ROUNDS);
console.log('12 megapixels, 30,000 visible dots, processor seconds');
console.log(`file to healed file   ${cell(whole, 2)}`);
console.log(`decode + encode alone ${cell(alone, 2)}`);
console.log(`ratio                 ${cell(whole / alone, 2)}   bar ${BAR}: ${verdict(whole <= BAR * alone)}`);

console.log('\n| megapixels | visible dots | s | s of codecs alone |\n|---:|---:|---:|---:|');
const byPixels: number[] = [];
for (const megapixels of MEGAPIXELS) {
  const { file, plan } = megapixels === 12 ? twelve : await planned(megapixels);
  const seen = await measured(file, await withVisible(plan, file, 15_000), 3, 1);
  byPixels.push(seen.whole);
  console.log(`| ${megapixels} | 15000 | ${seen.whole.toFixed(2)} | ${seen.alone.toFixed(2)} |`);
}
const byDots: number[] = [];
for (const dots of DOTS) {
  const seen = await measured(twelve.file, await withVisible(twelve.plan, twelve.file, dots), 3, 1);
  byDots.push(seen.whole);
  console.log(`| 12 | ${dots} | ${seen.whole.toFixed(2)} | ${seen.alone.toFixed(2)} |`);
}
console.log('');
plot(MEGAPIXELS, byPixels, (megapixels) => `${megapixels} MP`);
console.log('');
plot(DOTS, byDots, (dots) => `${dots} dots`);
const pixelSlope = slope(MEGAPIXELS, byPixels);
const dotSlope = slope(DOTS, byDots);
console.log(
  `\nslope by pixels ${pixelSlope.toFixed(2)}, by dots ${dotSlope.toFixed(2)}   bar 1: ${verdict(Math.max(pixelSlope, dotSlope) <= 1)}`,
);
