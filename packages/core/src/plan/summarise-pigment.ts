/**
 * What a plan says of colours: the client's skin and hair with their intervals and sources, the colour card and what it
 * did, and the mixture out of the studio's list with why.
 *
 * L*a*b* under D65. Without a card the colours are the photo's own and said to be so; the skin's type is told only of
 * true colours, because a warm lamp would make of light skin a tanned one.
 */
import type { CardReading, UsedCard } from '../card/card-reading.ts';
import { isUsedCard } from '../card/card-reading.ts';
import { verdictOn, verdictOnSkin } from '../card/white-of-photo.ts';
import { COLOUR_DAYS, workColourOn } from '../forecast/work-by-day.ts';
import { quantise } from '../num/range.ts';
import type { PigmentChoice } from '../pigment/choose-pigment.ts';
import { quantisedColour } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import type { ColourReading } from '../pigment/photo-colours.ts';
import { skinTypeOf } from '../pigment/skin-type.ts';
import { blueShiftAt } from '../pigment/work-colour.ts';
import type { PlanDocument, PlanPhoto } from './plan-document.ts';
import type { CardSummary, ChoiceSummary, ColourSummary, PigmentSummary } from './plan-summary.ts';
import { trueColours } from './true-colours.ts';
import type { BoundedColour, TrueColours } from './true-colours.ts';

const CARD_NAMES = { 'stipple-1': 'Stipple card', 'classic-24': 'ColorChecker Classic' } as const;
const TRUST_WORDS = {
  published: 'by its published values',
  read: 'by the values read of it',
  'as printed': 'by its greys alone: its colours were never read',
} as const;
const FROM_WORDS = {
  brows: 'brows',
  stubble: 'stubble of the scalp',
  'another photo': 'brows in another photo',
} as const;

export function summarisePigment({ pigment, photos }: PlanDocument): PigmentSummary {
  const colours = trueColours(photos);
  const card = cardOf(photos, colours);
  const { choice } = pigment;
  return {
    skinLab: colours?.skin.lab ? hundredths(colours.skin.lab) : [0, 0, 0],
    hairLab: colours?.hair.lab ? hundredths(colours.hair.lab) : [0, 0, 0],
    shade: pigment.shade,
    dilution: pigment.dilution,
    skin: colours && {
      ...colourOf(colours.skin),
      source: sourceOf(colours, skinPlace(colours.photo)),
      ...typeOf(colours),
    },
    hair: colours && { ...colourOf(colours.hair), source: sourceOf(colours, hairPlace(colours.photo)) },
    light: colours && lightOf(colours),
    card,
    choice: choice && colours?.card ? choiceOf(choice, colours.skin.lab, colours.hair.lab) : null,
  };
}

function lightOf({ whiteKelvin, skin }: TrueColours): PigmentSummary['light'] {
  if (whiteKelvin !== null)
    return { verdict: verdictOn(whiteKelvin), kelvin: quantise(whiteKelvin, 0.01), source: 'colour card' };
  const verdict = verdictOnSkin(skin.lab);
  return verdict && { verdict, kelvin: null, source: 'colour of the skin, an estimate' };
}

const hundredths = (lab: Colour3): Colour3 => quantisedColour(lab, 100);

const colourOf = ({ lab, low, high }: BoundedColour): Omit<ColourSummary, 'source'> => ({
  lab: hundredths(lab),
  low: hundredths(low),
  high: hundredths(high),
});

const sourceOf = ({ card, photo }: TrueColours, place: string): string =>
  card
    ? `${place} in the ${photo.view} photo, corrected ${TRUST_WORDS[card.trust]} (${CARD_NAMES[card.kind]})`
    : `${place} in the ${photo.view} photo, in its own light, which is not known`;

const skinPlace = ({ placedBy, colours }: PlanPhoto): string => {
  const where = placedBy === 'face' ? 'forehead' : 'scalp';
  const left = colours.reading && shareLeftOut(colours.reading);
  return left ? `${where} without ${left} % of it (highlight, shadow, red spots, other colours)` : where;
};

const hairPlace = ({ colours }: PlanPhoto): string =>
  colours.reading ? FROM_WORDS[colours.reading.hairFrom] : 'brows';

const shareLeftOut = ({ leftOut: { highlight, shadow, redSpots, otherColour } }: ColourReading): number =>
  Math.round(100 * (highlight + shadow + redSpots + otherColour));

function typeOf({ card, skin, photo }: TrueColours): Pick<NonNullable<PigmentSummary['skin']>, 'type' | 'leftOut'> {
  const leftOut = photo.colours.reading?.leftOut ?? null;
  if (!card) return { type: null, leftOut };
  const { itaDeg, name, fitzpatrick } = skinTypeOf(skin.lab);
  return { type: { itaDeg: quantise(itaDeg, 10), name, fitzpatrick }, leftOut };
}

function cardOf(photos: readonly PlanPhoto[], colours: TrueColours | null): CardSummary | null {
  if (colours?.card) return usedCard(colours.photo.view, colours.card);
  const seen = photos.find((photo): photo is PlanPhoto & { readonly card: CardReading } => photo.card !== undefined);
  if (!seen || isUsedCard(seen.card)) return null;
  return { view: seen.view, name: CARD_NAMES[seen.card.kind], use: null, fault: seen.card.fault };
}

function usedCard(
  view: string,
  { kind, trust, before, after, read, used, patches, isMirrored }: UsedCard,
): CardSummary {
  return {
    view,
    name: CARD_NAMES[kind],
    use: {
      trust,
      words: TRUST_WORDS[trust],
      isMirrored,
      meanBefore: before.mean,
      mostBefore: before.most,
      meanAfter: after.mean,
      mostAfter: after.most,
      read,
      used,
      patches,
    },
    fault: null,
  };
}

function choiceOf(choice: PigmentChoice, skinLab: Colour3, hairLab: Colour3): ChoiceSummary {
  const { pigment, dilution, depthMm, aim, fall, fallLow, fallHigh, healedLab } = choice;
  const percent = (share: number): number => Math.round(100 * share);
  const { name } = skinTypeOf(skinLab);
  const isTooDark = fall > aim + 1e-9;
  return {
    name: pigment.name,
    maker: pigment.maker,
    dilution,
    depthMm,
    aim: quantise(aim, 1000),
    fall: quantise(fall, 1000),
    low: quantise(fallLow, 1000),
    high: quantise(fallHigh, 1000),
    healedLab,
    days: COLOUR_DAYS.map((day) => {
      const work = workColourOn(day, skinLab, choice);
      return { day, lab: hundredths(work.lab), fall: quantise(work.fall, 1000) };
    }),
    reasons: [
      `Skin of L* ${Math.round(skinLab[0])} (${name}), hair of L* ${Math.round(hairLab[0])}: healed work should darken the skin by about ${percent(aim)} % of its L*.`,
      isTooDark
        ? `No mixture of the list is as light as that: ${pigment.name} at 1 : ${dilution} is the lightest, ${percent(fall)} %. Add water, or a lighter pigment to the list.`
        : `${pigment.name} at 1 : ${dilution} gives about ${percent(fall)} % (${percent(fallLow)} to ${percent(fallHigh)} %): the darkest mixture of the list that stays under it, lighter first.`,
      `Healed at ${depthMm} mm it turns bluer by about ${blueShiftAt(depthMm).toFixed(1)} of b*; deeper work turns further.`,
    ],
    label: 'Estimate, not measured: try it on a small patch, and look at it healed.',
  };
}
