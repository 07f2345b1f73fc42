/** Bundles the decoding process for tests, as the product is bundled. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A folder inside the repository, where a bundle finds its packages; whoever asks for it removes it. */
export function decoderFolder(): string {
  const folder = join(fileURLToPath(new URL('../../../../../', import.meta.url)), `.stipple/decoder-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Puts decode-worker.mjs and what it starts into the folder. */
export async function bundleDecoder(folder: string): Promise<void> {
  await build({
    entryPoints: ['decode-worker', 'heic-worker'].map((name) => join(import.meta.dirname, `../${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    external: ['sharp', 'libheif-js'],
  });
}
