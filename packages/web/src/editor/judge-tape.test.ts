import { describe, expect, it } from 'vitest';
import { judgeTape } from './judge-tape.ts';

describe('judgeTape', () => {
  it('takes digits with one decimal point or comma', () => {
    for (const [text, valueMm] of [
      ['575', 575],
      [' 575,5 ', 575.5],
      ['575.5', 575.5],
      ['575.', 575],
      ['500', 500],
      ['650', 650],
    ] as const)
      expect(judgeTape('circumference', text)).toEqual({ valueMm, fault: null });
    expect(judgeTape('circumference', '  ')).toEqual({ valueMm: null, fault: null });
  });

  it('takes no other spelling of a number', () => {
    for (const text of ['0x23f', '5.75e2', '+575', '-575', '5,7,5', '.5', '575 mm', 'Infinity', '５７５'])
      expect(judgeTape('circumference', text)).toEqual({
        valueMm: null,
        fault: 'Only digits, with one decimal point or comma.',
      });
  });

  it('says what heads are when the number is outside', () => {
    for (const text of ['5', '499.9', '650.1', '5750', '0'])
      expect(judgeTape('circumference', text).fault).toBe('Expected 500 to 650 mm.');
    expect(judgeTape('breadth', '575').fault).toBe('Expected 130 to 180 mm.');
  });

  it('asks whether centimetres or inches were meant', () => {
    expect(judgeTape('circumference', '57,5').fault).toBe('That looks like centimetres: 575 mm?');
    expect(judgeTape('circumference', '50').fault).toBe('That looks like centimetres: 500 mm?');
    expect(judgeTape('circumference', '65').fault).toBe('That looks like centimetres: 650 mm?');
    expect(judgeTape('circumference', '22.6').fault).toBe('That looks like inches: 574 mm?');
    expect(judgeTape('circumference', '19').fault).toBe('That looks like inches: 483 mm? Expected 500 to 650 mm.');
    expect(judgeTape('length', '19.8').fault).toBe('That looks like centimetres: 198 mm?');
  });
});
