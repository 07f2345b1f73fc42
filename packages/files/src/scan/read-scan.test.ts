import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ScanMesh } from '@stipple/core/scan/scan-mesh.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { OBJLoader } from 'three/examples/jsm/loaders/OBJLoader.js';
import { readScan } from './read-scan.ts';
import {
  dracoGlbOf,
  glbOf,
  gltfOf,
  lens,
  objOf,
  plyBinaryOf,
  plyTextOf,
  stlBinaryOf,
  stlTextOf,
} from './testing/scan-bytes.ts';

const surface = lens();
const FILES: Readonly<Record<string, Uint8Array>> = {
  'lens.obj': objOf(surface),
  'text.ply': plyTextOf(surface),
  'little.ply': plyBinaryOf(surface, true),
  'big.ply': plyBinaryOf(surface, false),
  'text.stl': stlTextOf(surface),
  'binary.stl': stlBinaryOf(surface),
  'lens.glb': await glbOf(surface),
  'draco.glb': await dracoGlbOf(surface),
  'lens.gltf': await gltfOf(surface),
};
const NAMES = Object.keys(FILES);
const file = (name: string): Uint8Array => FILES[name] ?? new Uint8Array();
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** Corners of all triangles, each triangle's in a fixed order, so that files can be compared. */
const corners = ({ positions: p, triangles }: ScanMesh): number[][] =>
  Array.from({ length: triangles.length / 3 }, (_, t) =>
    [0, 1, 2].flatMap((c) => [...p.subarray(3 * triangles[3 * t + c]!, 3 * triangles[3 * t + c]! + 3)]),
  ).sort((a, b) => a.reduce((order, v, k) => order || v - b[k]!, 0));
