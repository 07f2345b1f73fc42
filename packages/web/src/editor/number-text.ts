export const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
export const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** '$3,500' of 3500 major units. */
export const moneyText = (currency: string, major: number): string =>
  new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    maximumFractionDigits: Number.isInteger(major) ? 0 : 2,
  }).format(major);

/** '11 Jan 2027' of a plain local date. */
export const dayText = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
