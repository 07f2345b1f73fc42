import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { leftRunning, markProcesses } from './testing/left-running.ts';
import { MANNEQUIN, runStipple, startStipple } from './testing/run-stipple.ts';

const KILLS = 30;
const INTERRUPTS = 20;
const FILES = 11;

let root: string;
let photo: string;
let usualMs: number;
const plan = (to: string): string[] => ['plan', '--photo', `front=${photo}`, '--circumference', '565', '--out', to];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'stipple-soak-'));
  markProcesses();
  photo = join(root, 'client.jpg');
  await sharp(MANNEQUIN).resize(720).jpeg().toFile(photo);
  // The first run may set up; the second tells how long the work takes.
  await runStipple(...plan(join(root, 'first')));
  const start = performance.now();
  expect((await runStipple(...plan(join(root, 'second')))).code).toBe(0);
  usualMs = performance.now() - start;
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test(`after each of ${KILLS} kills DIR is whole or absent, and the next plan leaves nothing beside it`, async () => {
  const random = seededGenerator(20270111);
  const place = join(root, 'killed');
  mkdirSync(place);
  let killed = 0;
  for (let round = 0; round < KILLS; round++) {
    const out = join(place, `out-${round}`);
    const { child, outcome } = startStipple(plan(out));
    await new Promise((done) => setTimeout(done, random() * 1.1 * usualMs));
    child.kill('SIGKILL');
    if ((await outcome).code === null) killed++;
    // What it has begun to write beside DIR may be there, DIR itself only when it is whole.
    const entries = readdirSync(place).filter((name) => name.startsWith(`out-${round}`));
    if (entries.includes(`out-${round}`)) expect(readdirSync(out)).toHaveLength(FILES);
    if (round % 5 < 4 && entries.length === 0) continue;
    expect((await runStipple(...plan(out))).code).toBe(0);
    expect(readdirSync(place).filter((name) => name.startsWith(`out-${round}`))).toEqual([`out-${round}`]);
    expect(readdirSync(out)).toHaveLength(FILES);
  }
  expect(killed).toBeGreaterThan(KILLS / 3);
  // The processes that plan and decode end with the one that was killed.
  expect(await leftRunning(20)).toEqual([]);
});

test(`after each of ${INTERRUPTS} interrupts there is a whole plan or nothing at all`, async () => {
  const random = seededGenerator(20270112);
  const place = join(root, 'interrupted');
  mkdirSync(place);
  for (let round = 0; round < INTERRUPTS; round++) {
    const out = join(place, `a-${round}/out`);
    const { child, outcome } = startStipple(plan(out));
    await new Promise((done) => setTimeout(done, random() * 1.1 * usualMs));
    child.kill(round % 2 ? 'SIGTERM' : 'SIGINT');
    const { code, stderr } = await outcome;
    // Null: the signal came before the command had begun to listen.
    expect([0, 3, null], stderr).toContain(code);
    if (code === 0) expect(readdirSync(out)).toHaveLength(FILES);
    else expect(readdirSync(place).filter((name) => name.startsWith(`a-${round}`))).toEqual([]);
    rmSync(join(place, `a-${round}`), { recursive: true, force: true });
  }
  expect(await leftRunning(20)).toEqual([]);
});
