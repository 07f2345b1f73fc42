/** What is to be treated, as the studio writes it in a record, and as people say it. */
import type { Option } from '../parts/fields.tsx';

const WORDS: Readonly<Record<string, string>> = {
  'norwood-2': 'Norwood II',
  'norwood-3': 'Norwood III',
  'norwood-3-vertex': 'Norwood III vertex',
  'norwood-4': 'Norwood IV',
  'norwood-5': 'Norwood V',
  'norwood-6': 'Norwood VI',
  'norwood-7': 'Norwood VII',
  'ludwig-1': 'Ludwig I',
  'ludwig-2': 'Ludwig II',
  'ludwig-3': 'Ludwig III',
  hairline: 'Hairline only',
  full: 'Full shaved look',
  'fut-scar': 'Scar of a strip (FUT)',
  'fue-scars': 'Dot scars (FUE)',
  patch: 'Patches',
};

/** A studio may have imported words of its own: they are shown as they are. */
export const presentationWords = (presentation: string | null): string | null =>
  presentation === null ? null : (WORDS[presentation] ?? presentation);

export function presentationOptions(own: string | null): readonly Option<string>[] {
  const known = Object.entries(WORDS).map(([value, label]) => ({ value, label }));
  const kept = own && !WORDS[own] ? [{ value: own, label: own }] : [];
  return [{ value: '', label: 'Not seen yet' }, ...kept, ...known];
}
