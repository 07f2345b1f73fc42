/**
 * Reads a head scan: GLB and glTF (Draco too), OBJ, PLY and STL, by their bytes; the name decides only between texts.
 *
 * Promises: a mesh whose points are finite and whose triangles exist, or a Refusal ('scan-type', 'scan-unreadable',
 * 'scan-too-large') that says what to do; bounded by bytes and triangles. Does not judge whether it is a head:
 * core/head/frame-scan.ts does.
 */
import type { ScanMesh } from '@stipple/core/scan/scan-mesh.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { LoadDraco } from './read-gltf.ts';
import { joinParts, MAX_SCAN_BYTES } from './scan-parts.ts';
import { isBinaryStl } from './stl-size.ts';

type ScanType = 'glb' | 'gltf' | 'obj' | 'ply' | 'stl';

export async function readScan(bytes: Uint8Array, name: string, loadDraco?: LoadDraco): Promise<ScanMesh> {
  if (bytes.length > MAX_SCAN_BYTES) throw new Refusal('scan-too-large', `${Math.round(bytes.length / 1e6)} MB`);
  if (bytes.length === 0) throw new Refusal('scan-unreadable', 'the file is empty');
  const type = typeOf(bytes, name);
  try {
    // The libraries are large, and most plans come without a scan.
    if (type === 'glb' || type === 'gltf') {
      const { readGltf } = await import('./read-gltf.ts');
      return await readGltf(bytes, type === 'glb', loadDraco);
    }
    const { readObj, readPly, readStl } = await import('./read-soup.ts');
    const read = { obj: readObj, ply: readPly, stl: readStl }[type];
    return joinParts(read(bytes), null);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // A library met bytes that it cannot make sense of; what it says of its own inner workings helps nobody.
    throw new Refusal('scan-unreadable', `as ${type.toUpperCase()}`);
  }
}

const FOREIGN: readonly (readonly [start: string, what: string])[] = [
  ['PK', 'it is a ZIP archive: unpack it first, or it is a 3MF or USDZ'],
  ['Kaydara', 'it is an FBX file'],
  ['\xff\xd8', 'it is a photo'],
  ['\x89PNG', 'it is a picture'],
  ['<', 'it is XML, such as DAE or X3D'],
];

function typeOf(bytes: Uint8Array, name: string): ScanType {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (start.startsWith('glTF')) return 'glb';
  if (/^ply\s/.test(start)) return 'ply';
  if (isBinaryStl(bytes)) return 'stl';
  for (const [mark, what] of FOREIGN) if (start.startsWith(mark)) throw new Refusal('scan-type', what);
  if (/^\s*\{/.test(start)) return 'gltf';
  if (extension === 'stl' || /^\s*solid\b[^\n]*\n\s*facet\b/i.test(start)) return 'stl';
  if (extension === 'obj' || /^(?:v|vn|vt|f|o|g|mtllib|usemtl)[ \t]+\S/m.test(start)) return 'obj';
  throw new Refusal('scan-type', extension ? `.${extension}` : null);
}
