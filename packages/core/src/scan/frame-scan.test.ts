import { describe, expect, it } from 'vitest';
import { CANONICAL_FACE_CM } from '../vision/canonical-face.ts';
import { cos, degToRad, radToDeg, sin, acos } from '../num/elementary.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';
import { IDENTITY, multiply, rotate, rotationAboutX, rotationFromVector } from '../vec/mat3.ts';
import { distance, scale } from '../vec/vec3.ts';
import { buildHead } from '../head/build-head.ts';
import { frameScan } from './frame-scan.ts';
import type { FramedScan, FrameScanOptions } from './frame-scan.ts';
import { onSkin } from '../head/head-map.ts';
import { skinAreaMm2 } from '../head/head-mesh.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { MM_PER_UNIT } from './scan-mesh.ts';
import type { ScanMesh } from './scan-mesh.ts';
import { opisthocranionOf, radiusOfMap } from '../head/tape.ts';
import { HEAD, scanOfHead, soupOf } from './testing/scan-of-head.ts';

const frame = (mesh: ScanMesh, options: Partial<FrameScanOptions> = {}): FramedScan =>
  frameScan(mesh, { unit: 'mm', landmarks: null, faceCm: CANONICAL_FACE_CM, ...options });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'none';
};

/** Area above the plane through glabella and opisthocranion, mm2. */
function calvaria({
  map,
  landmarks: { glabella: g, opisthocranion: o },
}: Pick<FramedScan, 'map' | 'landmarks'>): number {
  const slope = (g[1] - o[1]) / (g[2] - o[2]);
  return skinAreaMm2(map, (_x, y, z) => y > g[1] + slope * (z - g[2]));
}
const TRUE_AREA = (() => {
  const map = buildHead(HEAD);
  const landmarks = landmarksOf(HEAD);
  const opisthocranion = opisthocranionOf(radiusOfMap(map), landmarks.glabella);
  return calvaria({ map, landmarks: { ...landmarks, opisthocranion } });
})();
/** Angle (degrees) between the axes found and those the scan was turned by. */
function turnError({ placement }: FramedScan, turn: Mat3): number {
  const m = multiply(placement.rotation, turn);
  return radToDeg(acos(Math.min(1, (m[0] + m[4] + m[8] - 1) / 2)));
}

const TURNS: readonly (readonly [string, Mat3])[] = [
  ['as glTF has it', IDENTITY],
  ['Z up', rotationAboutX(degToRad(90))],
  ['askew', rotationFromVector([2.1, -0.7, 1.3])],
];

describe('a scan without landmarks', () => {
  it.each(TURNS)('is found and levelled: %s', (_name, turn) => {
    const { mesh, landmarks } = scanOfHead({ turn, shift: [40, -700, 260] });
    const framed = frame(mesh);
    expect(turnError(framed, turn)).toBeLessThan(2.5);
    for (const side of ['leftTragion', 'rightTragion'] as const) {
      const { rotation, shiftMm } = framed.placement;
      const truth = rotate(rotation, landmarks[side]).map((c, k) => c + shiftMm[k]) as unknown as Vec3;
      expect(distance(truth, framed.landmarks[side])).toBeLessThan(6);
    }
    expect(Math.abs(calvaria(framed) / TRUE_AREA - 1)).toBeLessThan(0.03);
    expect(framed.report).toMatchObject({ landmarks: 'found', unit: { unit: 'mm', source: 'given' } });
    expect(framed.report.cover.isCovered).toBe(false);
  });

  it('gives the same bits twice', () => {
    const { mesh } = scanOfHead();
    expect(frame(mesh)).toEqual(frame(mesh));
  });

  it('is refused when it holds no head, or one that could be turned two ways', () => {
    const ball = scanOfHead({ change: (p) => scale(p, 95 / Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2])) });
    expect(codeOf(() => frame(ball.mesh))).toBe('scan-unplaced');
    const faceless = scanOfHead({ change: (p) => (p[2] > 45 && p[1] < 50 ? null : p) });
    expect(codeOf(() => frame(faceless.mesh))).toBe('scan-unplaced');
    const nothing = { positions: new Float32Array(9), triangles: Uint32Array.of(0, 1, 2), unit: null };
    expect(codeOf(() => frame(nothing))).toBe('scan-unplaced');
  });
});

describe('the unit of a scan', () => {
  it.each(['cm', 'in', 'm'] as const)('is found from the size of the head: %s', (unit) => {
    const { mesh } = scanOfHead({ mmPerUnit: MM_PER_UNIT[unit] });
    expect(frame(mesh, { unit: null }).report.unit).toEqual({ unit, source: 'size' });
  });

  it('is not what a file format says when no head could be as large', () => {
    const { mesh } = scanOfHead();
    expect(frame({ ...mesh, unit: 'm' }, { unit: null }).report.unit).toEqual({ unit: 'mm', source: 'size' });
    expect(frame({ ...mesh, unit: 'mm' }, { unit: null }).report.unit).toEqual({ unit: 'mm', source: 'format' });
  });

  it('is none when the head is human in none: it is made as long as usual, whatever its scale', () => {
    const { mesh, landmarks } = scanOfHead({ mmPerUnit: 3.2 });
    for (const found of [frame(mesh, { unit: null }), frame(mesh, { unit: null, landmarks })]) {
      expect(found.report.unit).toEqual({ unit: null, source: 'tape' });
      const { map, landmarks: marks } = found;
      expect(distance(marks.glabella, opisthocranionOf(radiusOfMap(map), marks.glabella))).toBeCloseTo(197, -0.7);
    }
    // 9 cm across: too small for the unit that was given, not a head that cannot be found.
    expect(codeOf(() => frame(mesh, { unit: 'mm' }))).toBe('scan-unit');
  });

  it('is refused when a person gives one that cannot be, with the one that could', () => {
    const { mesh, landmarks } = scanOfHead({ mmPerUnit: 10 });
    expect(() => frame(mesh, { unit: 'mm' })).toThrow('looks like cm');
    expect(() => frame(mesh, { unit: 'mm', landmarks })).toThrow('looks like cm');
    expect(codeOf(() => frame(mesh, { unit: 'mm' }))).toBe('scan-unit');
  });
});

