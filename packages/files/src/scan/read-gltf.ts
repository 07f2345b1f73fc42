/**
 * Reads glTF 2.0, binary or with its buffers inside, by glTF Transform; Draco by Google's decoder.
 *
 * Takes every triangle of the default scene, through the transforms of its nodes. The counts a file claims are
 * checked before anything is reserved for them, and scenes that contain themselves are cut. Other files are never
 * fetched. Materials, skins, morphs and animations do not matter here.
 */
import type { ScanMesh } from '@stipple/core/scan/scan-mesh.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { Logger, WebIO } from '@gltf-transform/core';
import type { JSONDocument, Node, Primitive } from '@gltf-transform/core';
import { KHRDracoMeshCompression, KHRMeshQuantization } from '@gltf-transform/extensions';
import { joinParts, MAX_SCAN_TRIANGLES } from './scan-parts.ts';
import type { ScanPart } from './scan-parts.ts';

/** Gives the bytes of Draco's WebAssembly decoder, where the package cannot find its own file: in a browser. */
export type LoadDraco = () => Promise<Uint8Array>;

const DRACO = 'KHR_draco_mesh_compression';
const MAX_NODES = 20_000;
const MAX_DEPTH = 64;
const MAX_VALUES = 6 * MAX_SCAN_TRIANGLES;

export async function readGltf(bytes: Uint8Array, isBinary: boolean, loadDraco?: LoadDraco): Promise<ScanMesh> {
  const io = new WebIO()
    .setLogger(new Logger(Logger.Verbosity.SILENT))
    .registerExtensions([KHRDracoMeshCompression, KHRMeshQuantization]);
  const file: JSONDocument = isBinary
    ? await io.binaryToJSON(wordAligned(bytes))
    : { json: JSON.parse(new TextDecoder().decode(bytes)) as JSONDocument['json'], resources: {} };
  refuseHostile(file.json);
  if (file.json.extensionsUsed?.includes(DRACO)) {
    io.registerDependencies({ 'draco3d.decoder': await openDraco(loadDraco) });
  }
  const root = (await io.readJSON(file)).getRoot();
  const scene = root.getDefaultScene() ?? root.listScenes()[0];
  const parts: ScanPart[] = [];
  let visits = 0;
  const visit = (node: Node, above: readonly number[], depth: number): void => {
    if (depth > MAX_DEPTH || ++visits > MAX_NODES) throw new Refusal('scan-unreadable', 'its scene never ends');
    const matrix = multiplied(above, node.getMatrix());
    for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
      const part = partOf(primitive, matrix);
      if (part) parts.push(part);
    }
    for (const child of node.listChildren()) visit(child, matrix, depth + 1);
  };
  const nodes = scene ? scene.listChildren() : root.listNodes().filter((node) => !node.getParentNode());
  for (const node of nodes) visit(node, IDENTITY, 0);
  return joinParts(parts, 'm');
}

/** What another process sent lies anywhere in what it sent; the library reads whole words in place. */
const wordAligned = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes));

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] as const;

/** Column-major product a b. */
function multiplied(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: 16 }, (_, k) => {
    const [column, row] = [k - (k % 4), k % 4];
    let sum = 0;
    for (let i = 0; i < 4; i++) sum += (a[row + 4 * i] ?? 0) * (b[column + i] ?? 0);
    return sum;
  });
}

async function openDraco(load?: LoadDraco): Promise<unknown> {
  const { default: createDecoder } = await import('draco3dgltf/draco_decoder_gltf_nodejs.js');
  return createDecoder(load ? { wasmBinary: await load() } : {});
}

/** Refuses what would cost more than a scan may before it is read. */
function refuseHostile(json: JSONDocument['json']): void {
  if (!json || typeof json !== 'object' || !json.asset) throw new Refusal('scan-unreadable', 'no glTF');
  let values = 0;
  for (const { count } of json.accessors ?? []) {
    values += Number.isInteger(count) && count >= 0 ? count : Infinity;
    if (values > 4 * MAX_VALUES) throw new Refusal('scan-too-large', 'too many points');
  }
  for (const { uri } of json.buffers ?? []) {
    if (uri !== undefined && !uri.startsWith('data:')) {
      throw new Refusal('scan-unreadable', 'it keeps its surface in another file');
    }
  }
  const { nodes = [] } = json;
  if (nodes.length > MAX_NODES) throw new Refusal('scan-too-large', 'too many nodes');
  const required = json.extensionsRequired?.find((name) => !KNOWN.has(name));
  if (required) throw new Refusal('scan-type', `it needs ${required}`);
}

/** Extensions without which positions and triangles can be read, or that are read. */
const KNOWN = new Set([
  DRACO,
  'KHR_mesh_quantization',
  'KHR_texture_transform',
  'KHR_texture_basisu',
  'EXT_texture_webp',
  'KHR_materials_unlit',
]);

const TRIANGLES = 4;
const STRIP = 5;
const FAN = 6;

function partOf(primitive: Primitive, matrix: readonly number[]): ScanPart | null {
  const mode = primitive.getMode();
  const accessor = primitive.getAttribute('POSITION');
  if (!accessor || mode < TRIANGLES) return null;
  const count = accessor.getCount();
  let positions: ArrayLike<number> | null = accessor.getArray();
  if (accessor.getElementSize() !== 3 || !positions) return null;
  if (accessor.getNormalized()) {
    const plain = new Float32Array(3 * count);
    for (let k = 0; k < count; k++) plain.set(accessor.getElement(k, []), 3 * k);
    positions = plain;
  }
  const listed = primitive.getIndices()?.getArray() ?? null;
  if (mode === TRIANGLES) return { positions, indices: listed, matrix };
  const order = listed ?? Uint32Array.from({ length: count }, (_, k) => k);
  const indices: number[] = [];
  for (let k = 2; k < order.length; k++) {
    const from = mode === FAN ? 0 : k - 2;
    indices.push(order[from] ?? -1, order[k - 1] ?? -1, order[k] ?? -1);
  }
  return mode === STRIP || mode === FAN ? { positions, indices, matrix } : null;
}
