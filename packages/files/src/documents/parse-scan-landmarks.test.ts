import { describe, expect, it } from 'vitest';
import { parseScanLandmarks } from './parse-scan-landmarks.ts';

const read = (json: unknown) => parseScanLandmarks(JSON.stringify(json), 'l.json');
const EARS = { leftTragion: [75, 0, 0], 'right-tragus': [-75, 0, 0] };

describe('the landmarks of a scan', () => {
  it('are both tragions and the glabella or the nasion, in the coordinates of the scan', () => {
    expect(read({ ...EARS, glabella: [0, 40.5, 95] })).toEqual({
      leftTragion: [75, 0, 0],
      rightTragion: [-75, 0, 0],
      glabella: [0, 40.5, 95],
    });
    expect(
      read({ landmarks: { ...EARS, nasion: [0, 24, 93], vertex: [0, 132, -10], leftCanthus: [44, 15, 73] } }),
    ).toEqual({
      leftTragion: [75, 0, 0],
      rightTragion: [-75, 0, 0],
      nasion: [0, 24, 93],
      vertex: [0, 132, -10],
      leftCanthus: [44, 15, 73],
    });
  });

  it.each([
    [EARS, 'both tragions and the glabella or the nasion'],
    [{ leftTragion: [1, 2, 3], glabella: [0, 1, 2] }, 'both tragions'],
    [{ ...EARS, glabella: [0, 1] }, 'glabella must be [x, y, z], three numbers, and is [0, 1]'],
    [{ ...EARS, glabella: [0, '1', 2] }, 'glabella[1] must be a number from '],
    [{ ...EARS, nape: [0, 1, 2] }, '"nape" is no landmark'],
    [{ ...EARS, leftEar: [0, 1, 2] }, 'leftTragion is given twice'],
    ['x', 'the whole file'],
  ])('are refused with the place: %j', (json, part) => {
    expect(() => read(json)).toThrow(/^l[.]json, /);
    expect(() => read(json)).toThrow(part);
  });
});
