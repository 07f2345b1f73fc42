import { describe, expect, it } from 'vitest';
import { Refusal, REFUSALS, type RefusalCode } from './refusal.ts';

const codes = Object.keys(REFUSALS) as RefusalCode[];

describe('REFUSALS', () => {
  it.each(codes)('says in whole sentences what is wrong and what to do: %s', (code) => {
    for (const text of REFUSALS[code]) expect(text).toMatch(/^[A-Z].{8,}[.]$/);
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('gives no two codes the same reason', () => {
    expect(new Set(codes.map((code) => REFUSALS[code][0])).size).toBe(codes.length);
  });
});

describe('Refusal', () => {
  it('is an Error that names the thing first', () => {
    const refusal = new Refusal('measure-absurd', 'circumference 5750 mm');
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal.name).toBe('Refusal');
    expect(refusal.code).toBe('measure-absurd');
    expect(refusal.message).toBe(`circumference 5750 mm: ${REFUSALS['measure-absurd'].join(' ')}`);
  });

  it('speaks without a detail', () => {
    expect(new Refusal('no-face').message).toBe(REFUSALS['no-face'].join(' '));
    expect(new Refusal('no-face').detail).toBeNull();
  });
});
