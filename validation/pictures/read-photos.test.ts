import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findPhotos, readPhotos } from './read-photos.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

const listIn = (folder: string): string => join(folder, 'photos.json');
const photosOf = (folder: string): ReturnType<typeof readPhotos> => readPhotos(folder, listIn(folder));

/** A folder with this list, and the photos it names unless they are `missing`. */
function folderWith(list: unknown, missing: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'stipple-photos-'));
  made.push(folder);
  mkdirSync(join(folder, 'front'));
  writeFileSync(join(folder, 'photos.json'), typeof list === 'string' ? list : JSON.stringify({ photos: list }));
  for (const file of ['front/ben.jpg', 'carl.jpg']) if (!missing.includes(file)) writeFileSync(join(folder, file), '');
  return folder;
}
const BEN = { for: 'sheet', file: 'front/ben.jpg', presentation: { kind: 'norwood', stage: 6 } };
const OUTLINE = [
  [120, 150],
  [330, 300],
  [520, 140],
];
const CARL = {
  for: 'blind-test',
  file: 'carl.jpg',
  view: { yawDeg: -90, pitchDeg: 0 },
  skullPx: [80, 622, 22],
  stubble: [[330, 60, 560, 300]],
  bare: [[130, 70, 300, 300]],
};

describe('readPhotos', () => {
  it('tells the photos of the sheet from those of the blind test, by what the list says they are for', () => {
    const folder = folderWith([{ ...BEN, aspect: 0.75, anchors: { glabella: [342, 463] }, bald: OUTLINE }, CARL]);
    const { portraits, shaved } = photosOf(folder);
    expect(portraits).toEqual([
      {
        name: 'ben',
        path: join(folder, 'front/ben.jpg'),
        aspect: 0.75,
        client: { sex: 'm', ageYears: 42 },
        presentation: BEN.presentation,
        anchors: [{ name: 'glabella', xPx: 342, yPx: 463 }],
        marks: [{ kind: 'bald', outline: OUTLINE }],
      },
    ]);
    const { skullPx, stubble, bare } = CARL;
    const path = join(folder, 'carl.jpg');
    expect(shaved).toEqual([{ name: 'carl', path, pose: CARL.view, skullPx, stubble, bare, isHeldOut: false }]);
  });

  it('says what is missing or wrong', () => {
    expect(() => photosOf(join(tmpdir(), 'stipple-no-such-folder'))).toThrow('photos.json is not there');
    expect(() => photosOf(folderWith('{ "photos": ['))).toThrow('photos.json: ');
    expect(() => photosOf(folderWith([{ ...CARL, bare: [[1, 2, 3]] }]))).toThrow('bare');
    expect(() => photosOf(folderWith([{ ...BEN, anchors: { nose: [1, 2] } }]))).toThrow('nose');
    expect(() => photosOf(folderWith([{ ...BEN, bald: OUTLINE.slice(1) }]))).toThrow('bald');
    expect(() => photosOf(folderWith([{ ...BEN, aspect: 0 }]))).toThrow('aspect');
    expect(() => photosOf(folderWith([BEN], ['front/ben.jpg']))).toThrow('front/ben.jpg, which is not there');
  });
});

describe('findPhotos', () => {
  /** A checkout in a folder of its own, with the maintainers' photos beside it or not. */
  function checkout(isShared: boolean): string {
    const around = mkdtempSync(join(tmpdir(), 'stipple-checkout-'));
    made.push(around);
    if (isShared) mkdirSync(join(around, 'shared', 'data'), { recursive: true });
    const root = join(around, 'stipple');
    mkdirSync(root);
    return root;
  }

  it('takes the folder and the list that are asked for, and photos.json where no list is', () => {
    const root = checkout(true);
    expect(findPhotos({ photos: 'mine' }, root)).toEqual({ folder: 'mine', list: join('mine', 'photos.json') });
    expect(findPhotos({ photos: 'mine', list: 'my.json' }, root)).toEqual({ folder: 'mine', list: 'my.json' });
  });

  it('takes the shared photos by their list of this repository when they lie beside the checkout, and else none', () => {
    const root = checkout(true);
    const folder = join(root, '..', 'shared', 'data');
    const list = join(root, 'validation', 'pictures', 'shared-photos.json');
    expect(findPhotos({}, root)).toEqual({ folder, list });
    expect(findPhotos({ list: 'my.json' }, root)).toEqual({ folder, list: 'my.json' });
    expect(findPhotos({}, checkout(false))).toBeNull();
  });
});

describe('the list of the shared photos', () => {
  const list = join(import.meta.dirname, 'shared-photos.json');
  const { photos } = JSON.parse(readFileSync(list, 'utf8')) as { readonly photos: readonly Listed[] };
  interface Listed {
    readonly for: string;
    readonly file: string;
    readonly isHeldOut?: boolean;
  }

  it('is one that is read, and points only into the folder of the photos', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stipple-shared-'));
    made.push(folder);
    for (const { file } of photos) {
      expect(file).toMatch(/^[a-z0-9]+\/\w[\w-]*[.](?:jpg|png)$/i);
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), '');
    }
    const { portraits, shaved } = readPhotos(folder, list);
    expect(portraits.length).toBeGreaterThanOrEqual(20);
    expect(shaved.length).toBe(15);
  });

  it('judges no photo that constants were tuned on together with those that are held out', () => {
    const compared = photos.filter((photo) => photo.for === 'blind-test');
    const [tuned, heldOut] = [false, true].map((is) =>
      compared.filter((photo) => (photo.isHeldOut ?? false) === is).map(({ file }) => file),
    );
    expect(tuned.length).toBe(10);
    expect(heldOut.length).toBe(5);
    expect(heldOut.filter((file) => tuned.includes(file))).toEqual([]);
  });
});
