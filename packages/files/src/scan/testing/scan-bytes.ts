/** A small closed surface as files of every kind that `readScan` takes. */
import { Document, Format, WebIO } from '@gltf-transform/core';
import { KHRDracoMeshCompression } from '@gltf-transform/extensions';
import { createDecoderModule, createEncoderModule } from 'draco3dgltf';

export interface Surface {
  readonly points: readonly (readonly [number, number, number])[];
  readonly triangles: readonly (readonly [number, number, number])[];
}

/** A lens of `around` points between two poles, off the origin; coordinates are exact in single precision. */
export function lens(around = 24): Surface {
  const points: [number, number, number][] = [
    [1, 4, 2],
    [1, -3, 2],
  ];
  const triangles: [number, number, number][] = [];
  for (let k = 0; k < around; k++) {
    const a = (2 * Math.PI * k) / around;
    points.push([1 + Math.round(640 * Math.cos(a)) / 128, 0.5, 2 + Math.round(640 * Math.sin(a)) / 128]);
    const [here, next] = [2 + k, 2 + ((k + 1) % around)];
    triangles.push([0, next, here], [1, here, next]);
  }
  return { points, triangles };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const objOf = ({ points, triangles }: Surface): Uint8Array =>
  bytesOf(
    [
      '# a lens',
      'mtllib lens.mtl',
      'o lens',
      ...points.map((p) => `v ${p.join(' ')}`),
      'usemtl skin',
      's off',
      ...triangles.map((t, k) => `f ${t.map((v) => (k % 2 ? v + 1 : v - points.length)).join(' ')}`),
      '',
    ].join('\n'),
  );

export const plyTextOf = ({ points, triangles }: Surface): Uint8Array =>
  bytesOf(
    [
      ...plyHead('ascii', points.length, triangles.length),
      ...points.map((p) => p.join(' ')),
      ...triangles.map((t) => `3 ${t.join(' ')}`),
      '',
    ].join('\n'),
  );

const plyHead = (format: string, points: number, triangles: number): string[] => [
  'ply',
  `format ${format} 1.0`,
  'comment a lens',
  `element vertex ${points}`,
  'property float x',
  'property float y',
  'property float z',
  `element face ${triangles}`,
  'property list uchar int vertex_indices',
  'end_header',
];

export function plyBinaryOf({ points, triangles }: Surface, isLittle: boolean): Uint8Array {
  const format = isLittle ? 'binary_little_endian' : 'binary_big_endian';
  const head = bytesOf(`${plyHead(format, points.length, triangles.length).join('\n')}\n`);
  const bytes = new Uint8Array(head.length + 12 * points.length + 13 * triangles.length);
  bytes.set(head);
  const view = new DataView(bytes.buffer);
  let at = head.length;
  for (const c of points.flat()) {
    view.setFloat32(at, c, isLittle);
    at += 4;
  }
  for (const t of triangles) {
    view.setUint8(at++, 3);
    for (const v of t) {
      view.setInt32(at, v, isLittle);
      at += 4;
    }
  }
  return bytes;
}

export const stlTextOf = ({ points, triangles }: Surface): Uint8Array =>
  bytesOf(
    [
      'solid lens',
      ...triangles.flatMap((t) => [
        ' facet normal nan nan nan',
        '  outer loop',
        ...t.map((v) => `   vertex ${points[v]?.map((c) => c.toExponential(9)).join(' ')}`),
        '  endloop',
        ' endfacet',
      ]),
      'endsolid lens',
      '',
    ].join('\n'),
  );

export function stlBinaryOf({ points, triangles }: Surface): Uint8Array {
  const bytes = new Uint8Array(84 + 50 * triangles.length);
  bytes.set(bytesOf('solid, but binary'));
  const view = new DataView(bytes.buffer);
  view.setUint32(80, triangles.length, true);
  triangles.forEach((t, k) =>
    t.forEach((v, corner) =>
      points[v]?.forEach((c, axis) => view.setFloat32(84 + 50 * k + 12 + 12 * corner + 4 * axis, c, true)),
    ),
  );
  return bytes;
}

/** Under a node that is moved by (10, 0, 0) inside one that is doubled. */
function documentOf({ points, triangles }: Surface): Document {
  const document = new Document();
  const buffer = document.createBuffer();
  const position = document.createAccessor().setType('VEC3').setArray(Float32Array.from(points.flat()));
  const indices = document.createAccessor().setType('SCALAR').setArray(Uint16Array.from(triangles.flat()));
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', position.setBuffer(buffer))
    .setIndices(indices.setBuffer(buffer));
  const inner = document.createNode().setMesh(document.createMesh().addPrimitive(primitive)).setTranslation([10, 0, 0]);
  const outer = document.createNode().setScale([2, 2, 2]).addChild(inner);
  document.createScene().addChild(outer);
  return document;
}

export const glbOf = (surface: Surface): Promise<Uint8Array> => new WebIO().writeBinary(documentOf(surface));

export async function dracoGlbOf(surface: Surface): Promise<Uint8Array> {
  const document = documentOf(surface);
  document.createExtension(KHRDracoMeshCompression).setRequired(true);
  const io = new WebIO().registerExtensions([KHRDracoMeshCompression]).registerDependencies({
    'draco3d.encoder': await createEncoderModule(),
    'draco3d.decoder': await createDecoderModule(),
  });
  return io.writeBinary(document);
}

/** Text glTF with its buffer inside, as a data URI. */
export async function gltfOf(surface: Surface): Promise<Uint8Array> {
  const { json, resources } = await new WebIO().writeJSON(documentOf(surface), { format: Format.GLTF });
  for (const buffer of json.buffers ?? []) {
    const data = resources[buffer.uri ?? ''] ?? new Uint8Array();
    buffer.uri = `data:application/octet-stream;base64,${Buffer.from(data).toString('base64')}`;
  }
  return bytesOf(JSON.stringify(json));
}
