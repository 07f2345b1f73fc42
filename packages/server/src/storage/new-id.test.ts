import { describe, expect, it } from 'vitest';
import { newId } from './new-id.ts';

const ones = (count: number): Uint8Array => new Uint8Array(count).fill(255);

describe('an id', () => {
  it('is a UUID of version 7 that begins with its millisecond (RFC 9562, appendix A.6)', () => {
    const now = () => new Date('2022-02-22T19:22:22Z');
    expect(newId({ now, randomBytes: ones })).toBe('017f22e2-79b0-7fff-bfff-ffffffffffff');
    expect(newId({ now, randomBytes: (count) => new Uint8Array(count) })).toBe('017f22e2-79b0-7000-8000-000000000000');
  });

  it('sorts after those of an earlier millisecond', () => {
    const at = (ms: number, randomBytes: (count: number) => Uint8Array) =>
      newId({ now: () => new Date(ms), randomBytes });
    const zeros = (count: number) => new Uint8Array(count);
    expect(at(1_700_000_000_000, ones) < at(1_700_000_000_001, zeros)).toBe(true);
  });
});
