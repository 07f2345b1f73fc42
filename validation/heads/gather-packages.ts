/**
 * Fetches the Debian packages that hold real heads, and unpacks them without installing: no root, nothing but files
 * under one folder. What is there already is kept.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Package, and a file of it that is wanted. */
const PACKAGES = [
  ['invesalius-examples', 'usr/share/doc/invesalius-examples/examples/Cranium.inv3'],
  ['mricron-data', 'usr/share/mricron/templates/ch2.nii.gz'],
  ['python3-mne', 'usr/lib/python3/dist-packages/mne/data/fsaverage/fsaverage-head.fif'],
] as const;

/** Returns a sentence for each package that could not be had, empty when all are there. */
export function gatherPackages(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const troubles: string[] = [];
  for (const [name, file] of PACKAGES) {
    if (existsSync(join(folder, file))) continue;
    const command = `apt-get download ${name}`;
    const got = spawnSync('apt-get', ['download', name], { cwd: folder, encoding: 'utf8' });
    const deb = readdirSync(folder).find((entry) => entry.startsWith(`${name}_`) && entry.endsWith('.deb'));
    if (got.error || got.status !== 0 || !deb) {
      const why = got.error
        ? 'there is no apt-get here; this needs Debian'
        : (got.stderr.trim().split('\n').pop() ?? '');
      troubles.push(`'${command}' failed: ${why}`);
      continue;
    }
    const unpacked = spawnSync('dpkg', ['-x', deb, '.'], { cwd: folder, encoding: 'utf8' });
    if (unpacked.error || unpacked.status !== 0) troubles.push(`'dpkg -x ${deb}' failed: ${unpacked.stderr ?? ''}`);
  }
  return troubles;
}
