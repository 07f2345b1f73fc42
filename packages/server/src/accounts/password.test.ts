import { describe, expect, it } from 'vitest';
import { assertStrong } from './password.ts';

const ABOUT = ['Olga Owner', 'olga.brandt@studio.example', 'Clear Water'];
const isTaken = (password: string): boolean => {
  try {
    assertStrong(password, ABOUT);
    return true;
  } catch {
    return false;
  }
};

describe('a password', () => {
  it('of common words, alone, strung together or with digits for letters, is not taken', () => {
    for (const password of [
      'passwordpassword',
      'Password123456!',
      'P4$$w0rd2027!!',
      'monkeydragon2024',
      'sunshine-princess',
      'iloveyou12345678',
      'LiverpoolChelsea1',
      'qwertyuiop123456',
      '123456789012',
      'september2026!!',
      'letmein-letmein',
      'm1chaelj0rdan99',
    ])
      expect(isTaken(password), password).toBe(false);
  });

  it('of what a guesser knows about the person or the studio is not taken', () => {
    for (const password of ['olgaowner2027!', 'ClearWaterStudio', 'brandt-olga-1984', 'smp-clearwater-hair'])
      expect(isTaken(password), password).toBe(false);
  });

  it('of its own is taken, in any script and with spaces', () => {
    for (const password of [
      'seven quiet herons',
      'correct horse battery',
      'žluťoučký kůň úpěl',
      'xK9-mw3-Lq7-vT',
      '犬が三匹橋を渡る夜明け前',
    ])
      expect(isTaken(password), password).toBe(true);
  });
});
