/**
 * What must have the same bits on every engine, as a few digits to compare: bundled for the browser and run in Node.
 *
 * Hashes are FNV-1a over the bytes in memory (little-endian on every machine that runs either).
 */
import { buildReserve } from '@stipple/core/dots/build-reserve.ts';
import { layOutDots } from '@stipple/core/dots/lay-out-dots.ts';
import { LAYOUTS } from '@stipple/core/dots/layout-style.ts';
import { encodeReserve } from '@stipple/core/dots/reserve.ts';
import { buildHead } from '@stipple/core/head/build-head.ts';
import { landmarksOf } from '@stipple/core/head/landmarks.ts';
import * as elementary from '@stipple/core/num/elementary.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { createScalpField } from '@stipple/core/scalp/create-scalp-field.ts';
import { designDensity } from '@stipple/core/scalp/design-density.ts';
import { designHairline } from '@stipple/core/scalp/design-hairline.ts';
import { measureZones } from '@stipple/core/scalp/measure-zones.ts';

function fnv1a(...parts: readonly (Uint8Array | Float32Array | Float64Array | Uint32Array | Uint16Array)[]): string {
  let h = 0x811c9dc5;
  for (const part of parts) {
    for (const byte of new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
      h = Math.imul(h ^ byte, 0x01000193);
  }
  return (h >>> 0).toString(16).padStart(8, '0');
}

const COUNT = 200_000;

type Argument = readonly [x: number, y: number];
const UNARY = ['exp', 'log', 'sin', 'cos', 'tan', 'atan', 'asin', 'acos', 'cbrt'] as const;
const BINARY = ['pow', 'atan2'] as const;

function argumentsFor(name: string, random: () => number): Argument {
  const [a, b] = [random(), random()];
  if (name === 'log' || name === 'pow') return [a * a * 1e4 + 1e-12, (b - 0.5) * 12];
  if (name === 'exp') return [(a - 0.5) * 1400, 0];
  if (name === 'asin' || name === 'acos') return [2 * a - 1, 0];
  return [(a - 0.5) * 200, (b - 0.5) * 200];
}

/** One hash per function, over its values at 200,000 arguments. `from` is core's own functions or the engine's. */
export function elementaryBits(from: 'own' | 'engine'): Record<string, string> {
  const table: Record<string, (x: number, y: number) => number> =
    from === 'own' ? ({ ...elementary } as never) : mathTable();
  return Object.fromEntries(
    [...UNARY, ...BINARY].map((name, salt) => {
      const random = seededGenerator(salt);
      const f = table[name]!;
      const values = Float64Array.from({ length: COUNT }, () => f(...argumentsFor(name, random)));
      return [name, fnv1a(values)];
    }),
  );
}

const mathTable = (): Record<string, (x: number, y: number) => number> =>
  Object.fromEntries([...UNARY, ...BINARY].map((name) => [name, Math[name] as (x: number, y: number) => number]));

/** A whole plan's dots and numbers from nothing: reserve, head, hairline, field, layout, zones. */
export function planBits(): Record<string, string> {
  const template = buildHead({ face: 1, width: 1, height: 1, length: 1 });
  const reserve = buildReserve(template);
  const shape = { face: 0.98, width: 1.02, height: 1.03, length: 1.05 };
  const head = buildHead(shape);
  const landmarks = landmarksOf(shape);
  const hairline = designHairline(head, landmarks, { sex: 'm', ageYears: 44 }, 7);
  const density = designDensity(3);
  const laid = ([1, 2] as const).map((layout) => {
    const design = { presentation: { kind: 'norwood', stage: 6 }, hairline, density, layout } as const;
    const field = createScalpField(head, landmarks, design, 7);
    const dots = layOutDots({ head, reserve, field, density, seed: 7, style: LAYOUTS[layout] });
    const zones = measureZones(head, field).flatMap(({ areaCm2, expectedDots }) => [areaCm2, expectedDots]);
    return [
      [`count ${layout}`, String(dots.count)],
      [
        `dots ${layout}`,
        fnv1a(dots.id, dots.positionMm, dots.normal, dots.zone, dots.session, dots.diameterMm, dots.strength),
      ],
      [`zones ${layout}`, fnv1a(Float64Array.from(zones))],
    ];
  });
  return {
    reserve: fnv1a(encodeReserve(reserve)),
    head: fnv1a(head.radiiMm),
    hairline: fnv1a(Float64Array.from(hairline.controlsMm.flat())),
    ...Object.fromEntries(laid.flat()),
  };
}
