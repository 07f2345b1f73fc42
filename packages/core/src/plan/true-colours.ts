/**
 * The client's skin and hair as they are, not as this photo's lamp and camera have them; and how surely.
 *
 * With a colour card the photo's colours are corrected by it. What stays open then is what the card itself was off by after
 * the correction, that head and card need not stand in the same light (a tenth of it, two or three L*), and for a card
 * whose colours nobody has read the camera's own rendering as well. Without a card the colours are the photo's, and open
 * by what lamps and cameras do to skin: rendered under 2,700 to 7,500 K with half of the lamp balanced away, skin moves by 3
 * to 9 dE00. The spreads of this file are estimates.
 *
 * The card of the photo that shows the hairline best comes first, one whose colours are known before one that only
 * balances the white.
 */
import { isUsedCard } from '../card/card-reading.ts';
import type { UsedCard } from '../card/card-reading.ts';
import { times } from '../card/card-reference.ts';
import type { CardTrust } from '../card/card-reference.ts';
import { kelvinOfWhite } from '../card/white-of-photo.ts';
import { invert } from '../num/solve.ts';
import { labOf } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import type { ColourReading } from '../pigment/photo-colours.ts';
import { mainPhoto } from './main-photo.ts';
import type { PlanPhoto } from './plan-document.ts';

export interface BoundedColour {
  /** L*a*b*, D65. */
  readonly lab: Colour3;
  /** Middle 95 %. */
  readonly low: Colour3;
  readonly high: Colour3;
}

export interface TrueColours {
  readonly photo: PlanPhoto;
  /** Null: no card, the colours are those of the photo's own light. */
  readonly card: UsedCard | null;
  readonly skin: BoundedColour;
  readonly hair: BoundedColour;
  /** What a white looks like in the photo; null without a card. */
  readonly whiteKelvin: number | null;
}

/** Sd of L*, a* and b* beyond the reading itself. */
const OPEN: Readonly<Record<CardTrust | 'no card', Colour3>> = {
  published: [1.3, 0.6, 0.8],
  read: [1.3, 0.7, 0.9],
  'as printed': [2, 2, 2.5],
  'no card': [5, 3.5, 5.5],
};

export function trueColours(photos: readonly PlanPhoto[]): TrueColours | null {
  const main = photos[mainPhoto(photos)];
  if (!main) return null;
  const carded = [main, ...photos.filter((photo) => photo !== main)].filter(({ card }) => isUsedCard(card));
  const photo = carded.find(({ card }) => isUsedCard(card) && card.trust !== 'as printed') ?? carded[0] ?? main;
  const card = isUsedCard(photo.card) ? photo.card : null;
  const { colours } = photo;
  const lab = (light: Colour3, own: Colour3): Colour3 => (card ? labOf(times(card.matrix, light)) : own);
  return {
    photo,
    card,
    skin: bounded(lab(colours.skin, colours.skinLab), colours.skinLab, edgesOf(colours.reading, 'skin'), card),
    hair: bounded(lab(colours.hair, colours.hairLab), colours.hairLab, edgesOf(colours.reading, 'hair'), card),
    whiteKelvin: card && kelvinOfWhite(times(invert(card.matrix, 3), [0.8, 0.8, 0.8])),
  };
}

type Edges = readonly [low: Colour3, high: Colour3] | null;

const edgesOf = (reading: ColourReading | undefined, of: 'skin' | 'hair'): Edges =>
  reading ? (of === 'skin' ? [reading.skinLow, reading.skinHigh] : [reading.hairLow, reading.hairHigh]) : null;

/** The reading's own bounds, in quadrature with what the light leaves open. */
function bounded(lab: Colour3, seen: Colour3, edges: Edges, card: UsedCard | null): BoundedColour {
  const open = OPEN[card?.trust ?? 'no card'];
  const off = card?.after.mean ?? 0;
  const bound = (c: number, side: 0 | 1): number => {
    const own = edges ? Math.abs(edges[side][c] - seen[c]) : 4;
    const around = 1.96 * Math.sqrt(open[c] * open[c] + (off * off) / 2);
    return lab[c] + (side ? 1 : -1) * Math.sqrt(own * own + around * around);
  };
  const edge = (side: 0 | 1): Colour3 => [Math.min(100, Math.max(0, bound(0, side))), bound(1, side), bound(2, side)];
  return { lab, low: edge(0), high: edge(1) };
}