/** The code and the detail with which it is refused. */
async function refusal(bytes: Uint8Array, name: string): Promise<string> {
  try {
    await readScan(bytes, name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.code}: ${error.detail}`;
  }
  return 'none';
}

// Standard output is the summary's alone with --json: a library must not write there.
const spies = (['log', 'warn', 'error', 'info', 'debug'] as const).map((name) => [name, vi.fn()] as const);
beforeEach(() => spies.forEach(([name, spy]) => vi.spyOn(console, name).mockImplementation(spy)));
afterEach(() => {
  vi.restoreAllMocks();
  const said = spies.flatMap(([, spy]) => spy.mock.calls);
  for (const [, spy] of spies) spy.mockClear();
  expect(said).toEqual([]);
});

describe('readScan', () => {
  it.each(NAMES)('reads every triangle of %s, in its place', async (name) => {
    const isGltf = /gl(b|tf)$/.test(name);
    const mesh = await readScan(file(name), name);
    expect(mesh.unit).toBe(isGltf ? 'm' : null);
    const wanted = corners({
      positions: Float32Array.from(surface.points.flatMap((p) => (isGltf ? [2 * (p[0] + 10), 2 * p[1], 2 * p[2]] : p))),
      triangles: Uint32Array.from(surface.triangles.flat()),
      unit: null,
    });
    const got = corners(mesh);
    expect(got.length).toBe(wanted.length);
    if (name === 'draco.glb') return;
    expect(got).toEqual(wanted);
  });

  it.each(NAMES)('reads %s wherever it lies in memory, as after another process sent it', async (name) => {
    for (const offset of [1, 2, 3]) {
      // A Buffer's own slice does not copy.
      const held = Buffer.concat([new Uint8Array(offset), file(name)]);
      expect(corners(await readScan(held.subarray(offset), name))).toEqual(corners(await readScan(file(name), name)));
    }
  });

  it('reads Draco to the step it was stored in', async () => {
    const mesh = await readScan(file('draco.glb'), 'draco.glb');
    for (let axis = 0; axis < 3; axis++) {
      const of = (p: ArrayLike<number>): number[] => Array.from(p).filter((_, k) => k % 3 === axis);
      const [got, wanted] = [
        of(mesh.positions),
        of(surface.points.flatMap((p) => [2 * (p[0] + 10), 2 * p[1], 2 * p[2]])),
      ];
      expect(Math.max(...got)).toBeCloseTo(Math.max(...wanted), 2);
      expect(Math.min(...got)).toBeCloseTo(Math.min(...wanted), 2);
    }
  });

  it('goes by the bytes, not by the name', async () => {
    for (const name of NAMES.filter((n) => n !== 'lens.obj')) {
      expect((await readScan(file(name), 'scan.obj')).triangles.length).toBe(3 * surface.triangles.length);
    }
    expect((await readScan(file('lens.obj'), 'scan')).triangles.length).toBe(3 * surface.triangles.length);
  });

  it('says what a file is that it does not read', async () => {
    expect(await refusal(text('PK\u0003\u0004'), 'a.usdz')).toContain('scan-type: it is a ZIP');
    expect(await refusal(text('Kaydara FBX Binary'), 'a.fbx')).toContain('scan-type: it is an FBX');
    expect(await refusal(text('<COLLADA/>'), 'a.dae')).toContain('scan-type: it is XML');
    expect(await refusal(text('hello'), 'a.txt')).toBe('scan-type: .txt');
    expect(await refusal(new Uint8Array(), 'a.glb')).toBe('scan-unreadable: the file is empty');
  });

  it('refuses a surface in another file, an extension it does not have, points alone', async () => {
    const gltf = JSON.parse(new TextDecoder().decode(file('lens.gltf'))) as Record<string, unknown>;
    const other = { ...gltf, buffers: [{ byteLength: 9, uri: 'http://example.com/a.bin' }] };
    expect(await refusal(text(JSON.stringify(other)), 'a.gltf')).toContain('another file');
    const packed = { ...gltf, extensionsRequired: ['EXT_meshopt_compression'] };
    expect(await refusal(text(JSON.stringify(packed)), 'a.gltf')).toBe('scan-type: it needs EXT_meshopt_compression');
    const cloud = plyTextOf({ points: surface.points, triangles: [] });
    expect(await refusal(cloud, 'a.ply')).toBe('scan-unreadable: it holds points without triangles');
  });

  it('drops the odd damaged triangle and refuses a file full of them', async () => {
    const many = lens(200);
    const damaged = (count: number): Uint8Array =>
      objOf({ ...many, triangles: many.triangles.map((t, k) => (k < 2 * count && k % 2 ? [0, 1, 99_999] : t)) });
    expect((await readScan(damaged(2), 'a.obj')).triangles.length).toBe(3 * 398);
    expect(await refusal(damaged(50), 'a.obj')).toBe('scan-unreadable: 50 damaged triangles');
  });
});

describe('hostile scans', () => {
  const counts = (words: string, from: string, to: string): Uint8Array => text(words.replace(from, to));

  it('are refused before anything is reserved for what they claim', async () => {
    const ply = new TextDecoder().decode(plyTextOf(surface));
    expect(await refusal(counts(ply, 'vertex 26', 'vertex 4000000000'), 'a.ply')).toContain('ends too early');
    const empty = counts(ply, 'element vertex 26', 'element nothing 20\nelement vertex 26');
    expect(await refusal(empty, 'a.ply')).toContain('header is damaged');
    expect(await refusal(counts(ply, 'comment', 'commence'), 'a.ply')).toContain('header is damaged');
    const stl = stlBinaryOf(surface);
    new DataView(stl.buffer).setUint32(80, 4_000_000_000, true);
    stl.set(text('binary'), 0);
    expect(await refusal(stl, 'a.stl')).toContain('scan-too-large: 4000000000 triangles');
    const gltf = JSON.parse(new TextDecoder().decode(file('lens.gltf'))) as { accessors: { count: number }[] };
    gltf.accessors[0]!.count = 3e9;
    expect(await refusal(text(JSON.stringify(gltf)), 'a.gltf')).toContain('scan-too-large');
  });

  it('of more lines than a scan has are refused before they are parsed', async () => {
    const points = 'v 1 2 3\nv 2 3 4\nv 3 4 9\n';
    const parse = vi.spyOn(OBJLoader.prototype, 'parse');
    expect(await refusal(text(points + 'f 1 2 3\n'.repeat(4_000_001)), 'a.obj')).toContain('scan-too-large');
    expect(await refusal(text(`${points}f ${'1 2 3 '.repeat(1_400_000)}\n`), 'a.obj')).toContain('scan-too-large');
    expect(await refusal(text('v 1 2 3\r'.repeat(4_000_001)), 'a.obj')).toContain('scan-too-large');
    expect(parse).not.toHaveBeenCalled();
    expect(await refusal(text(`${points}f 1 2 3\n`), 'a.obj')).toBe('none');
    expect(parse).toHaveBeenCalledOnce();
  });

  it('do not hang a reader that looks for ends from every beginning', async () => {
    const started = performance.now();
    expect(await refusal(text(`solid ${'facet '.repeat(400_000)}`), 'a.stl')).toContain('scan-unreadable');
    expect(await refusal(text('solid '.repeat(400_000)), 'a.stl')).toContain('scan-unreadable');
    expect(await refusal(text(`ply\n${'end_header'.repeat(100_000)}`), 'a.ply')).toContain('scan-unreadable');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('whose scene contains itself come to an end', async () => {
    const gltf = JSON.parse(new TextDecoder().decode(file('lens.gltf'))) as { nodes: { children?: number[] }[] };
    gltf.nodes.forEach((node, k) => (node.children = [1 - k]));
    expect(await refusal(text(JSON.stringify(gltf)), 'a.gltf')).toMatch(/^(none|scan-unreadable)/);
  });

  it.each(NAMES)('made of %s, cut or changed anywhere, give a mesh or a refusal', async (name) => {
    const random = seededGenerator(NAMES.indexOf(name) + 1);
    const whole = file(name);
    let refused = 0;
    for (let round = 0; round < 120; round++) {
      const bytes = whole.slice(0, round % 3 === 0 ? Math.floor(random() * whole.length) : whole.length);
      const changes = round % 3 === 0 ? 0 : 1 + Math.floor(random() * 6);
      for (let k = 0; k < changes; k++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      try {
        const { positions, triangles } = await readScan(bytes, name);
        expect(positions.every(Number.isFinite)).toBe(true);
        expect(triangles.length % 3 === 0 && triangles.every((v) => v < positions.length / 3)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(10);
  });
});

const MESHES = join(import.meta.dirname, '../../../../../shared/data/head_meshes');
describe.skipIf(!existsSync(MESHES))('real files', () => {
  it.each([
    ['LeePerrySmith.obj', 17_672],
    ['LeePerrySmith_draco.glb', 17_684],
    ['max-planck.obj', 19_996],
    ['ict_generic_neutral_mesh.obj', 52_220],
  ])('%s has %d triangles', async (name, count) => {
    expect((await readScan(readFileSync(join(MESHES, name)), name)).triangles.length / 3).toBe(count);
  });
});
