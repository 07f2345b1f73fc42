/**
 * `npm run validate`: how true Stipple is to heads whose truth is known. Prints the tables and keeps them in
 * docs/validation. `--quick` tries everything on a few; `--only pose,views` makes some tables; `--identities <folder>`
 * (or STIPPLE_IDENTITIES) gives the identity modes of ICT-FaceKit, which persons are made of. Twenty minutes and more.
 * `--persons 13-32` photographs these instead of the twelve that are graded, and no scans: to fit on.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeRunModel } from '../packages/server/src/imaging/node-models.ts';
import { gatherPackages } from './heads/gather-packages.ts';
import { HEAD_NAMES, loadHeads } from './heads/load-heads.ts';
import { stageHead } from './render/stage.ts';
import { reportRecords, reportText } from './report.ts';
import { anchorsTables } from './tables/anchors-table.ts';
import { areaTable } from './tables/area-table.ts';
import { hairlineTables } from './tables/hairline-table.ts';
import type { World } from './tables/plan-of-photos.ts';
import { poseTable } from './tables/pose-table.ts';
import { markdownOf } from './tables/table.ts';
import type { Table } from './tables/table.ts';
import { viewsTables } from './tables/views-table.ts';

const ROOT = process.cwd();
const CACHE = join(ROOT, '.stipple');
const args = process.argv.slice(2);
const after = (flag: string): string | null => (args.includes(flag) ? (args[args.indexOf(flag) + 1] ?? null) : null);
const isQuick = args.includes('--quick');
const wanted = after('--only')?.split(',') ?? null;
const isWanted = (id: string): boolean => wanted === null || wanted.includes(id);
const tell = (text: string): void => void process.stderr.write(`  … ${text}\n`);

const packages = join(CACHE, 'validation');
for (const trouble of gatherPackages(packages)) tell(trouble);
const sources = {
  packages,
  meshes: join(ROOT, '../shared/data/head_meshes'),
  identities: after('--identities') ?? process.env['STIPPLE_IDENTITIES'] ?? null,
  anthropometry: join(ROOT, '../shared/data/anthropometry'),
};
const needsPictures = ['pose', 'anchors', 'hairline', 'views'].some(isWanted);
/** To be photographed: persons, and the scans with a face that the networks find. */
const others = personsNamed(after('--persons'));
const shown =
  others ??
  (isQuick
    ? ['person 1', 'person 2', 'CT']
    : [...HEAD_NAMES.filter((name) => name.startsWith('person')), 'CT', 'capped scan']);
const measured = isQuick ? HEAD_NAMES.slice(0, 6) : HEAD_NAMES;
const { heads, missing } = await loadHeads(
  sources,
  [...new Set([...HEAD_NAMES, ...shown])].filter(
    (name) => (isWanted('area') && measured.includes(name)) || (needsPictures && shown.includes(name)),
  ),
);
const stages = needsPictures
  ? shown.flatMap((name) => heads.find((head) => head.name === name) ?? []).map(stageHead)
  : [];
const world: World = { stages, run: nodeRunModel(CACHE), isQuick, tell };

const tables: Table[] = [];
const keep = (table: Table): void => {
  tables.push(table);
  console.log(markdownOf(table));
};
if (isWanted('area'))
  keep(
    areaTable(
      heads.filter(({ name }) => measured.includes(name)),
      isQuick,
    ),
  );
const isPictured = (id: string): boolean => isWanted(id) && stages.length > 0;
if (isPictured('pose')) keep(await poseTable(world));
if (isPictured('anchors')) (await anchorsTables(world)).forEach(keep);
if (isPictured('hairline')) {
  const { hairline, intervals } = await hairlineTables(world);
  keep(hairline);
  keep(intervals);
}
if (isPictured('views')) (await viewsTables(world)).forEach(keep);

if (!isQuick && wanted === null && others === null) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const folder = join(ROOT, 'docs/validation');
  mkdirSync(folder, { recursive: true });
  const report = { version, heads, missing, tables };
  writeFileSync(join(folder, `${version}.md`), reportText(report));
  writeFileSync(join(folder, `${version}.json`), reportRecords(report));
}
process.exit(0);

/** From the first to the last, '13-32'; null for none. */
function personsNamed(range: string | null): string[] | null {
  if (range === null) return null;
  const found = /^(\d+)-(\d+)$/.exec(range);
  if (!found) throw new RangeError(`--persons ${range}: from the first to the last, as in 13-32`);
  const [first, last] = [Number(found[1]), Number(found[2])];
  return Array.from({ length: last - first + 1 }, (_, k) => `person ${first + k}`);
}
