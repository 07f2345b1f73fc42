import { WebIO } from '@gltf-transform/core';
import type { Document } from '@gltf-transform/core';
import { describe, expect, it } from 'vitest';
import { headMesh } from '@stipple/core/head/head-mesh.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import { writeHeadGlb } from './write-head-glb.ts';

const plan = realisePlan(sampleDocument(), sampleReserve());
const bytes = writeHeadGlb(plan);
const read: Document = await new WebIO().readBinary(bytes as Uint8Array<ArrayBuffer>);

const nodeNamed = (name: string) =>
  read
    .getRoot()
    .listNodes()
    .find((node) => node.getName() === name);
const attribute = (name: string, semantic: string): ArrayLike<number> =>
  nodeNamed(name)?.getMesh()?.listPrimitives()[0]?.getAttribute(semantic)?.getArray() ?? [];

/** Metres in a file against millimetres in the plan, to a tenth of a micrometre. */
function expectSameMm(metres: ArrayLike<number>, mm: ArrayLike<number>): void {
  expect(metres.length).toBe(mm.length);
  let worst = 0;
  for (let k = 0; k < mm.length; k++) worst = Math.max(worst, Math.abs(metres[k] * 1000 - mm[k]));
  expect(worst).toBeLessThan(1e-4 / 2);
}

describe('writeHeadGlb', () => {
  it('is read back as the head in metres, with unit normals that point outwards', () => {
    const mesh = headMesh(plan.head);
    expectSameMm(attribute('head', 'POSITION'), mesh.positionsMm);
    const indices = nodeNamed('head')?.getMesh()?.listPrimitives()[0]?.getIndices()?.getArray();
    expect(indices).toEqual(mesh.triangles);
    const normals = attribute('head', 'NORMAL');
    let least = 1;
    for (let v = 0; v < normals.length; v += 3) {
      least = Math.min(
        least,
        [0, 1, 2].reduce((sum, k) => sum + normals[v + k] * mesh.positionsMm[v + k], 0),
      );
    }
    expect(least).toBeGreaterThan(0);
  });

  it('has a node of points per session with all its dots and their diameters', () => {
    const { dots } = plan;
    for (const session of [1, 2, 3]) {
      const members = Array.from({ length: dots.count }, (_, i) => i).filter((i) => dots.session[i] === session);
      const name = `session-${session}`;
      expect(nodeNamed(name)?.getMesh()?.listPrimitives()[0]?.getMode()).toBe(0);
      expect(nodeNamed(name)?.getExtras()).toEqual({ session, dots: members.length });
      expectSameMm(
        attribute(name, 'POSITION'),
        members.flatMap((i) => [...dots.positionMm.subarray(3 * i, 3 * i + 3)]),
      );
      expectSameMm(
        attribute(name, '_DIAMETER'),
        members.map((i) => dots.diameterMm[i]),
      );
    }
  });

  it("says its units and engine, and has the document's colours", () => {
    expect(read.getRoot().getAsset().extras).toMatchObject({ planEngine: plan.document.engine });
    expect(JSON.stringify(read.getRoot().getAsset().extras)).toContain('metres');
    const colours = read
      .getRoot()
      .listMaterials()
      .map((material) => material.getBaseColorFactor().slice(0, 3));
    expect(colours).toEqual([plan.document.photos[0].colours.skin, plan.document.pigment.colour]);
  });

  it('states the bounds of its positions, as viewers need them', () => {
    const view = new DataView(bytes.buffer);
    const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + view.getUint32(12, true))));
    const meshes: { primitives: { attributes: { POSITION: number } }[] }[] = json.meshes;
    const positions = meshes.map(({ primitives }) => primitives[0].attributes.POSITION);
    for (const k of positions) {
      // The library takes the bounds from the data and not from the file.
      const accessor = read.getRoot().listAccessors()[k];
      expect(json.accessors[k].min).toEqual(accessor.getMin([]));
      expect(json.accessors[k].max).toEqual(accessor.getMax([]));
    }
  });

  it('keeps a session without dots as an empty node', async () => {
    const dots = { ...plan.dots, session: plan.dots.session.map((session) => Math.min(session, 2)) };
    const document = await new WebIO().readBinary(writeHeadGlb({ ...plan, dots }) as Uint8Array<ArrayBuffer>);
    const third = document
      .getRoot()
      .listNodes()
      .find((node) => node.getName() === 'session-3');
    expect(third?.getMesh()).toBeNull();
  });
});
