/**
 * Amounts of money: whole minor units (cents) and an ISO 4217 currency, exact at every step.
 *
 * Sums that would leave the safe whole numbers, mixed currencies and fractions of a cent throw RangeError:
 * each is a mistake of ours, never of the person. Percentages are whole basis points and round half away from zero.
 * Does not convert currencies and does not format for a locale: `amountText` is the plain form for files.
 */
export interface Money {
  readonly minor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** Currencies whose minor unit is not a hundredth (ISO 4217). */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** Digits after the point of a currency's major unit: 2 for USD, 0 for JPY. */
export const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2;

/** An amount; throws RangeError unless `minor` is a safe whole number and the currency three capital letters. */
export function money(minor: number, currency: string): Money {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is not a whole number of minor units`);
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`'${currency}' is not an ISO 4217 currency`);
  // -0 would print as a debt of nothing.
  return { minor: minor === 0 ? 0 : minor, currency };
}

export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} do not add`);
  return money(a.minor + b.minor, a.currency);
}

/** Sum in the given currency, which an empty list needs too. */
export const sumMoney = (amounts: readonly Money[], currency: string): Money =>
  amounts.reduce(addMoney, money(0, currency));

/** `basisPoints` hundredths of a percent of an amount, to the nearest minor unit, halves away from zero. */
export function shareOf(amount: Money, basisPoints: number): Money {
  if (!Number.isSafeInteger(basisPoints)) throw new RangeError(`${basisPoints} is not a whole number of basis points`);
  const product = BigInt(amount.minor) * BigInt(basisPoints);
  const half = product < 0n ? -5000n : 5000n;
  return money(Number((product + half) / 10000n), amount.currency);
}

/**
 * Splits an amount over whole weights >= 0 so that the parts sum to it exactly: each part is cut down to its whole
 * minor units, and what is left goes one by one to the largest remainders, the earlier first.
 */
export function splitMoney(amount: Money, weights: readonly number[]): Money[] {
  const total = weights.reduce((sum, weight) => {
    if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`${weight} is not a weight`);
    return sum + weight;
  }, 0);
  if (!(total > 0 && Number.isSafeInteger(total))) throw new RangeError('the weights sum to nothing');
  const sign = amount.minor < 0 ? -1n : 1n;
  const whole = BigInt(amount.minor) * sign;
  const parts = weights.map((weight, index) => {
    const product = whole * BigInt(weight);
    return { index, floor: product / BigInt(total), remainder: product % BigInt(total) };
  });
  const left = Number(whole - parts.reduce((sum, part) => sum + part.floor, 0n));
  const extra = new Set(
    [...parts]
      .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))
      .slice(0, left)
      .map((part) => part.index),
  );
  return parts.map((part) => money(Number(sign * (part.floor + (extra.has(part.index) ? 1n : 0n))), amount.currency));
}

/** The amount without its currency: '3500.00', '-0.50', '12000' for yen. */
export function amountText({ minor, currency }: Money): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** '3500.00 USD'. */
export const moneyText = (amount: Money): string => `${amountText(amount)} ${amount.currency}`;

/** The amount in major units as the nearest number, for JSON that others read; never to calculate with. */
export const majorUnits = (amount: Money): number => Number(amountText(amount));

/** Reads '3500', '3500.5' or '-0.50' exactly; throws RangeError for anything else, more digits than the currency has included. */
export function parseAmount(text: string, currency: string): Money {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text);
  const digits = minorDigits(currency);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > digits) throw new RangeError(`'${text}' is not an amount in ${currency}`);
  const minor = Number(match[2] + fraction.padEnd(digits, '0'));
  return money(match[1] ? -minor : minor, currency);
}
