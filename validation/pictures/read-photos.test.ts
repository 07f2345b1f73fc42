import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readPhotos } from './read-photos.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

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
    const folder = folderWith([{ ...BEN, anchors: { glabella: [342, 463] }, bald: OUTLINE }, CARL]);
    const { portraits, shaved } = readPhotos(folder);
    expect(portraits).toEqual([
      {
        name: 'ben',
        path: join(folder, 'front/ben.jpg'),
        client: { sex: 'm', ageYears: 42 },
        presentation: BEN.presentation,
        anchors: [{ name: 'glabella', xPx: 342, yPx: 463 }],
        marks: [{ kind: 'bald', outline: OUTLINE }],
      },
    ]);
    const { skullPx, stubble, bare } = CARL;
    expect(shaved).toEqual([{ name: 'carl', path: join(folder, 'carl.jpg'), pose: CARL.view, skullPx, stubble, bare }]);
  });

  it('says what is missing or wrong', () => {
    expect(() => readPhotos(join(tmpdir(), 'stipple-no-such-folder'))).toThrow('has no photos.json');
    expect(() => readPhotos(folderWith('{ "photos": ['))).toThrow('photos.json: ');
    expect(() => readPhotos(folderWith([{ ...CARL, bare: [[1, 2, 3]] }]))).toThrow('bare');
    expect(() => readPhotos(folderWith([{ ...BEN, anchors: { nose: [1, 2] } }]))).toThrow('nose');
    expect(() => readPhotos(folderWith([{ ...BEN, bald: OUTLINE.slice(1) }]))).toThrow('bald');
    expect(() => readPhotos(folderWith([BEN], ['front/ben.jpg']))).toThrow('front/ben.jpg, which is not there');
  });
});
