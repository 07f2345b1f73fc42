import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINE } from '@stipple/core/plan/engine.ts';
import { summarySchema, type Summary } from '@stipple/files/contract/summary.ts';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { MANNEQUIN, runStipple, startStipple, type Outcome } from './testing/run-stipple.ts';

const VIEW_FILES = ['front.fresh.png', 'front.healed.png', 'front.mask.png', 'front.year5.png'];
const FILES = [
  'course.ics',
  'dots.csv',
  ...VIEW_FILES,
  'head.glb',
  'plan.json',
  'stencil.svg',
  'summary.json',
  'worksheet.pdf',
];
const MEASURES = [
  '--circumference',
  '565',
  '--measure',
  'sagittal=340,coronal=354',
  '--measure=length=194.5,breadth=158.3',
];

let root: string;
let photos: string;
let out: string;
let planned: Outcome;
const planWith = (photo: string, to: string, ...more: string[]) => [
  'plan',
  '--photo',
  `front=${photo}`,
  '--out',
  to,
  ...more,
];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'stipple-cli-'));
  photos = join(root, 'photos');
  mkdirSync(photos);
  // Half the size of the example is as good here and quicker.
  await sharp(MANNEQUIN).resize(720).jpeg({ quality: 92 }).toFile(join(photos, 'client.jpg'));
  out = join(root, 'plans/first');
  const options = ['--age', '42', '--start', '2027-01-11', '--zone', 'Europe/Berlin', '--json'];
  planned = await runStipple(...planWith(join(photos, 'client.jpg'), out, ...MEASURES, ...options));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const read = (dir: string, name: string) => readFileSync(join(dir, name));
const pixelsOf = async (source: Buffer | string) => {
  const { data, info } = await sharp(source).raw().toBuffer({ resolveWithObject: true });
  return { data, info };
};
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1) ?? '';

describe('stipple plan', () => {
  test('writes every file of a plan and nothing else', () => {
    expect([planned.code, planned.stderr]).toEqual([0, expect.not.stringContaining('note')]);
    expect(readdirSync(out).sort()).toEqual(FILES);
    expect(readdirSync(join(root, 'plans'))).toEqual(['first']);
  });

  test('prints the summary it wrote, and that keeps its contract', () => {
    const summary = JSON.parse(planned.stdout) as Summary;
    expect(summary).toEqual(JSON.parse(read(out, 'summary.json').toString()));
    expect(summarySchema.parse(summary)).toEqual(summary);
    expect(summary.engine).toBe(ENGINE);
    expect(summary.scale.source).toBe('soft tape');
    expect(summary.sessions.map(({ date }) => date)).toEqual(['2027-01-11', '2027-01-25', '2027-02-22']);
    expect(read(out, 'dots.csv').toString().trim().split('\n')).toHaveLength(1 + summary.dots);
  });

  test('writes a plan document that names its photo', () => {
    const document = parsePlan(read(out, 'plan.json').toString());
    const sha256 = createHash('sha256').update(read(photos, 'client.jpg')).digest('hex');
    expect(document).toMatchObject({
      engine: ENGINE,
      photos: [{ view: 'front', sha256, widthPx: 720, heightPx: 900 }],
    });
    expect(document.measures).toHaveLength(5);
  });

  test('changes no sample of the photo outside of the mask, in any picture', async () => {
    const photo = await pixelsOf(join(photos, 'client.jpg'));
    const mask = await pixelsOf(read(out, 'front.mask.png'));
    expect([mask.info.width, mask.info.height]).toEqual([720, 900]);
    for (const [name, panels] of [
      ['fresh', 1],
      ['healed', 1],
      ['year5', 3],
    ] as const) {
      const { data, info } = await pixelsOf(read(out, `front.${name}.png`));
      expect([info.width, info.height]).toEqual([720 * panels, 900]);
      let stray = 0;
      let worked = 0;
      for (let k = 0; k < 720 * 900; k++) {
        const [x, y] = [k % 720, Math.floor(k / 720)];
        for (let panel = 0; panel < panels; panel++) {
          const at = info.channels * (y * info.width + panel * 720 + x);
          const isSame = [0, 1, 2].every((c) => data[at + c] === photo.data[photo.info.channels * k + c]);
          if (isSame) continue;
          worked++;
          if (mask.data[mask.info.channels * k] === 0) stray++;
        }
      }
      expect([name, stray]).toEqual([name, 0]);
      expect(worked).toBeGreaterThan(10_000);
    }
  });

  test('says what matters in words when no JSON is asked for', async () => {
    const { code, stdout, stderr } = await runStipple(...planWith(join(photos, 'client.jpg'), join(root, 'words')));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\d,]+ dots in 3 sessions; 8 files in .*words\n$/);
    expect(stderr).toContain('note (not-to-scale): Not to scale; measure the head');
    expect(JSON.parse(read(join(root, 'words'), 'summary.json').toString())).toMatchObject({
      areaCm2: null,
      quote: null,
    });
    // Nothing was measured: what is in millimetres of this head is not written.
    const inMillimetres = ['dots.csv', 'head.glb', 'stencil.svg'];
    expect(readdirSync(join(root, 'words')).sort()).toEqual(FILES.filter((name) => !inMillimetres.includes(name)));
  });
});

