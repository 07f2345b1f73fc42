import { describe, expect, it } from 'vitest';
import { hash32 } from '../random/hash.ts';
import { decodeReserve, encodeReserve, octahedralUnit, reserveOf } from './reserve.ts';
import type { Reserve } from './reserve.ts';
import { PATCHES } from './seating.ts';

const sample = (count: number): Reserve =>
  reserveOf(
    Uint16Array.from({ length: 2 * count }, (_, i) => hash32(i, 1) & 0xffff),
    Uint16Array.from({ length: count }, (_, i) => hash32(i, 2) & 0xffff),
  );

describe('reserve file', () => {
  it('comes back as it went, also from the middle of a buffer', () => {
    for (const count of [0, 1, 777]) {
      const bytes = encodeReserve(sample(count));
      expect(decodeReserve(bytes)).toEqual(sample(count));
      const shifted = new Uint8Array(bytes.length + 5);
      shifted.set(bytes, 5);
      expect(decodeReserve(shifted.subarray(5))).toEqual(sample(count));
    }
  });

  it('is little-endian and 12 + 6 bytes a dot on every machine', () => {
    const bytes = encodeReserve(reserveOf(Uint16Array.of(0x0102, 0x0304), Uint16Array.of(0x0506)));
    expect(Array.from(bytes)).toEqual([0x52, 0x54, 0x50, 0x53, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 4, 3, 6, 5]);
  });

  it('is refused when damaged: cut, lengthened, of another kind or version, with a false count', () => {
    const bytes = encodeReserve(sample(20));
    const damaged = (change: (copy: Uint8Array) => void): Uint8Array => {
      const copy = bytes.slice();
      change(copy);
      return copy;
    };
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => decodeReserve(bytes.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => decodeReserve(Uint8Array.of(...bytes, 0))).toThrow('ends too early or too late');
    expect(() => decodeReserve(damaged((b) => b.fill(0, 0, 4)))).toThrow('not a reserve');
    expect(() => decodeReserve(damaged((b) => (b[4] = 9)))).toThrow('version 9');
    expect(() => decodeReserve(damaged((b) => b.fill(255, 8, 12)))).toThrow(RangeError);
  });

  it('spreads its 65,536 steps over -1 to 1', () => {
    expect([octahedralUnit(0), octahedralUnit(65535)]).toEqual([-1, 1]);
  });

  it('knows its dots by patch, each patch in the order of rank', () => {
    const { byPatch, patchStart, uv } = sample(4000);
    expect(Array.from(byPatch).sort((a, b) => a - b)).toEqual(Array.from(byPatch, (_, i) => i));
    for (let patch = 0; patch < PATCHES; patch++) {
      for (let k = patchStart[patch]; k < patchStart[patch + 1]; k++) {
        const [u, v] = [uv[2 * byPatch[k]] >> 11, uv[2 * byPatch[k] + 1] >> 11];
        if (u + 32 * v !== patch) expect.fail(`dot ${byPatch[k]} is not in patch ${patch}`);
        if (k > patchStart[patch] && byPatch[k] <= byPatch[k - 1]) expect.fail(`patch ${patch} is out of order`);
      }
    }
  });
});