describe('a scan with landmarks', () => {
  const { mesh, landmarks } = scanOfHead({ turn: rotationFromVector([0.4, 2.2, -0.9]) });
  const framed = frame(mesh, { landmarks });

  it('lies with its tragions on the x axis and its brow where the template has it', () => {
    const { leftTragion, rightTragion, glabella } = framed.landmarks;
    for (const p of [leftTragion, rightTragion]) expect(Math.abs(p[1]) + Math.abs(p[2])).toBeLessThan(1e-4);
    expect(leftTragion[0] + rightTragion[0]).toBeCloseTo(0, 4);
    expect(distance(glabella, landmarksOf(HEAD).glabella)).toBeLessThan(1);
  });

  it('keeps the area of the calvaria to 0.3 % and the template that is nearest to 2 %', () => {
    expect(Math.abs(calvaria(framed) / TRUE_AREA - 1)).toBeLessThan(0.003);
    for (const key of ['face', 'width', 'height', 'length'] as const)
      expect(framed.shape[key]).toBeCloseTo(HEAD[key], 1.5);
  });

  it('has skin, not ears, beside the ears', () => {
    const truth = buildHead(HEAD);
    for (const forward of [-0.2, -0.1, 0.1]) {
      for (const d of [
        [1, 0.1, forward],
        [-1, -0.1, forward],
      ] as const) {
        expect(distance(onSkin(framed.map, d), onSkin(truth, d))).toBeLessThan(2.5);
      }
    }
  });

  it('is the same as a soup of the same triangles', () => {
    const soup = frame(soupOf(mesh), { landmarks }).map.radiiMm;
    expect(soup.every((r, k) => r === framed.map.radiiMm[k])).toBe(true);
  });

  it('is refused when left and right are swapped, or the brow is at the nape', () => {
    const { leftTragion, rightTragion } = landmarks;
    const swapped = { ...landmarks, leftTragion: rightTragion, rightTragion: leftTragion };
    expect(codeOf(() => frame(mesh, { landmarks: swapped }))).toBe('scan-landmarks');
    const { inion } = landmarksOf(HEAD);
    const { landmarks: level, mesh: levelMesh } = scanOfHead();
    expect(codeOf(() => frame(levelMesh, { landmarks: { ...level, glabella: inion } }))).toBe('scan-landmarks');
  });
});

describe('what is wrong with a scan', () => {
  const bump = (p: Vec3): Vec3 => {
    const gap = distance(p, [55, 95, -20]);
    return gap < 30 ? scale(p, 1 + 0.05 * (1 - gap / 30)) : p;
  };

  it('keeps each side as it is', () => {
    const { mesh, landmarks } = scanOfHead({ change: bump });
    const { map, report } = frame(mesh, { landmarks });
    const plain = buildHead(HEAD);
    const d: Vec3 = [55, 95, -20];
    expect(distance(onSkin(map, d), onSkin(plain, d))).toBeGreaterThan(3);
    expect(distance(onSkin(map, [-55, 95, -20]), onSkin(plain, [-55, 95, -20]))).toBeLessThan(0.3);
    expect(report.asymmetryMm).toBeGreaterThan(0.4);
  });

  it('fills a hole in the scalp smoothly and says how much that was', () => {
    const hole = (p: Vec3): Vec3 | null => (distance(p, [30, 120, -30]) < 35 ? null : p);
    const { mesh, landmarks } = scanOfHead({ change: hole });
    const { map, report } = frame(mesh, { landmarks });
    expect(report.filledShare).toBeGreaterThan(0.04);
    expect(report.filledShare).toBeLessThan(0.12);
    const d: Vec3 = [30, 120, -30];
    expect(distance(onSkin(map, d), onSkin(buildHead(HEAD), d))).toBeLessThan(1);
  });

  it('refuses it when more than a third of the scalp is missing', () => {
    const { mesh, landmarks } = scanOfHead({ change: (p) => (p[1] > 75 ? null : p) });
    expect(codeOf(() => frame(mesh, { landmarks }))).toBe('scan-incomplete');
  });

  it('reads the outside of a shell, whichever way its triangles are wound', () => {
    const { mesh, landmarks } = scanOfHead();
    const inner = mesh.positions.map((c) => c * 0.93);
    const count = mesh.positions.length / 3;
    const shell = {
      positions: Float32Array.of(...mesh.positions, ...inner),
      triangles: Uint32Array.from([...mesh.triangles.toReversed(), ...mesh.triangles.map((v) => v + count)]),
      unit: null,
    };
    const area = calvaria(frame(shell, { landmarks }));
    expect(area).toBeCloseTo(calvaria(frame(mesh, { landmarks })), 3);
  });

  it('reports hair as a cover, and about how thick it is', () => {
    const hair = (p: Vec3): Vec3 =>
      p[1] - 0.6 * p[2] < 12 ? p : scale(p, 1.1 + 0.04 * sin(p[0] / 4) * cos(p[1] / 5) * sin(p[2] / 4));
    const { mesh, landmarks } = scanOfHead({ change: hair });
    const { cover } = frame(mesh, { landmarks }).report;
    expect(cover.isCovered).toBe(true);
    expect(cover.coverMm).toBeGreaterThan(4);
    expect(cover.coverMm).toBeLessThan(18);
  });
});
