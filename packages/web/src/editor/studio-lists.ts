/** The lists of the studio out of which the page was opened, as the form has them. */
import { loadKeepPlan, type StudioLists } from '../api/keep-order.ts';
import type { PlanFormState } from './request-of.ts';

export type FormLists = Required<Pick<PlanFormState, 'prices' | 'pigments'>>;

export const NO_LISTS: FormLists = { prices: null, pigments: null };

/** Whether the page was opened out of the studio, as its address says. */
export const isFromStudio = (search: string): boolean => {
  const asked = new URLSearchParams(search);
  return asked.has('studio') || asked.has('client');
};

/** None where nobody is signed in, or the studio's computer does not answer: the plan says by which list it is priced. */
export async function loadStudioLists(): Promise<FormLists> {
  try {
    const { studioLists } = await loadKeepPlan();
    return listsInForm(await studioLists());
  } catch {
    return NO_LISTS;
  }
}

export function listsInForm(lists: StudioLists | null): FormLists {
  if (!lists) return NO_LISTS;
  const { studio, prices, pigments } = lists;
  return {
    prices: prices && { studio, list: prices },
    pigments: pigments.length > 0 ? { fileName: `Pigments of ${studio}`, list: pigments } : null,
  };
}
