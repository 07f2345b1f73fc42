/** What can be marked, in the words of the chair. */
import type { MarkKind } from './mark-session.ts';

export interface MarkWords {
  readonly label: string;
  readonly how: string;
  /** What its size is, when it has one to be typed, mm. */
  readonly size: string | null;
}

export const MARK_WORDS: Readonly<Record<MarkKind, MarkWords>> = {
  bald: { label: 'Bald part', how: 'Tap around its edge; it takes the place of the stage’s usual extent.', size: null },
  whorl: { label: 'Whorl', how: 'Tap the centre of the crown’s whorl.', size: null },
  patch: { label: 'Bald patch', how: 'Tap around its edge.', size: null },
  'fut-scar': { label: 'Strip scar', how: 'Tap along it from end to end; its width is in the list.', size: 'width' },
  'fue-scars': { label: 'Dot scars', how: 'Tap around the area they lie in.', size: null },
  repair: { label: 'Earlier work', how: 'Tap around what was tattooed before; less is added there.', size: null },
  mole: { label: 'Mole', how: 'Tap its middle; 5 mm around it stay free.', size: 'diameter' },
  'keep-out-area': { label: 'Area to keep clear', how: 'Tap around its edge; no dot is put within.', size: null },
  'keep-out': { label: 'Keep clear', how: 'Tap the middle of what is to be left alone.', size: 'diameter' },
  tape: { label: 'Tape to read', how: 'Tap both ends: the plan says what a tape reads between them.', size: null },
  area: { label: 'Area to read', how: 'Tap around its edge: the plan says how large the skin within is.', size: null },
};

export const MARK_KINDS = Object.keys(MARK_WORDS) as readonly MarkKind[];

/** What each size may be, mm; as on the command line. */
export const SIZE_LIMITS_MM = {
  diameter: [0.5, 200],
  width: [0.1, 50],
  distance: [1, 1000],
  error: [0.02, 100],
} as const;
export type SizeKind = keyof typeof SIZE_LIMITS_MM;

/** A typed size, or null when it is none. */
export function sizeOf(kind: SizeKind, text: string): number | null {
  const typed = text.trim();
  if (!/^\d+(?:[.,]\d*)?$/.test(typed)) return null;
  const mm = Number(typed.replace(',', '.'));
  const [low, high] = SIZE_LIMITS_MM[kind];
  return mm >= low && mm <= high ? mm : null;
}
