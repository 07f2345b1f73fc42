/** What has to be said of the colours of a plan, in full sentences. */
import { isUsedCard } from '../card/card-reading.ts';
import type { CardFault } from '../card/find-card.ts';
import { verdictOn, verdictOnSkin } from '../card/white-of-photo.ts';
import { hueOffStubble } from '../pigment/choose-pigment.ts';
import type { Colour3 } from '../pigment/lab.ts';
import type { PlanDocument } from './plan-document.ts';
import { trueColours } from './true-colours.ts';

/** Patches further from their known colours than this, on the mean, correct little. */
const LOOSE_DE = 4;
/** Pigments of hair's colours stay nearer in hue to own stubble (choose-pigment.ts). */
const FAR_HUE_DE = 7.5;
/** Half of the forehead is no plain skin. */
const MUCH_LEFT_OUT = 0.5;

const FAULTS: Readonly<Record<CardFault, string>> = {
  glare: 'light glares on it: tilt it, and take the photo again',
  cropped: 'part of it is beyond the photo',
  'not the card': 'its patches are not those of the card: lay it flat and clean, nothing before it',
};

/** Skin has a chroma of ten and more in any light. */
const isWithoutColour = ([, a, b]: Colour3): boolean => Math.abs(a) < 1 && Math.abs(b) < 1;

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

export function colourWarnings({
  photos,
  pigment,
  isCardLight,
  isOwnCardRead,
}: PlanDocument): (readonly [code: string, text: string])[] {
  const said: (readonly [string, string])[] = [];
  const colours = trueColours(photos);
  const photoOf = (view: string, alone = 'this photo'): string => (photos.length > 1 ? `the ${view} photo` : alone);
  const shown = colours ? photoOf(colours.photo.view) : 'this photo';
  const refused = photos.find(({ card }) => card !== undefined && !isUsedCard(card));
  if (!colours?.card && refused?.card && !isUsedCard(refused.card)) {
    said.push([
      'card-unusable',
      `A colour card is in ${photoOf(refused.view, 'the photo')} and cannot be used: ${FAULTS[refused.card.fault]}.`,
    ]);
  }
  if (isOwnCardRead && !refused && !photos.some(({ card }) => isUsedCard(card) && card.kind === 'stipple-1')) {
    const views = photos.map(({ view }) => view).join(', ');
    const seen = colours?.card
      ? `the card in the ${colours.photo.view} photo is a ColorChecker`
      : `no colour card is seen in ${photos.length > 1 ? `any of the photos (${views})` : `the ${views} photo`}`;
    said.push([
      'card-values-unused',
      `The values of the printed card changed nothing: ${seen}. Hold the printed card beside the head, flat, whole and without glare, and take the photo again; or leave the values out.`,
    ]);
  }
  if (colours?.card) {
    const { trust, after, isMirrored } = colours.card;
    if (isMirrored) {
      said.push([
        'photo-mirrored',
        'The colour card is mirrored, and so is the whole photo: left and right of the client are exchanged. Take it again, or flip it.',
      ]);
    }
    if (after.mean > LOOSE_DE) {
      said.push([
        'card-loose',
        `After the correction the patches of the colour card are still ${after.mean.toFixed(1)} dE00 off on the mean: another card, a faded one, or mixed light. Take the colours as rough.`,
      ]);
    }
    if (trust === 'as printed') {
      said.push([
        'card-not-read',
        'The printed card was never read: its greys balance the white, its colours say nothing. Read it once beside a known card.',
      ]);
    }
    const verdict = verdictOn(colours.whiteKelvin!);
    if (verdict !== 'neutral') {
      said.push([
        `light-${verdict}`,
        `The light of ${shown} is ${verdict}, which the colour card takes out of the numbers; the pictures keep the light of the photo.`,
      ]);
    }
  }
  const isGrey = colours !== null && [colours.skin.lab, colours.hair.lab].every(isWithoutColour);
  if (isGrey) {
    said.push([
      'photo-grey',
      `${capital(shown)} is black and white: the colours of skin, hair and pigment cannot be told from it. Take one in colour.`,
    ]);
  }
  const seen = colours && !colours.card && !isGrey ? verdictOnSkin(colours.skin.lab) : null;
  if (seen) {
    said.push([
      `light-${seen}`,
      `The light of ${shown} looks ${seen}, or the camera made it so: skin has not this colour in daylight. The pictures keep it; the numbers of the colours are not to be relied on without a colour card.`,
    ]);
  }
  const leftOut = colours?.photo.colours.reading?.leftOut;
  if (leftOut && leftOut.highlight + leftOut.shadow + leftOut.redSpots + leftOut.otherColour > MUCH_LEFT_OUT) {
    said.push([
      'skin-little-seen',
      `More than half of the skin that was looked at in ${shown} is highlight, shadow, red or made up: clean and dry the skin, and take the photo in even light.`,
    ]);
  }
  const seenIn = photos.length > 1 ? 'any of the photos' : 'the photo';
  if (isCardLight && !colours?.card) {
    said.push([
      'no-card-light',
      `No colour card that can be used is in ${seenIn}: the pictures in its light, which were asked for, are not there.`,
    ]);
  }
  const hueOff =
    pigment.choice && colours?.card ? hueOffStubble(colours.skin.lab, colours.hair.lab, pigment.choice) : 0;
  if (hueOff > FAR_HUE_DE) {
    said.push([
      'hue-far',
      `“${pigment.shade}” was chosen out of the list for how dark it heals; its hue lies ${hueOff.toFixed(0)} dE00 from stubble of the client’s own colour, where pigments of the colours of hair lie within ${FAR_HUE_DE}. Add a pigment of the hair’s colour to the list, or choose by eye.`,
    ]);
  }
  if (pigment.dilution === null) {
    const why = colours?.card
      ? 'No list of the studio’s pigments was given, or no pigment in it has a known colour that darkens this skin'
      : `Without a colour card in ${seenIn} nothing can be chosen out of a list of pigments`;
    said.push(['shade-by-eye', `${why}: choose the shade by eye, lighter first; the dilution stays open.`]);
  }
  return said;
}
