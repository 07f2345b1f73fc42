/** Bundles a TypeScript program of this repository as the product is bundled, and runs it; returns its exit code. */
import { spawnSync } from 'node:child_process';
import { ROOT } from './paths.mjs';

export async function runBundled(entryPoint, outfile, args) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: ['sharp', 'onnxruntime-web', '@mediapipe/*', 'libheif-js'],
    banner: {
      js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit', cwd: ROOT }).status ?? 1;
}
