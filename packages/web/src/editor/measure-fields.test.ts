import { Refusal } from '@stipple/core/units/refusal.ts';
import { describe, expect, it } from 'vitest';
import { saidOfMeasures, withMeasureWords } from './measure-fields.ts';

describe('saidOfMeasures', () => {
  it('puts the whole sentence beside the measure named first, and a short word beside the others', () => {
    const detail =
      'sagittal 405 mm: the other measures foretell 345 +- 13 mm; coronal 345 mm pulls hardest the other way';
    expect(saidOfMeasures(new Refusal('measures-contradict', detail))).toEqual({
      sagittal:
        'Front to back 405 mm: the other measures foretell 345 ± 13 mm; Ear to ear 345 mm pulls hardest the other way.',
      coronal: 'Pulls against “Front to back”.',
    });
  });

  it('tells the length of a head from the length of its bald part', () => {
    const said = saidOfMeasures(new Refusal('measures-contradict', 'bald-length does not fit the stage on this head'));
    expect(Object.keys(said)).toEqual(['bald-length']);
  });

  it('has nothing to say when no measure is refused', () => {
    expect(saidOfMeasures(null)).toEqual({});
    expect(saidOfMeasures(new Refusal('head-mismatch', 'front: off by 3 % of the head’s width'))).toEqual({});
    expect(withMeasureWords('the height of the head')).toBe('the height of the head');
  });
});
