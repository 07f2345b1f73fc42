/**
 * What a plan keeps of the colour card in a photo: rounded, so that everything after it is the same on every engine.
 */
import { quantise } from '../num/range.ts';
import type { Colour3 } from '../pigment/lab.ts';
import type { Pixels } from '../vision/pixels.ts';
import type { CardKind } from './card-design.ts';
import { CLASSIC_REFERENCE, PRINTED_REFERENCE, readReference } from './card-reference.ts';
import type { CardTrust } from './card-reference.ts';
import { findCard, isFoundCard } from './find-card.ts';
import type { CardFault } from './find-card.ts';
import type { MeanAndMost } from './fit-correction.ts';
import type { Place } from './place-card.ts';

export interface UsedCard {
  readonly kind: CardKind;
  readonly trust: CardTrust;
  readonly isMirrored: boolean;
  /** Left upper, right upper, right lower, left lower corner of the card, photo px. */
  readonly cornersPx: readonly [Place, Place, Place, Place];
  /** Row-major; true linear light (primaries of sRGB, D65) = matrix times the photo's. */
  readonly matrix: readonly number[];
  /** dE00 over the patches that the correction rests on. */
  readonly before: MeanAndMost;
  readonly after: MeanAndMost;
  /** Patches that could be read, and those of them that the correction rests on. */
  readonly read: number;
  readonly used: number;
  readonly patches: readonly { readonly id: string; readonly before: number; readonly after: number }[];
}

/** A card is seen and cannot be used. */
export interface RefusedCard {
  readonly kind: CardKind;
  readonly fault: CardFault;
}

export type CardReading = UsedCard | RefusedCard;

export const isUsedCard = (card: CardReading | undefined): card is UsedCard => card !== undefined && 'matrix' in card;

/** `ownLabs` are the patches of the studio's printed card, when somebody has read them; undefined when no card is seen. */
export function readCard(photo: Pixels, ownLabs: readonly Colour3[] | null): CardReading | undefined {
  const own = ownLabs ? readReference('stipple-1', ownLabs) : PRINTED_REFERENCE;
  const card = findCard(photo, [own, CLASSIC_REFERENCE]);
  if (card === null) return undefined;
  if (!isFoundCard(card)) return card;
  const { matrix, before, after, read, used, patches } = card.correction;
  const tenth = ([x, y]: Place): Place => [quantise(x, 10), quantise(y, 10)];
  const [a, b, c, d] = card.cornersPx;
  const hundredths = ({ mean, most }: MeanAndMost): MeanAndMost => ({
    mean: quantise(mean, 100),
    most: quantise(most, 100),
  });
  return {
    kind: card.kind,
    trust: card.reference.trust,
    isMirrored: card.isMirrored,
    cornersPx: [tenth(a), tenth(b), tenth(c), tenth(d)],
    matrix: matrix.map((value) => quantise(value, 1e4)),
    before: hundredths(before),
    after: hundredths(after),
    read,
    used,
    patches: patches.flatMap((patch, k) =>
      patch
        ? [
            {
              id: card.reference.design.patches[k].id,
              before: quantise(patch.before, 100),
              after: quantise(patch.after, 100),
            },
          ]
        : [],
    ),
  };
}