describe('what stipple refuses', () => {
  let input: string;
  beforeAll(async () => {
    input = join(root, 'input');
    mkdirSync(input);
    await sharp({ create: { width: 640, height: 640, channels: 3, background: '#888' } })
      .jpeg()
      .toFile(join(input, 'wall.jpg'));
    writeFileSync(join(input, 'half.jpg'), read(photos, 'client.jpg').subarray(0, 20_000));
    writeFileSync(join(input, 'letter.jpg'), 'Dear client');
  });

  test.each([
    ['wall.jpg', [], 'no-face'],
    ['half.jpg', [], 'photo-unreadable'],
    ['letter.jpg', [], 'photo-type'],
    ['absent.jpg', [], 'file-not-readable'],
    ['wall.jpg', ['--circumference', '5750'], 'measure-absurd'],
  ] as const)('%s %j: exit 3, %s as JSON, and nothing is left', async (name, options, code) => {
    const place = mkdtempSync(join(root, 'refused-'));
    const answer = await runStipple(...planWith(join(input, name), join(place, 'a/b'), ...options, '--json'));
    expect([answer.code, answer.stdout]).toEqual([3, '']);
    const said = JSON.parse(lastLine(answer.stderr)) as Record<string, string>;
    expect(said).toMatchObject({ code, reason: expect.any(String), remedy: expect.any(String) });
    expect(readdirSync(place)).toEqual([]);
  });

  test('a wrong command: exit 2 and one sentence', async () => {
    const place = mkdtempSync(join(root, 'wrong-'));
    const answer = await runStipple(...planWith(join(photos, 'client.jpg'), join(place, 'out'), '--norwod', '3'));
    expect(answer).toMatchObject({ code: 2, stdout: '' });
    expect(answer.stderr).toContain('did you mean --norwood?');
    expect(readdirSync(place)).toEqual([]);
  });

  const interrupted = async (step: string, to: string, signal: NodeJS.Signals = 'SIGINT'): Promise<void> => {
    const { child, outcome, untilStep } = startStipple(planWith(join(photos, 'client.jpg'), to), {
      isOnTerminal: true,
    });
    await untilStep(step);
    child.kill(signal);
    const { code, stdout, stderr } = await outcome;
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('stipple: interrupted: The work was interrupted.');
  };

  test.each([
    ['SIGTERM', 'looking for the face'],
    ['SIGHUP', 'drawing the pictures'],
    ['SIGINT', 'drawing up numbers and sheets'],
  ] as const)('%s while %s: exit 3, and nothing is left', async (signal, step) => {
    const place = mkdtempSync(join(root, 'interrupted-'));
    await interrupted(step, join(place, 'a/out'), signal);
    expect(readdirSync(place)).toEqual([]);
  });

  test('a planning process that the system ends: exit 3, what to do, and nothing is left', async () => {
    const place = mkdtempSync(join(root, 'ended-'));
    const { child, outcome, untilStep } = startStipple(planWith(join(photos, 'client.jpg'), join(place, 'out')), {
      isOnTerminal: true,
    });
    await untilStep('looking for the face');
    const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=']).toString().trim().split('\n');
    const [planning] = processes
      .map((line) => line.trim().split(/ +/).map(Number))
      .filter(([, of]) => of === child.pid);
    process.kill(planning![0]!, 'SIGKILL');
    const { code, stderr } = await outcome;
    expect([code, lastLine(stderr)]).toEqual([3, 'Close other programs, or give fewer or smaller photos.']);
    expect(stderr).toContain('stipple: too-little-memory (SIGKILL): ');
    expect(readdirSync(place)).toEqual([]);
  });

  test('an interrupt leaves an earlier plan in the same folder as it was', async () => {
    const place = mkdtempSync(join(root, 'kept-'));
    const kept = join(place, 'out');
    mkdirSync(kept);
    for (const name of FILES) copyFileSync(join(out, name), join(kept, name));
    await interrupted('drawing up numbers and sheets', kept);
    expect(readdirSync(place)).toEqual(['out']);
    for (const name of FILES) expect([name, Buffer.compare(read(kept, name), read(out, name))]).toEqual([name, 0]);
  });
});

