import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { damaged, withChecksums } from '@stipple/files/photo/testing/damage.ts';
import { leftRunning, markProcesses } from './testing/left-running.ts';
import { BIN, MANNEQUIN, runStipple } from './testing/run-stipple.ts';

const PLANS = 60;
const FILES = 11;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'stipple-damaged-'));
  markProcesses();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test(`makes a whole plan or refuses, ${PLANS} times over, and leaves nothing behind`, async () => {
  const small = sharp(MANNEQUIN).resize(720);
  const good: readonly (readonly [name: string, bytes: Uint8Array])[] = [
    ['client.jpg', await small.clone().jpeg().toBuffer()],
    ['client.png', await small.clone().png({ compressionLevel: 2 }).toBuffer()],
    ['client.webp', await small.clone().withIccProfile('p3').webp().toBuffer()],
    ['client.heic', readFileSync(join(BIN, '../../../files/fixtures/mannequin.heic'))],
  ];
  const random = seededGenerator(20261126);
  const codes = new Map<string, number>();
  for (let round = 0; round < PLANS; round++) {
    const [name, bytes] = good[round % good.length]!;
    const place = join(root, `round-${round}`);
    mkdirSync(place);
    const harmed = damaged(bytes, good[(round + 1) % good.length]![1], random);
    writeFileSync(join(place, name), name.endsWith('png') ? withChecksums(harmed) : harmed);
    const { code, stderr } = await runStipple(
      'plan',
      '--photo',
      `front=${join(place, name)}`,
      '--circumference',
      '565',
      '--out',
      join(place, 'out'),
      '--json',
    );
    expect([0, 3], `round ${round}: ${stderr}`).toContain(code);
    const told = code === 0 ? 'a plan' : (JSON.parse(stderr) as { code: string }).code;
    codes.set(told, (codes.get(told) ?? 0) + 1);
    if (code === 0) expect(readdirSync(join(place, 'out'))).toHaveLength(FILES);
    expect(readdirSync(place).sort()).toEqual(code === 0 ? [name, 'out'] : [name]);
    rmSync(place, { recursive: true });
  }
  // oxlint-disable-next-line no-console -- a soak's figures are read by people
  console.log(Object.fromEntries(codes));
  expect(codes.get('a plan')).toBeGreaterThan(PLANS / 20);
  // What was started for these plans has ended with them.
  expect(await leftRunning(5)).toEqual([]);
});
