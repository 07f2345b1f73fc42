import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import {
  addMoney,
  amountText,
  majorUnits,
  minorDigits,
  money,
  moneyText,
  parseAmount,
  shareOf,
  splitMoney,
  sumMoney,
} from './money.ts';

describe('money', () => {
  it('takes whole minor units only', () => {
    for (const bad of [0.5, NaN, Infinity, 2 ** 53]) expect(() => money(bad, 'USD')).toThrow(RangeError);
    for (const bad of ['usd', 'US', 'EURO', '']) expect(() => money(1, bad)).toThrow(RangeError);
  });

  it('has no debt of nothing', () => {
    expect(Object.is(money(-0, 'USD').minor, 0)).toBe(true);
    expect(amountText(parseAmount('-0', 'EUR'))).toBe('0.00');
  });

  it('adds exactly, refuses other currencies and sums beyond the safe whole numbers', () => {
    expect(addMoney(money(10, 'USD'), money(20, 'USD'))).toEqual(money(30, 'USD'));
    expect(() => addMoney(money(1, 'USD'), money(1, 'EUR'))).toThrow(RangeError);
    expect(() => addMoney(money(Number.MAX_SAFE_INTEGER, 'USD'), money(1, 'USD'))).toThrow(RangeError);
    expect(sumMoney([], 'JPY')).toEqual(money(0, 'JPY'));
    expect(() => sumMoney([money(1, 'USD')], 'JPY')).toThrow(RangeError);
  });
});

describe('shareOf', () => {
  it('rounds half a minor unit away from zero', () => {
    expect(shareOf(money(50, 'USD'), 100).minor).toBe(1);
    expect(shareOf(money(-50, 'USD'), 100).minor).toBe(-1);
    expect(shareOf(money(49, 'USD'), 100).minor).toBe(0);
    expect(shareOf(money(350000, 'USD'), 825).minor).toBe(28875);
  });

  it('is within half a minor unit of the exact share (2,000 draws, seed 1)', () => {
    const random = seededGenerator(1);
    for (let i = 0; i < 2000; i++) {
      const amount = Math.floor(random() * 2e9) - 1e9;
      const points = Math.floor(random() * 10001);
      const twiceError =
        2n * (BigInt(shareOf(money(amount, 'USD'), points).minor) * 10000n - BigInt(amount) * BigInt(points));
      expect(twiceError <= 10000n && twiceError >= -10000n).toBe(true);
    }
  });

  it('refuses parts of a basis point', () => expect(() => shareOf(money(1, 'USD'), 0.5)).toThrow(RangeError));
});

describe('splitMoney', () => {
  it('sums to the amount and gives no part a whole unit more than its due (3,000 draws, seed 2)', () => {
    const random = seededGenerator(2);
    for (let i = 0; i < 3000; i++) {
      const amount = money(Math.floor(random() * 2e7) - 1e7, 'EUR');
      const weights = Array.from({ length: 1 + Math.floor(random() * 8) }, () => Math.floor(random() * 1000));
      weights[0]! += 1;
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const parts = splitMoney(amount, weights);
      expect(sumMoney(parts, 'EUR')).toEqual(amount);
      parts.forEach((part, k) => {
        expect(Math.abs(part.minor - (amount.minor * weights[k]!) / total)).toBeLessThan(1);
        if (weights[k] === 0) expect(part.minor).toBe(0);
      });
    }
  });

  it('gives what is left to the largest remainders, the earlier first', () => {
    expect(splitMoney(money(100, 'USD'), [1, 1, 1]).map(({ minor }) => minor)).toEqual([34, 33, 33]);
    expect(splitMoney(money(-100, 'USD'), [1, 1, 1]).map(({ minor }) => minor)).toEqual([-34, -33, -33]);
    expect(splitMoney(money(10, 'USD'), [1, 2, 4]).map(({ minor }) => minor)).toEqual([1, 3, 6]);
  });

  it('refuses weights that are no weights', () => {
    for (const bad of [[], [0, 0], [-1, 2], [0.5], [NaN]]) {
      expect(() => splitMoney(money(1, 'USD'), bad)).toThrow(RangeError);
    }
  });
});

describe('amounts as text', () => {
  it('prints as many digits as the currency has', () => {
    expect(moneyText(money(350000, 'USD'))).toBe('3500.00 USD');
    expect(moneyText(money(-5, 'USD'))).toBe('-0.05 USD');
    expect(moneyText(money(12000, 'JPY'))).toBe('12000 JPY');
    expect(moneyText(money(1, 'KWD'))).toBe('0.001 KWD');
  });

  it('reads back what it printed (2,000 draws, seed 3)', () => {
    const random = seededGenerator(3);
    for (let i = 0; i < 2000; i++) {
      const currency = ['USD', 'JPY', 'KWD'][i % 3]!;
      const amount = money(Math.floor((random() - 0.5) * 1e13), currency);
      expect(parseAmount(amountText(amount), currency)).toEqual(amount);
      const scale = [1, 10, 100, 1000][minorDigits(currency)]!;
      expect(Math.round(majorUnits(amount) * scale)).toBe(amount.minor);
    }
  });

  it('reads short fractions, and nothing that could be meant otherwise', () => {
    expect(parseAmount('3500.5', 'USD').minor).toBe(350050);
    for (const bad of ['', '1,000', '1.234', '.5', '1.', '+1', '1e3', ' 1', '1\n', '٣', '12345678901234567']) {
      expect(() => parseAmount(bad, 'USD'), bad).toThrow(RangeError);
    }
    expect(() => parseAmount('1.5', 'JPY')).toThrow(RangeError);
    expect(() => parseAmount('999999999999999.99', 'USD')).toThrow(RangeError);
  });
});
