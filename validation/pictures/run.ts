/**
 * `npm run blind-test -- --photos DIR`: can our healed work be told from real stubble? `--held-out` judges the photos that
 * nothing was tuned on; `--sheet` makes the sheet of healed pictures instead. DIR holds the photos, `--list FILE`
 * (photos.json in DIR) says what they show (read-photos.ts); without either, the shared photos of the maintainers.
 * `--out DIR` says where to (out/pictures), `--only anna,ben` takes some photos. Exit code 2: there is nothing to work on.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeReserve } from '@stipple/core/dots/reserve.ts';
import { nodeRunModel } from '../../packages/server/src/imaging/node-models.ts';
import { blindTest } from './blind-test.ts';
import { findPhotos, MAN, readPhotos, type Photos, type Portrait } from './read-photos.ts';
import { writeSheet } from './sheet.ts';

/** The rendered example of the page, always on the sheet. */
const MANNEQUIN: Portrait = {
  name: 'mannequin',
  path: join('packages', 'web', 'public', 'mannequin.jpg'),
  client: MAN,
  presentation: { kind: 'norwood', stage: 6 },
  aspect: null,
  anchors: [],
  marks: [],
};

const { photos, list, cache, out, only, sheet, 'held-out': isHeldOut } = optionsOf(process.argv.slice(2));
const { portraits, shaved } = photosIn({ photos, list });
const isWanted = ({ name }: { readonly name: string }): boolean => only?.split(',').includes(name) ?? true;
const shown = [...portraits, MANNEQUIN].filter(isWanted);
const compared = shaved.filter((photo) => photo.isHeldOut === isHeldOut).filter(isWanted);
if ((sheet ? shown : compared).length === 0) refuse(`The list names none for the ${sheet ? 'sheet' : 'blind test'}`);
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
        list: { type: 'string' },
        cache: { type: 'string', default: '.stipple' },
        out: { type: 'string', default: join('out', 'pictures') },
        only: { type: 'string' },
        sheet: { type: 'boolean', default: false },
        'held-out': { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function photosIn(asked: { readonly photos?: string; readonly list?: string }): Photos {
  const found = findPhotos(asked, '.');
  if (!found) return refuse('--photos DIR is missing: a folder of your photos with a photos.json beside them');
  try {
    return readPhotos(found.folder, found.list);
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(words: string): never {
  console.error(`${words}. validation/pictures/read-photos.ts describes the file.`);
  process.exit(2);
}
