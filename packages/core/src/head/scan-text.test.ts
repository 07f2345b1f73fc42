import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { buildHead } from './build-head.ts';
import type { HeadMap } from './head-map.ts';
import { decodeScan, encodeScan } from './scan-text.ts';

/** A head with pores: what a good scan of skin is like. */
function scannedHead(): HeadMap {
  const random = seededGenerator(3);
  const { size, radiiMm } = buildHead({ face: 0.98, width: 0.97, height: 1.02, length: 1.03 });
  return { size, radiiMm: radiiMm.map((r) => r + 0.3 * (random() - 0.5)) };
}

describe('a scan as text', () => {
  const map = scannedHead();
  const text = encodeScan(map);

  it('keeps every radius to 0.025 mm', () => {
    const back = decodeScan(text);
    expect(back.size).toBe(map.size);
    const worst = Math.max(...map.radiiMm.map((r, k) => Math.abs(r - back.radiiMm[k])));
    expect(worst).toBeLessThan(0.02501);
  });

  it('is the same text again after a round trip', () => {
    expect(encodeScan(decodeScan(text)) === text).toBe(true);
  });

  it('takes less than 30 KB of JSON without a character that needs escaping', () => {
    expect(text.length).toBeLessThan(30_000);
    expect(JSON.stringify(text).length).toBe(text.length + 2);
  });

  it('holds the extremes that it allows', () => {
    const wild = { size: 3, radiiMm: Float32Array.of(20, 400, 20, 400, 20, 400, 20, 400, 20) };
    expect(decodeScan(encodeScan(wild))).toEqual(wild);
  });
});

describe('hostile text', () => {
  const text = encodeScan(scannedHead());
  const refused = (bad: string): void => expect(() => decodeScan(bad), bad.slice(0, 40)).toThrow('plan document');

  it.each([
    '',
    '.',
    '129',
    '129.',
    '0.A',
    '4.AAAA',
    '-3.AAAAAAAAA',
    '1e2.A',
    '03.AAAAAAAAA',
    '999.AAA',
    '3.AAAAAAAAAA',
  ])('refuses %j', refused);

  it('refuses what ends early, goes on, or has a foreign character', () => {
    refused(text.slice(0, -1));
    refused(`${text}A`);
    refused(text.replace('.', '.\u20ac'));
    refused(`3.${'gggggggg'}AAAAAAAAA`);
  });

  it('refuses radii that no head has, and a second spelling of a number', () => {
    refused(encodeScan({ size: 3, radiiMm: new Float32Array(9).fill(15) }));
    refused(encodeScan({ size: 3, radiiMm: new Float32Array(9).fill(500) }));
    refused('3.gAAAAAAAAA');
    refused('3.BAAAAAAAA');
  });

  it('never gives a map but of human radii, or a refusal, whatever is changed', () => {
    const random = seededGenerator(11);
    let read = 0;
    for (let round = 0; round < 300; round++) {
      const at = Math.floor(random() * text.length);
      const other = String.fromCharCode(32 + Math.floor(random() * 95));
      const bad = text.slice(0, at) + other + text.slice(at + 1);
      try {
        const { radiiMm } = decodeScan(bad);
        read++;
        expect(radiiMm.every((r) => r >= 20 && r <= 400)).toBe(true);
      } catch (error) {
        expect((error as Error).name).toBe('Refusal');
      }
    }
    expect(read).toBeLessThan(300);
  });
});
