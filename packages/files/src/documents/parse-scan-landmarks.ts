/**
 * Reads the landmarks of a head scan: --head-landmarks landmarks.json.
 *
 * In: the text of a JSON file, at most 64 KB: { "leftTragion": [x, y, z], "rightTragion": [...], "glabella": [...] }, bare or as
 * "landmarks", in the scan's own coordinates and unit; names as for anchors. Both tragions and one of glabella and nasion
 * are needed, vertex, inion and the outer corners of the eyes help. Refuses ('scan-landmarks') with the place; whether they
 * fit the scan is for core to say.
 */
import * as z from 'zod';
import type { ScanLandmarks } from '@stipple/core/scan/scan-mesh.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { anchorNamed, type AnchorName } from '@stipple/core/vision/anchors.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { isRecord, matching, naming, parseSmallJson } from './small-json.ts';

const CODE = 'scan-landmarks';
const coordinate = z.number().min(-1e6).max(1e6);
const file = z.record(z.string(), z.tuple([coordinate, coordinate, coordinate]).describe('[x, y, z], three numbers'));

const KNOWN: Partial<Record<AnchorName, keyof ScanLandmarks>> = {
  'left-tragus': 'leftTragion',
  'right-tragus': 'rightTragion',
  glabella: 'glabella',
  nasion: 'nasion',
  vertex: 'vertex',
  inion: 'inion',
  'left-canthus': 'leftCanthus',
  'right-canthus': 'rightCanthus',
};

/** @throws Refusal 'scan-landmarks' */
export const parseScanLandmarks = (text: string, fileName: string): ScanLandmarks =>
  naming(fileName, () => landmarksOf(text));

function landmarksOf(text: string): ScanLandmarks {
  const json = parseSmallJson(text, CODE);
  const points = matching(file, isRecord(json) && 'landmarks' in json ? json.landmarks : json, CODE);
  const found: Partial<Record<keyof ScanLandmarks, Vec3>> = {};
  for (const [words, at] of Object.entries(points)) {
    const name = anchorNamed(words);
    const landmark = name && KNOWN[name];
    if (!landmark)
      throw new Refusal(CODE, `"${words.slice(0, 40)}" is no landmark; known are ${Object.values(KNOWN).join(', ')}`);
    if (found[landmark]) throw new Refusal(CODE, `${landmark} is given twice`);
    found[landmark] = at;
  }
  const { leftTragion, rightTragion } = found;
  if (!leftTragion || !rightTragion || !(found.glabella || found.nasion))
    throw new Refusal(CODE, 'both tragions and the glabella or the nasion are needed');
  return { ...found, leftTragion, rightTragion };
}
