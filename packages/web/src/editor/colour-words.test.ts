import { describe, expect, it } from 'vitest';
import { hairInWords, skinInWords } from './colour-words.ts';

const colour = (l: number, around: number) => ({
  lab: [l, 12, 18] as const,
  low: [l - around, 8, 12] as const,
  high: [l + around, 16, 24] as const,
});

describe('a colour in words', () => {
  it('is one word where its interval is narrow, and says both ends where it is wide', () => {
    expect(skinInWords(colour(62, 1))).toBe('medium');
    expect(skinInWords(colour(62, 10))).toBe('medium, anything from light to brown');
    expect(skinInWords(colour(35, 2))).toBe('dark');
    expect(hairInWords(colour(24, 3))).toBe('dark');
    expect(hairInWords(colour(24, 10))).toBe('dark, anything from medium to very dark');
    expect(hairInWords(colour(16, 10))).toBe('very dark, perhaps dark');
    expect(skinInWords(colour(75, 9))).toBe('light, perhaps very light');
  });
});
