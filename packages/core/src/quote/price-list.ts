/**
 * A studio's package prices by field, in whole minor units, and the seed list every studio starts from and edits.
 *
 * Seed prices are chosen inside the ranges clinics publish in the United States (facts 8.1). The upper bound of a
 * tier lies midway between the usual areas of neighbouring fields (facts 3.3). The whole scalp has no published
 * price: it stands at the top of the usual range. Patches have none either: they cost what a stage of their area costs.
 */

/** A row of the list: the course for a field up to an area. */
export interface PriceTier {
  readonly id: string;
  /** As printed: 'Norwood VI field'. */
  readonly label: string;
  /** Largest area, cm2, that the price covers; null for the last tier. */
  readonly upToCm2: number | null;
  readonly priceMinor: number;
}

/** What is asked for apart from the course. */
export interface ExtraPrice {
  readonly id: 'touch-up' | 'removal' | 'care-products';
  readonly label: string;
  /** Null: not included and not offered at a fixed price. */
  readonly priceMinor: number | null;
}

export interface PriceList {
  /** ISO 4217. */
  readonly currency: string;
  /** Packages for the shaved look, rising in area and never falling in price. */
  readonly shaved: readonly PriceTier[];
  /** Packages for density between existing hair, by the same rule. */
  readonly density: readonly PriceTier[];
  /** Packages for scars of transplants, and for bald patches, by the same rule. */
  readonly scars: readonly PriceTier[];
  readonly patches: readonly PriceTier[];
  readonly extras: readonly ExtraPrice[];
  /** Tax on the course in hundredths of a percent; null: not included, the studio has not said. */
  readonly taxBasisPoints: number | null;
  /**
   * Whether the tax comes on top of these prices, and is paid with them, or lies within them. Lists of before this was
   * asked say neither: their tax stands apart from what is paid.
   */
  readonly taxIs?: 'added' | 'included';
}

/** The list that a studio sells by. */
export interface StudioPrices {
  /** Its name, as printed. */
  readonly studio: string;
  readonly list: PriceList;
}

export const PRICE_LIST_DEFAULTS: PriceList = {
  currency: 'USD',
  shaved: [
    { id: 'norwood-2', label: 'Hairline and temples', upToCm2: 32, priceMinor: 120000 },
    { id: 'norwood-3', label: 'Norwood III field', upToCm2: 55, priceMinor: 180000 },
    { id: 'norwood-3-vertex', label: 'Norwood III vertex field', upToCm2: 82, priceMinor: 210000 },
    { id: 'norwood-4', label: 'Norwood IV field', upToCm2: 125, priceMinor: 250000 },
    { id: 'norwood-5', label: 'Norwood V field', upToCm2: 180, priceMinor: 300000 },
    { id: 'norwood-6', label: 'Norwood VI field', upToCm2: 245, priceMinor: 350000 },
    { id: 'norwood-7', label: 'Norwood VII field', upToCm2: 415, priceMinor: 400000 },
    { id: 'full', label: 'Whole scalp', upToCm2: null, priceMinor: 450000 },
  ],
  density: [{ id: 'density', label: 'Density between existing hair', upToCm2: null, priceMinor: 200000 }],
  scars: [
    { id: 'fut-scar', label: 'Scar of a strip', upToCm2: 60, priceMinor: 120000 },
    { id: 'fue-scars', label: 'Dot scars of a donor area', upToCm2: null, priceMinor: 150000 },
  ],
  patches: [
    { id: 'patches-small', label: 'Patches up to the size of a hairline', upToCm2: 32, priceMinor: 120000 },
    { id: 'patches-medium', label: 'Patches of medium size', upToCm2: 82, priceMinor: 180000 },
    { id: 'patches-large', label: 'Large patches', upToCm2: null, priceMinor: 250000 },
  ],
  extras: [
    { id: 'touch-up', label: 'Touch-up after the course, each', priceMinor: 50000 },
    { id: 'removal', label: 'Removal by laser', priceMinor: null },
    { id: 'care-products', label: 'Care products', priceMinor: null },
  ],
  taxBasisPoints: null,
};
