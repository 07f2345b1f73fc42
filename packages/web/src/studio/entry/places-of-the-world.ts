/** Lists to choose from: the zones and the currencies that this browser knows. */
import type { Option } from '../parts/fields.tsx';

/** @param own chosen now; stays in the list even where the browser calls it otherwise */
export function timeZones(own: string): Option<string>[] {
  const names = new Set([own, ...Intl.supportedValuesOf('timeZone')]);
  return [...names].sort().map((name) => ({ value: name, label: name.replaceAll('_', ' ') }));
}

const currencyNames = new Intl.DisplayNames('en-GB', { type: 'currency' });

export const CURRENCIES: readonly Option<string>[] = Intl.supportedValuesOf('currency').map((code) => ({
  value: code,
  label: `${code} · ${currencyNames.of(code) ?? code}`,
}));
