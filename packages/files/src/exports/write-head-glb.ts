/**
 * head.glb: the client's head and the dots on it as glTF 2.0, for any 3-D viewer.
 *
 * Metres, +Y up, face to +Z: the head frame divided by a thousand. One mesh for the skin, and for each session a node
 * with its dots as points, each with its normal and, as `_DIAMETER`, its healed diameter in metres. Colours are the
 * document's, which are linear like glTF's.
 *
 * Written by hand: a glTF of plain accessors is one JSON chunk and one binary chunk, which is less code than describing
 * it to a library that the page would then have to load. The tests read it back with that library.
 * Promises: the same bytes everywhere; positions are those of the plan to a millionth of a millimetre.
 */
import { headMesh } from '@stipple/core/head/head-mesh.ts';
import { vertexNormals } from '@stipple/core/mesh/triangle-mesh.ts';
import { ENGINE } from '@stipple/core/plan/engine.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';

const FLOAT = 5126;
const UNSIGNED_INT = 5125;
const POINTS = 0;
const TRIANGLES = 4;
const ARRAY_BUFFER = 34962;
const ELEMENT_ARRAY_BUFFER = 34963;

const SKIN = 0;
const PIGMENT = 1;

export function writeHeadGlb({ document, head, dots }: RealisedPlan): Uint8Array {
  const binary = new BinaryChunk();
  const skin = headMesh(head);
  const meshes: object[] = [
    {
      name: 'head',
      primitives: [
        {
          mode: TRIANGLES,
          material: SKIN,
          attributes: {
            POSITION: binary.positions(skin.positionsMm),
            NORMAL: binary.floats('VEC3', vertexNormals(skin)),
          },
          indices: binary.indices(skin.triangles),
        },
      ],
    },
  ];
  const nodes: object[] = [{ name: 'head', mesh: 0 }];
  for (let session = 1; session <= document.course.sessions; session++) {
    const members = Array.from({ length: dots.count }, (_, i) => i).filter((i) => dots.session[i] === session);
    const node = { name: `session-${session}`, extras: { session, dots: members.length } };
    // A session may have no dots of its own, and an accessor may not be empty.
    if (members.length === 0) {
      nodes.push(node);
      continue;
    }
    nodes.push({ ...node, mesh: meshes.length });
    meshes.push({
      name: node.name,
      primitives: [
        {
          mode: POINTS,
          material: PIGMENT,
          attributes: {
            POSITION: binary.positions(gather(dots.positionMm, members, 3)),
            NORMAL: binary.floats('VEC3', gather(dots.normal, members, 3)),
            _DIAMETER: binary.floats('SCALAR', gather(dots.diameterMm, members, 1).map(metres)),
          },
        },
      ],
    });
  }
  const skinColour = document.photos[0]?.colours.skin ?? [0.5, 0.5, 0.5];
  return glb(
    {
      asset: {
        version: '2.0',
        generator: `Stipple ${ENGINE}`,
        extras: {
          units: 'metres; 1000 x is millimetres of the head frame',
          frame: 'origin midway between the tragions, +X client left, +Y up, +Z forward',
          planEngine: document.engine,
          note: 'simulation and yardstick; nobody places dots by coordinate',
        },
      },
      scene: 0,
      scenes: [{ name: 'plan', nodes: nodes.map((_, k) => k) }],
      nodes,
      meshes,
      materials: [
        {
          name: 'skin',
          pbrMetallicRoughness: { baseColorFactor: [...skinColour, 1], metallicFactor: 0, roughnessFactor: 0.7 },
        },
        {
          name: 'pigment',
          pbrMetallicRoughness: {
            baseColorFactor: [...document.pigment.colour, 1],
            metallicFactor: 0,
            roughnessFactor: 1,
          },
        },
      ],
      accessors: binary.accessors,
      bufferViews: binary.views,
      buffers: [{ byteLength: binary.byteLength }],
    },
    binary,
  );
}

const metres = (mm: number): number => mm / 1000;

const gather = (values: Float32Array, members: readonly number[], width: number): Float32Array =>
  Float32Array.from({ length: members.length * width }, (_, k) => {
    const member = members[Math.floor(k / width)] ?? 0;
    return values[member * width + (k % width)] ?? 0;
  });

/** The binary chunk as it grows: each array in a view and an accessor of its own, all of 4-byte numbers. */
class BinaryChunk {
  readonly accessors: object[] = [];
  readonly views: object[] = [];
  readonly parts: (Float32Array | Uint32Array)[] = [];
  byteLength = 0;

  /** Positions given in mm; glTF wants their bounds. */
  positions(mm: Float32Array): number {
    const values = mm.map(metres);
    const min = [Infinity, Infinity, Infinity];
    const max = [-Infinity, -Infinity, -Infinity];
    values.forEach((value, k) => {
      min[k % 3] = Math.min(min[k % 3] ?? value, value);
      max[k % 3] = Math.max(max[k % 3] ?? value, value);
    });
    return this.floats('VEC3', values, { min, max });
  }

  floats(type: 'VEC3' | 'SCALAR', values: Float32Array, bounds: object = {}): number {
    const count = values.length / (type === 'VEC3' ? 3 : 1);
    return this.add(values, ARRAY_BUFFER, { componentType: FLOAT, type, count, ...bounds });
  }

  indices(values: Uint32Array): number {
    const description = { componentType: UNSIGNED_INT, type: 'SCALAR', count: values.length };
    return this.add(values, ELEMENT_ARRAY_BUFFER, description);
  }

  private add(values: Float32Array | Uint32Array, target: number, accessor: object): number {
    this.views.push({ buffer: 0, byteOffset: this.byteLength, byteLength: values.byteLength, target });
    this.parts.push(values);
    this.byteLength += values.byteLength;
    return this.accessors.push({ bufferView: this.views.length - 1, ...accessor }) - 1;
  }
}

/** Header, JSON padded with spaces to 4 bytes, binary; little-endian throughout, as this machine may not be. */
function glb(json: object, binary: BinaryChunk): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const textLength = Math.ceil(text.length / 4) * 4;
  const bytes = new Uint8Array(12 + 8 + textLength + 8 + binary.byteLength);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const word = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  word(0x46546c67);
  word(2);
  word(bytes.length);
  word(textLength);
  word(0x4e4f534a);
  bytes.fill(0x20, at, at + textLength);
  bytes.set(text, at);
  at += textLength;
  word(binary.byteLength);
  word(0x004e4942);
  for (const part of binary.parts) {
    const isFloat = part instanceof Float32Array;
    for (const value of part) {
      if (isFloat) view.setFloat32(at, value, true);
      else view.setUint32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}
