/**
 * `npm run blind-test`: can our healed work be told from real stubble? `--sheet` makes the sheet of healed pictures
 * instead. `--out <folder>` says where to (out/pictures), `--only p01,p03` takes some photos.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeReserve } from '@stipple/core/dots/reserve.ts';
import { nodeRunModel } from '../../packages/server/src/imaging/node-models.ts';
import { blindTest } from './blind-test.ts';
import { portraitsIn } from './portraits.ts';
import { shavedPhotosIn } from './shaved-photos.ts';
import { writeSheet } from './sheet.ts';

const ROOT = process.cwd();
const CACHE = join(ROOT, '.stipple');
const args = process.argv.slice(2);
const after = (flag: string): string | null => (args.includes(flag) ? (args[args.indexOf(flag) + 1] ?? null) : null);
const shared = join(ROOT, '../shared/data');
const only = after('--only')?.split(',') ?? null;
const isWanted = ({ name }: { readonly name: string }): boolean => only === null || only.includes(name);
const out = after('--out') ?? join(ROOT, 'out/pictures');
const reserve = decodeReserve(readFileSync(join(CACHE, 'reserve.bin')));
const isSheet = args.includes('--sheet');

const portraits = portraitsIn(shared, ROOT).filter(isWanted);
const shaved = shavedPhotosIn(shared).filter(isWanted);
if ((isSheet ? portraits : shaved).length === 0) {
  console.error('There are no photos of shaved heads here: they are looked for in ../shared/data beside this folder.');
  process.exit(2);
}
console.log(
  isSheet
    ? await writeSheet(portraits, { run: nodeRunModel(CACHE), reserve }, out)
    : await blindTest(shaved, reserve, out),
);
console.log(`written to ${out}`);
process.exit(0);
