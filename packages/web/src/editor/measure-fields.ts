/** The tapes and callipers the page asks for: their words, what most heads read, and where each is laid. */
import type { MeasureKind } from '@stipple/core/head/head-shape.ts';
import type { ZoneTape } from '@stipple/core/head/zone-tape.ts';
import type { RefusalText } from '../workers/plan-messages.ts';

export type FieldKind = MeasureKind | ZoneTape['kind'];

export interface MeasureField {
  readonly label: string;
  readonly how: string;
  readonly usual: string;
}

export const MEASURE_FIELDS: Readonly<Record<FieldKind, MeasureField>> = {
  circumference: {
    label: 'Around the head',
    how: 'just above the brows and over the fullest part behind; 57.5 cm on the tape is 575 mm here',
    usual: '540 to 610',
  },
  sagittal: {
    label: 'Front to back',
    how: 'from between the brows over the top to the bump at the back',
    usual: '320 to 380',
  },
  coronal: {
    label: 'Ear to ear',
    how: 'from the notch before one ear over the top to the other',
    usual: '320 to 380',
  },
  length: { label: 'Length', how: 'calliper, brow to back', usual: '180 to 215' },
  breadth: { label: 'Breadth', how: 'calliper, widest above the ears', usual: '140 to 168' },
  height: {
    label: 'Height',
    how: 'calliper, from the notch before the ear straight up to the top',
    usual: '118 to 142',
  },
  pupils: { label: 'Pupils', how: 'ruler, from pupil to pupil, or from a spectacle prescription', usual: '56 to 70' },
  'bald-length': {
    label: 'Bald part, length',
    how: 'along the midline, from the hairline as it is to be to the rear edge of the bald part',
    usual: 'mm',
  },
  'bald-width': {
    label: 'Bald part, width',
    how: 'over the top from fringe to fringe, where it is widest',
    usual: 'mm',
  },
};

export const FIELD_KINDS = Object.keys(MEASURE_FIELDS) as readonly FieldKind[];
export const isZoneTape = (kind: FieldKind): kind is ZoneTape['kind'] =>
  kind === 'bald-length' || kind === 'bald-width';

/** A measure as core names it in a sentence, with its reading: 'circumference 575 mm'. */
const named = (kind: FieldKind): RegExp => new RegExp(`(?<![a-z-])${kind}(?= \\d| was| does)`, 'g');

/** A sentence of core's in the page's words: 'Front to back 405 mm: the other measures foretell 345 ± 20 mm'. */
export const withMeasureWords = (text: string): string =>
  FIELD_KINDS.reduce(
    (said, kind) => said.replaceAll(named(kind), MEASURE_FIELDS[kind].label),
    text.replaceAll(' +- ', ' ± '),
  );

/** What a refused plan says of each measure it names: of the first, that it is likely wrong and why; of others, that they pull. */
export function saidOfMeasures(refusal: RefusalText | null): Readonly<Partial<Record<FieldKind, string>>> {
  if (!refusal?.code.startsWith('measure') || !refusal.detail) return {};
  const { detail } = refusal;
  const [first, ...others] = FIELD_KINDS.filter((kind) => detail.search(named(kind)) >= 0).sort(
    (a, b) => detail.search(named(a)) - detail.search(named(b)),
  );
  if (!first) return {};
  return {
    [first]: `${withMeasureWords(detail)}.`,
    ...Object.fromEntries(others.map((kind) => [kind, `Pulls against “${MEASURE_FIELDS[first].label}”.`])),
  };
}