describe('stipple plan --from', () => {
  test('gives the same bytes again, and the same pixels', async () => {
    const again = join(root, 'plans/again');
    const { code } = await runStipple('plan', '--from', join(out, 'plan.json'), '--photos', photos, '--out', again);
    expect(code).toBe(0);
    expect(readdirSync(again).sort()).toEqual(FILES);
    for (const name of FILES.filter((file) => !file.endsWith('.png'))) {
      expect([name, Buffer.compare(read(again, name), read(out, name))]).toEqual([name, 0]);
    }
    for (const name of VIEW_FILES) {
      const [a, b] = await Promise.all([pixelsOf(read(out, name)), pixelsOf(read(again, name))]);
      expect([name, Buffer.compare(a.data, b.data)]).toEqual([name, 0]);
    }
  });

  test('refuses another photo and a document that was spoilt', async () => {
    const place = mkdtempSync(join(root, 'from-'));
    const other = join(place, 'photos');
    mkdirSync(other);
    await sharp(MANNEQUIN).resize(700).jpeg().toFile(join(other, 'client.jpg'));
    const from = (plan: string) => runStipple('plan', '--from', plan, '--photos', other, '--out', join(place, 'out'));
    expect((await from(join(out, 'plan.json'))).stderr).toContain('photo-differs');
    writeFileSync(join(place, 'plan.json'), read(out, 'plan.json').toString().replace('"seed": 7', '"seed": -7'));
    const spoilt = await from(join(place, 'plan.json'));
    expect(spoilt.code).toBe(3);
    expect(spoilt.stderr).toContain('document-invalid (seed must be a whole number from 0 to 4294967295, and is -7)');
    expect(existsSync(join(place, 'out'))).toBe(false);
  });
});

describe('stipple verify', () => {
  let dir: string;
  beforeAll(() => {
    dir = join(root, 'verified/plan');
    mkdirSync(dir, { recursive: true });
    for (const name of FILES) copyFileSync(join(out, name), join(dir, name));
  });

  test('finds everything equal with the photo at hand', async () => {
    const { code, stdout } = await runStipple('verify', dir, '--photos', photos, '--json');
    expect(code).toBe(0);
    const { equal, ...rest } = JSON.parse(stdout) as { equal: string[] };
    expect(equal.sort()).toEqual(FILES);
    expect(rest).toEqual({ different: [], absent: [], notCompared: [] });
  });

  test('says what it could not compare for want of the photo', async () => {
    const { code, stdout } = await runStipple('verify', dir, '--json');
    const { equal, different, absent, notCompared } = JSON.parse(stdout) as Record<string, string[]>;
    expect([code, different, absent]).toEqual([0, [], []]);
    expect(notCompared!.sort()).toEqual([...VIEW_FILES, 'summary.json', 'worksheet.pdf'].sort());
    expect([...equal!, ...notCompared!].sort()).toEqual(FILES);
  });

  test('finds one dot that was moved, one pixel that was painted and a file that is gone', async () => {
    writeFileSync(
      join(dir, 'dots.csv'),
      read(dir, 'dots.csv')
        .toString()
        .replace(/\n\d+,/, '\n1,'),
    );
    const { data, info } = await pixelsOf(read(dir, 'front.healed.png'));
    data[3 * 360] = (data[3 * 360]! + 2) % 256;
    await sharp(data, { raw: info }).png().toFile(join(dir, 'front.healed.png'));
    rmSync(join(dir, 'course.ics'));
    const { code, stderr } = await runStipple('verify', dir, '--photos', photos);
    expect(code).toBe(3);
    expect(stderr).toContain('result-differs');
    for (const name of ['dots.csv', 'front.healed.png', 'course.ics']) expect(stderr).toContain(name);
    expect(stderr).not.toContain('stencil.svg');
  });
});
