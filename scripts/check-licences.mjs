/**
 * Checks that every package shipped with Stipple has a licence we may ship, and that THIRD-PARTY-NOTICES is up to date.
 *
 * Read from package-lock.json, so that it covers the platforms we are not on; licence texts come from node_modules.
 *
 *   node scripts/check-licences.mjs [--write]
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';

const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'MPL-2.0',
  'CC0-1.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'Zlib',
  'Python-2.0',
]);
/** Loaded as a separate, replaceable library file: what the LGPL asks for. */
const LGPL_ALLOWED = /^(@img\/sharp-.*|libheif-js)$/;
const LGPL = new Set(['LGPL-3.0', 'LGPL-3.0-only', 'LGPL-3.0-or-later']);

const NOTICES = join(ROOT, 'THIRD-PARTY-NOTICES');

const PREFACE = `Stipple is licensed under Apache-2.0 (see LICENSE). It is built with the works below.
This file is written by: node scripts/check-licences.mjs --write

Data
----
Head template: coefficients fitted by scripts of this repository to two head meshes, neither of which is included:
  the MakeHuman base mesh (CC0 1.0 Universal), and
  ICT-FaceKit, neutral face (MIT License, Copyright (c) 2020 USC Institute for Creative Technologies).
How heads depart from it, and how points of different heads vary: fitted to 500 heads drawn from ICT-FaceKit's identities.
The mannequin picture of the page was rendered by scripts/render-mannequin.mjs from the ICT-FaceKit neutral face.
Neural networks: face detector, face mesh with iris and selfie segmentation are MediaPipe's (Apache-2.0, Copyright
The MediaPipe Authors). They are not in this repository: set-up converts them from the npm packages
@mediapipe/face_mesh and @mediapipe/selfie_segmentation.
Canonical face: the 468 points in packages/core/src/vision/canonical-face.ts are taken from @mediapipe/face_mesh as well,
by scripts/extract-canonical-face.mjs, and rounded.
Colour card: the L*a*b* values of the 24 patches in packages/core/src/card/card-reference.ts are those that X-Rite publishes
for ColorChecker Classic, editions since November 2014. ColorChecker is a trademark of X-Rite; Stipple has no part in it.

Libraries under the LGPL
------------------------
libvips (in the packages @img/sharp-*) and libheif with libde265 (in the package libheif-js) are loaded as files of their
own at run time, unchanged from their packages: whoever wants another build of them puts it in its place.

MIT License of ICT-FaceKit: Permission is hereby granted, free of charge, to any person obtaining a copy of this
software and associated documentation files (the "Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The
above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT,
TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

/**
 * Whether an SPDX expression is one we may ship: every part of AND, any part of OR.
 * @param {string} name
 * @param {string | undefined} licence
 * @returns {boolean}
 */
export function isAllowed(name, licence) {
  if (!licence) return false;
  const text = licence.replace(/^\((.*)\)$/, '$1');
  if (text.includes(' OR ')) return text.split(' OR ').some((part) => isAllowed(name, part));
  if (text.includes(' AND ')) return text.split(' AND ').every((part) => isAllowed(name, part));
  return ALLOWED.has(text) || (LGPL.has(text) && LGPL_ALLOWED.test(name));
}

/** Packages that ship, by name and version. */
function shipped() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.dev && !entry.link)
    .map(([path, entry]) => ({
      path,
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      licence: entry.license,
      isPlatform: Boolean(entry.optional),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @param {string} path */
function licenceText(path) {
  const dir = join(ROOT, path);
  if (!existsSync(dir)) return null;
  const file = readdirSync(dir)
    .sort()
    .find((name) => /^(licen[cs]e|copying)([.](md|txt))?$/i.test(name));
  return file ? readFileSync(join(dir, file), 'utf8').replaceAll('\r\n', '\n').trim() : null;
}

/** The whole text of THIRD-PARTY-NOTICES as it should be. */
function notices() {
  const packages = shipped();
  const texts = new Map();
  for (const { path, name, version, isPlatform } of packages) {
    // Which platform packages are installed differs by machine, so only their names and licences are listed.
    const text = isPlatform ? null : licenceText(path);
    if (text) texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  const list = packages.map(({ name, version, licence }) => `${name} ${version}: ${licence}`);
  const parts = [...texts].map(
    ([text, names]) => `${'='.repeat(80)}\n${names.join('\n')}\n${'-'.repeat(80)}\n${text}\n`,
  );
  return `${PREFACE}\nPackages\n--------\n${[...new Set(list)].join('\n')}\n\nLicence texts\n${parts.join('\n')}`;
}

/** @returns {{ packages: number, lines: string[] }} */
export function checkLicences() {
  const packages = shipped();
  const lines = packages
    .filter(({ name, licence }) => !isAllowed(name, licence))
    .map(
      ({ name, version, licence }) =>
        `${name} ${version} has the licence ${licence ?? '(none stated)'}, which we may not ship`,
    );
  const present = existsSync(NOTICES) ? readFileSync(NOTICES, 'utf8') : '';
  if (present !== notices())
    lines.push('THIRD-PARTY-NOTICES is out of date: run node scripts/check-licences.mjs --write');
  return { packages: packages.length, lines };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--write')) writeFileSync(NOTICES, notices());
  const { packages, lines } = checkLicences();
  for (const line of lines) console.error(line);
  console.log(`${packages} packages, ${lines.length} problems`);
  process.exitCode = lines.length ? 1 : 0;
}
