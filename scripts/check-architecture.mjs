/**
 * Checks every import against the table in .dependency-cruiser.cjs.
 *
 * The cruiser answers 'no violations' when it could not read the sources at all (seen with a TypeScript it does not
 * know), so the number of modules read is compared with the number of files there are.
 *
 *   node scripts/check-architecture.mjs [root of a checkout]
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';

/** @param {string} root */
function countSources(root) {
  return readdirSync(join(root, 'packages'), { withFileTypes: true, recursive: true }).filter(
    (entry) =>
      entry.isFile() && /[.]tsx?$/.test(entry.name) && !/node_modules|[.]tsc/.test(entry.parentPath ?? entry.path),
  ).length;
}

/**
 * @param {string} root
 * @returns {Promise<{ modules: number, lines: string[] }>}
 */
export async function checkArchitecture(root) {
  const expected = countSources(root);
  if (expected === 0) return { modules: 0, lines: ['no source file was found'] };
  const { cruise } = await import('dependency-cruiser');
  const { default: extractTSConfig } = await import('dependency-cruiser/config-utl/extract-ts-config');
  const config = createRequire(join(root, 'package.json'))(join(root, '.dependency-cruiser.cjs'));
  const before = process.cwd();
  process.chdir(root);
  try {
    const { output } = await cruise(
      ['packages'],
      { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true },
      undefined,
      { tsConfig: extractTSConfig(join(root, config.options.tsConfig.fileName)) },
    );
    if (typeof output === 'string') throw new Error(output);
    const modules = output.modules.filter((module) => /^packages\/.*[.]tsx?$/.test(module.source)).length;
    const lines = output.summary.violations.map(({ rule, from, to }) => {
      const comment = config.forbidden.find((candidate) => candidate.name === rule.name)?.comment;
      return `${rule.name}: ${from} → ${to}: ${comment}`;
    });
    if (modules < expected) lines.push(`only ${modules} of ${expected} source files were read, so nothing is proven`);
    return { modules, lines };
  } finally {
    process.chdir(before);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { modules, lines } = await checkArchitecture(resolve(process.argv[2] ?? ROOT));
  for (const line of lines) console.error(line);
  console.log(`${modules} modules, ${lines.length} violations`);
  process.exitCode = lines.length ? 1 : 0;
}
