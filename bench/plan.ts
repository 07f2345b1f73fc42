/**
 * One 12-megapixel JPEG, cold, to every file of a plan: wall time and peak memory of the command as a whole process.
 *
 * The photo is the mannequin enlarged to 3,100 x 3,875 px. Five runs after one that warms the disk cache. Beside it, in the same
 * run, what no plan can do without: decoding the photo and encoding its pictures (five panels) as PNG. Bars: 5 s and
 * 700 MB on two cores. The peak is VmHWM, which only Linux tells.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { decodePhoto } from '../packages/server/src/imaging/decode-photo.ts';
import { encodePng } from '../packages/server/src/imaging/encode-png.ts';

const RUNS = 5;
const BAR_S = 5;
const BAR_MB = 700;

const folder = mkdtempSync(join(tmpdir(), 'stipple-bench-'));
const photo = join(folder, 'front.jpg');
writeFileSync(
  photo,
  await sharp('packages/web/public/mannequin.jpg').resize(3100, 3875).jpeg({ quality: 92 }).toBuffer(),
);

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

async function runCommand(out: string): Promise<Run> {
  const started = performance.now();
  const args = [
    'packages/server/bin/stipple.mjs',
    'plan',
    '--photo',
    `front=${photo}`,
    '--circumference',
    '575',
    '--out',
    out,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let peakMb = 0;
  let cpuSeconds = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
      const [user, system] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13);
      cpuSeconds = (Number(user) + Number(system)) / 100;
    } catch {
      // Gone, or no /proc on this system.
    }
  }, 20);
  const code = await new Promise((done) => child.on('close', done));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the command ended with ${code}: ${said}`);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds, peakMb };
}

/** Decoding and encoding alone: one picture twice, one of three panels, as the plan does. */
async function codecs(): Promise<number> {
  const started = performance.now();
  const { pixels, icc } = await decodePhoto(readFileSync(photo));
  const panel = { widthPx: pixels.widthPx, heightPx: pixels.heightPx, channels: 4 as const, samples: pixels.rgba };
  await Promise.all([encodePng(panel, icc), encodePng(panel, icc), encodePng([panel, panel, panel], icc)]);
  return (performance.now() - started) / 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const range = (values: readonly number[], digits: number): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;

try {
  await runCommand(join(folder, 'warm'));
  const runs: Run[] = [];
  const alone: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    runs.push(await runCommand(join(folder, `out${i}`)));
    alone.push(await codecs());
  }
  const seconds = runs.map((run) => run.seconds);
  const peaks = runs.map((run) => run.peakMb);
  console.log(
    `wall, s                 ${range(seconds, 2)}   bar ${BAR_S}: ${median(seconds) <= BAR_S ? 'met' : 'missed'}`,
  );
  console.log(
    `processor, s            ${range(
      runs.map((run) => run.cpuSeconds),
      2,
    )}`,
  );
  console.log(
    `peak memory, MB         ${range(peaks, 0)}   bar ${BAR_MB}: ${Math.max(...peaks) <= BAR_MB ? 'met' : 'missed'}`,
  );
  console.log(`decode + encode alone   ${range(alone, 2)}   ratio ${(median(seconds) / median(alone)).toFixed(2)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
