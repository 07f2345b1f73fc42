/**
 * Writes packages/core/src/vision/canonical-face.ts: MediaPipe's canonical face, 468 points.
 *
 *   node scripts/extract-canonical-face.mjs
 *   npx oxfmt packages/core/src/vision/canonical-face.ts
 *
 * In: geometry_pipeline_metadata_landmarks.binarypb, one of the assets that the npm package @mediapipe/face_mesh
 * (Apache-2.0) packs into one file, with a table of where each begins in the loader beside it. It is a protocol buffer;
 * only what leads to the vertices is read: field 1 is the mesh, its field 3 the vertex buffer, five floats a vertex
 * (x, y, z in cm, u, v).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const PACKAGE = join(ROOT, 'node_modules/@mediapipe/face_mesh');
const ASSET = 'geometry_pipeline_metadata_landmarks.binarypb';
const POINTS = 468;
const FLOATS_PER_VERTEX = 5;
const DECIMALS = 4;

function asset(name) {
  const loader = readFileSync(join(PACKAGE, 'face_mesh_solution_packed_assets_loader.js'), 'utf8');
  const listed = JSON.parse(loader.match(/"files": (\[\{.*?\}\])/)[1]).find((file) => file.filename.endsWith(name));
  return readFileSync(join(PACKAGE, 'face_mesh_solution_packed_assets.data')).subarray(listed.start, listed.end);
}

/** The fields of one protocol buffer message: number, and a number or the bytes. */
function* fields(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag & 7;
    if (wire === 0) yield [tag >> 3, varint()];
    else if (wire === 5) {
      yield [tag >> 3, view.getFloat32(at, true)];
      at += 4;
    } else if (wire === 2) {
      const length = varint();
      yield [tag >> 3, bytes.subarray(at, at + length)];
      at += length;
    } else throw new Error(`protocol buffer: wire type ${wire}`);
  }
}

const floats = [];
for (const [field, mesh] of fields(asset(ASSET))) {
  if (field !== 1) continue;
  for (const [part, value] of fields(mesh)) {
    if (part !== 3) continue;
    // Repeated floats come one by one or packed.
    if (typeof value === 'number') floats.push(value);
    else for (let at = 0; at < value.length; at += 4) floats.push(value.readFloatLE(at));
  }
}
if (floats.length !== POINTS * FLOATS_PER_VERTEX) throw new Error(`${floats.length} floats, not ${POINTS} vertices`);

const table = Array.from({ length: POINTS }, (_, k) => floats.slice(FLOATS_PER_VERTEX * k, FLOATS_PER_VERTEX * k + 3))
  .flat()
  .map((value) => Number(value.toFixed(DECIMALS)));
writeFileSync(
  join(ROOT, 'packages/core/src/vision/canonical-face.ts'),
  `/**
 * The mean face that MediaPipe's face mesh is numbered after, as a table. Written by
 * scripts/extract-canonical-face.mjs from the npm package @mediapipe/face_mesh (Apache-2.0, Copyright The MediaPipe
 * Authors); do not edit.
 *
 * 468 points, x, y, z in cm: x to the client's left, y up, z forward. Rounded to a micrometre. Carried into the head
 * frame by head/canonical-to-template.ts.
 */
export const CANONICAL_FACE_CM: readonly number[] = ${JSON.stringify(table)};
`,
);
console.log(`${POINTS} points`);
