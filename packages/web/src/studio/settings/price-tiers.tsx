import type { PriceTier } from '@stipple/core/quote/price-list.ts';
import { TextField } from '../parts/fields.tsx';
import { amountField, minorOf } from '../parts/money-words.ts';

/** A package as it is typed. */
export interface TypedTier {
  readonly id: string;
  readonly label: string;
  /** cm2; empty in the last, which is for any larger area. */
  readonly upTo: string;
  readonly price: string;
}

export const typedTiers = (tiers: readonly PriceTier[], currency: string): readonly TypedTier[] =>
  tiers.map(({ id, label, upToCm2, priceMinor }) => ({
    id,
    label,
    upTo: upToCm2 === null ? '' : String(upToCm2),
    price: amountField(priceMinor, currency),
  }));

/** Null while one of them cannot be read, areas do not rise, or a larger one costs less. */
export function tiersOf(typed: readonly TypedTier[], currency: string): PriceTier[] | null {
  const tiers = typed.map(({ id, label, upTo, price }, i) => ({
    id,
    label: label.trim(),
    upToCm2: i === typed.length - 1 ? null : Number(upTo.replace(',', '.')),
    priceMinor: minorOf(price, currency) ?? -1,
  }));
  const isGood = tiers.every(({ label, upToCm2, priceMinor }, i) => {
    const before = tiers[i - 1];
    return (
      label !== '' && priceMinor >= (before?.priceMinor ?? 0) && (upToCm2 === null || upToCm2 > (before?.upToCm2 ?? 0))
    );
  });
  return isGood ? tiers : null;
}

/** Another one before the last, which stays for all that is larger. */
function withAnother(tiers: readonly TypedTier[]): readonly TypedTier[] {
  let k = tiers.length + 1;
  while (tiers.some(({ id }) => id === `package-${k}`)) k++;
  return [...tiers.slice(0, -1), { id: `package-${k}`, label: '', upTo: '', price: '' }, ...tiers.slice(-1)];
}

interface PriceTiersProps {
  readonly legend: string;
  readonly tiers: readonly TypedTier[];
  readonly currency: string;
  readonly onChange: (tiers: readonly TypedTier[]) => void;
}

/** The packages of one treatment, by the area that each covers. */
export function PriceTiers({ legend, tiers, currency, onChange }: PriceTiersProps) {
  const put = (at: number, part: Partial<TypedTier>): void =>
    onChange(tiers.map((tier, i) => (i === at ? { ...tier, ...part } : tier)));
  return (
    <fieldset class="price-tiers">
      <legend class="label">{legend}</legend>
      {tiers.map(({ id, label, upTo, price }, i) => (
        <div key={id} class="price-tier">
          <TextField label="Package" maxLength={120} value={label} onChange={(next) => put(i, { label: next })} />
          {i === tiers.length - 1 ? (
            <p class="hint">{tiers.length > 1 ? 'for any larger area' : 'whatever the area'}</p>
          ) : (
            <TextField
              label="Up to"
              unit="cm²"
              inputMode="decimal"
              value={upTo}
              onChange={(next) => put(i, { upTo: next })}
            />
          )}
          <TextField
            label="Price"
            unit={currency}
            inputMode="decimal"
            value={price}
            onChange={(next) => put(i, { price: next })}
          />
          {i < tiers.length - 1 && (
            <button
              type="button"
              class="link"
              aria-label={`Take out ${label || 'this package'}`}
              onClick={() => onChange(tiers.filter((_, k) => k !== i))}
            >
              Take out
            </button>
          )}
        </div>
      ))}
      <div class="row">
        <button
          type="button"
          class="link"
          aria-label={`${legend}: another package`}
          onClick={() => onChange(withAnother(tiers))}
        >
          Another package
        </button>
      </div>
    </fieldset>
  );
}
