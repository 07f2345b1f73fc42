import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';

const KILLS = 150;
const NAMES = ['plan.json', 'summary.json', 'dots.csv', 'front.healed.png', 'head.glb'];

/** Writes generation after generation into one folder until it is killed; every file names its generation. */
const WRITER = `
  import { openOutput } from './write-output.ts';
  const [dir, first] = process.argv.slice(2);
  for (let n = Number(first); ; n++) {
    const text = JSON.stringify({ schema: 1, engine: 'soak', n, padding: 'x'.repeat(20000) });
    const output = openOutput(dir);
    for (const name of ${JSON.stringify(NAMES)}) output.add({ name, bytes: new TextEncoder().encode(text) });
    output.commit();
    process.stdout.write('.');
  }
`;

test(`after each of ${KILLS} kills a folder that has a plan.json is whole, and the next run tidies up`, async () => {
  const root = mkdtempSync(join(tmpdir(), 'stipple-kill-'));
  const random = seededGenerator(20261124);
  try {
    const script = join(root, 'writer.mjs');
    const stdin = { contents: WRITER, resolveDir: import.meta.dirname, loader: 'ts' as const };
    await build({ stdin, bundle: true, platform: 'node', format: 'esm', outfile: script });
    const out = join(root, 'out');
    let seen = 0;
    let interrupted = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [script, out, String(seen + 1)], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise((done) => child.on('close', done));
      await new Promise((done) => child.stdout.once('data', done));
      await new Promise((done) => setTimeout(done, random() * 12));
      child.kill('SIGKILL');
      await ended;
      if (readdirSync(root).some((name) => name.startsWith('out.stipple-'))) interrupted++;
      if (!existsSync(join(out, 'plan.json'))) continue;
      const generations = NAMES.map((name) => JSON.parse(readFileSync(join(out, name), 'utf8')).n as number);
      expect(new Set(generations).size, `kill ${kill}: ${generations.join(' ')}`).toBe(1);
      expect(generations[0]).toBeGreaterThan(seen);
      seen = generations[0]!;
    }
    // The kills must have struck in the middle of the work, or nothing was tried.
    expect(interrupted).toBeGreaterThan(KILLS / 10);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
