import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { calendarText, escapeText, foldLine } from './calendar-text.ts';
import { parseCalendar, unescapeText } from './testing/parse-calendar.ts';

const octets = (text: string): number => new TextEncoder().encode(text).length;
const ALPHABET = ['a', ' ', ',', ';', '\\', '\n', ':', '"', 'é', 'ß', '—', '漢', '👩‍🦲', '\u0301'];

describe('foldLine', () => {
  it('keeps lines to 75 octets without cutting a character, and unfolds to what it was (2,000 draws, seed 11)', () => {
    const random = seededGenerator(11);
    for (let i = 0; i < 2000; i++) {
      const text = Array.from(
        { length: Math.floor(random() * 300) },
        () => ALPHABET[Math.floor(random() * ALPHABET.length)],
      ).join('');
      const line = `DESCRIPTION:${escapeText(text)}`;
      const folded = foldLine(line);
      for (const part of folded.split('\r\n')) {
        expect(octets(part)).toBeLessThanOrEqual(75);
        expect(part).not.toMatch(/\p{Surrogate}/u);
      }
      expect(folded.replaceAll('\r\n ', '')).toBe(line);
      const [component] = parseCalendar(calendarText(['BEGIN:X', line, 'END:X']));
      expect(unescapeText(component!.properties[0]!.value)).toBe(text);
    }
  });

  it('leaves 75 octets alone and folds the 76th', () => {
    expect(foldLine('x'.repeat(75))).toBe('x'.repeat(75));
    expect(foldLine('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x`);
    expect(foldLine(`${'x'.repeat(74)}é`)).toBe(`${'x'.repeat(74)}\r\n é`);
  });
});

describe('escapeText', () => {
  it('escapes what separates values, and lets no line end or control character out', () => {
    expect(escapeText('a,b;c\\d\ne\r\nf\rg')).toBe('a\\,b\\;c\\\\d\\ne\\nf\\ng');
    expect(escapeText('a\u0000b\tc\u007f')).toBe('a b c ');
  });
});
