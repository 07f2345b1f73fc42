import { amountText, minorDigits, money, parseAmount } from '@stipple/core/units/money.ts';

/** 'USD 3,000', cents only where there are some. */
export function moneyWords(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const shown = minor % 10 ** digits === 0 ? 0 : digits;
  return new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(minor / 10 ** digits);
}

/** Null: not an amount in this currency. */
export function minorOf(text: string, currency: string): number | null {
  try {
    return parseAmount(text.trim(), currency).minor;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** For a field: '3000.00'. */
export const amountField = (minor: number | null, currency: string): string =>
  minor === null ? '' : amountText(money(minor, currency));
