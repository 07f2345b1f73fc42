import type { Quote } from './quote-course.ts';

/** What the course comes to with the tax that is added to it; null where there is no price or no tax to add. */
export function totalWithTax({ likelyMinor, extras }: Pick<Quote, 'likelyMinor' | 'extras'>): number | null {
  const tax = extras.find(({ id }) => id === 'tax')?.likelyMinor ?? null;
  return likelyMinor === null || tax === null ? null : likelyMinor + tax;
}
