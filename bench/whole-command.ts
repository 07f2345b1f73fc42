/**
 * The command as a person runs it, cold, from photos to every file of a plan: time and peak memory of all its processes.
 *
 * A JPEG and a HEIC of 12 megapixels, each by itself, and eight JPEGs of 12 megapixels in one plan; then one of 60
 * megapixels, which has no bar. Bars, on two cores: 4, 10 and 15 seconds, 600 MB for one photo. Runs after one that
 * warms the disk cache. Beside it, in the same run, what no plan can do without: decoding the JPEG and encoding its
 * pictures as PNG. Memory is the sum over the process and its children, looked at every 10 ms, pages they share counted
 * once for each; only Linux tells it. Photos: photos/grainy-photo.ts and packages/files/fixtures.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePhoto } from '../packages/server/src/imaging/decode-photo.ts';
import { encodePng } from '../packages/server/src/imaging/encode-png.ts';
import { grainyPhoto } from './photos/grainy-photo.ts';

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

const folder = mkdtempSync(join(tmpdir(), 'stipple-bench-'));
const saved = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** The process and everything it has started. */
function treeOf(pid: number): number[] {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const children = tasks.flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return [pid, ...children.flatMap((child) => treeOf(Number(child)))];
  } catch {
    return [];
  }
}

const residentMb = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** Processor seconds of a process so far, and of its ended children. */
const cpuOf = (pid: number): number => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  } catch {
    return 0;
  }
};

async function runCommand(photos: readonly string[]): Promise<Run> {
  const started = performance.now();
  const views = photos.flatMap((photo, i) => ['--photo', `${i === 0 ? 'front' : `more-${i}`}=${photo}`]);
  const args = [
    'packages/server/bin/stipple.mjs',
    'plan',
    ...views,
    '--circumference',
    '575',
    '--out',
    join(folder, 'out'),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let peakMb = 0;
  let cpuSeconds = 0;
  const watch = setInterval(() => {
    const tree = treeOf(child.pid!);
    peakMb = Math.max(
      peakMb,
      tree.reduce((sum, pid) => sum + residentMb(pid), 0),
    );
    cpuSeconds = Math.max(
      cpuSeconds,
      tree.reduce((sum, pid) => sum + cpuOf(pid), 0),
    );
  }, 10);
  const code = await new Promise((done) => child.on('close', done));
  clearInterval(watch);
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  if (code !== 0) throw new Error(`the command ended with ${code}: ${said}`);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds, peakMb };
}

/** Decoding the photo once and encoding it twice, as the healed and the fresh picture. */
async function codecsAlone(photo: string): Promise<number> {
  const started = performance.now();
  const { pixels, icc } = await decodePhoto(readFileSync(photo));
  const panel = { widthPx: pixels.widthPx, heightPx: pixels.heightPx, channels: 4 as const, samples: pixels.rgba };
  await Promise.all([encodePng(panel, icc), encodePng(panel, icc)]);
  return (performance.now() - started) / 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const range = (values: readonly number[], digits: number): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;

async function measure(title: string, photos: readonly string[], runs: number, barS: number, barMb: number) {
  await runCommand(photos);
  const all: Run[] = [];
  for (let i = 0; i < runs; i++) all.push(await runCommand(photos));
  const [seconds, cpu, peaks] = [
    all.map((run) => run.seconds),
    all.map((run) => run.cpuSeconds),
    all.map((run) => run.peakMb),
  ];
  const verdict = (value: number, bar: number): string =>
    bar === Infinity ? '' : `   bar ${bar}: ${value <= bar ? 'met' : 'missed'}`;
  console.log(title);
  console.log(`  wall, s          ${range(seconds, 2)}${verdict(median(seconds), barS)}`);
  console.log(`  processor, s     ${range(cpu, 2)}`);
  console.log(`  peak memory, MB  ${range(peaks, 0)}${verdict(Math.max(...peaks), barMb)}`);
  return median(seconds);
}

try {
  const jpeg = saved('front.jpg', await grainyPhoto(3100, 3875));
  const seconds = await measure('JPEG of 12 megapixels', [jpeg], 5, 4, 600);
  const alone = [];
  for (let i = 0; i < 3; i++) alone.push(await codecsAlone(jpeg));
  console.log(
    `  decode + encode alone, s ${range(alone, 2)}, the command takes ${(seconds / median(alone)).toFixed(1)} times that`,
  );
  await measure('HEIC of 12 megapixels', [join('packages/files/fixtures', 'mannequin-12mp.heic')], 3, 10, 600);
  const eight = [];
  for (let i = 0; i < 8; i++) eight.push(saved(`photo-${i}.jpg`, await grainyPhoto(3100 + 8 * i, 3875 + 10 * i)));
  await measure('eight JPEGs of 12 megapixels', eight, 2, 15, Infinity);
  await measure('JPEG of 60 megapixels', [saved('large.jpg', await grainyPhoto(6920, 8650))], 1, Infinity, Infinity);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
