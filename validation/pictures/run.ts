/**
 * `npm run blind-test -- --photos DIR`: can our healed work be told from real stubble? `--sheet` makes the sheet of healed
 * pictures instead. DIR holds the photos and a photos.json (read-photos.ts). `--out DIR` says where to (out/pictures),
 * `--only anna,ben` takes some photos. Exit code 2: there is nothing to work on.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeReserve } from '@stipple/core/dots/reserve.ts';
import { nodeRunModel } from '../../packages/server/src/imaging/node-models.ts';
import { blindTest } from './blind-test.ts';
import { MAN, readPhotos, type Photos, type Portrait } from './read-photos.ts';
import { writeSheet } from './sheet.ts';

/** The rendered example of the page, always on the sheet. */
const MANNEQUIN: Portrait = {
  name: 'mannequin',
  path: join('packages', 'web', 'public', 'mannequin.jpg'),
  client: MAN,
  presentation: { kind: 'norwood', stage: 6 },
  anchors: [],
  marks: [],
};

const { photos: folder, cache, out, only, sheet } = optionsOf(process.argv.slice(2));
const { portraits, shaved } = photosIn(folder);
const isWanted = ({ name }: { readonly name: string }): boolean => only?.split(',').includes(name) ?? true;
const shown = [...portraits, MANNEQUIN].filter(isWanted);
const compared = shaved.filter(isWanted);
if ((sheet ? shown : compared).length === 0) refuse(`photos.json names none for the ${sheet ? 'sheet' : 'blind test'}`);
const reserve = decodeReserve(readFileSync(join(cache, 'reserve.bin')));
console.log(
  sheet ? await writeSheet(shown, { run: nodeRunModel(cache), reserve }, out) : await blindTest(compared, reserve, out),
);
console.log(`written to ${out}`);
process.exit(0);

function optionsOf(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        photos: { type: 'string' },
        cache: { type: 'string', default: '.stipple' },
        out: { type: 'string', default: join('out', 'pictures') },
        only: { type: 'string' },
        sheet: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function photosIn(of: string | undefined): Photos {
  if (of === undefined)
    return refuse('--photos DIR is missing: a folder of your photos with a photos.json beside them');
  try {
    return readPhotos(of);
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(words: string): never {
  console.error(`${words}. validation/pictures/read-photos.ts describes the file.`);
  process.exit(2);
}
