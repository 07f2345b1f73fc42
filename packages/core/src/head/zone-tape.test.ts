import { describe, expect, it } from 'vitest';
import { Refusal } from '../units/refusal.ts';
import { ZONE_TAPE_KINDS, ZONE_TAPE_LIMITS_MM, refuseAbsurdZoneTape, takeZoneTape } from './zone-tape.ts';

function refusalOf(run: () => void): Refusal | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe('a zone tape', () => {
  it('errs more than a tape of the head, or as told', () => {
    expect(takeZoneTape('bald-length', 160)).toEqual({ kind: 'bald-length', valueMm: 160, sdMm: 6 });
    expect(takeZoneTape('bald-width', 130, 3).sdMm).toBe(3);
  });

  it.each(ZONE_TAPE_KINDS)('%s is refused outside what bald areas are, with a hint at the unit', (kind) => {
    const [low, high] = ZONE_TAPE_LIMITS_MM[kind];
    for (const mm of [low, high]) expect(refusalOf(() => refuseAbsurdZoneTape(takeZoneTape(kind, mm)))).toBeNull();
    for (const mm of [low - 1, high + 1, NaN, -100]) {
      expect(refusalOf(() => refuseAbsurdZoneTape(takeZoneTape(kind, mm)))?.code).toBe('measure-absurd');
    }
    expect(refusalOf(() => refuseAbsurdZoneTape(takeZoneTape(kind, 14)))?.detail).toContain('centimetres');
  });
});
