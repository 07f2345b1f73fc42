/**
 * What has to be said beside the numbers and pictures of a plan, in full sentences, most important first.
 *
 * Statements of the design (scalp/judge-design.ts) and the course come along; here are those that need the whole plan:
 * what was not measured, what the photo cannot show, and what the picture must be stamped with.
 */
import { averageRepeats, doubtfulMeasures } from '../head/judge-measures.ts';
import { unusualLengths } from '../head/judge-shape.ts';
import type { HeadScan } from '../head/head-shape.ts';
import { acos, radToDeg } from '../num/elementary.ts';
import { clamp } from '../num/range.ts';
import type { Mat3 } from '../vec/mat3.ts';
import { dot } from '../vec/vec3.ts';
import { planCourse } from '../course/plan-course.ts';
import type { SessionHours } from '../course/session-hours.ts';
import { decodeMask } from '../vision/mask-text.ts';
import { poseOfView, rotationOf } from '../vision/view-pose.ts';
import { MOST_APART } from '../vision/views-apart.ts';
import type { SceneFacts } from '../render/prepare-scene.ts';
import { judgeDesign } from '../scalp/judge-design.ts';
import { isShavedLook } from '../scalp/scalp-design.ts';
import { colourWarnings } from './colour-warnings.ts';
import { doubtedAnchors } from './doubted-anchors.ts';
import { doubtedDistances } from './doubted-distances.ts';
import { mainPhoto } from './main-photo.ts';
import type { PlanPhoto } from './plan-document.ts';
import type { PlanWarning } from './plan-summary.ts';
import type { RealisedPlan } from './realise-plan.ts';

/** Share of the visible dots on hair from which a picture shows next to nothing. */
const HIDDEN = 0.8;
/** Share of all dots below which a picture is no picture of the work. */
const LITTLE_SEEN = 0.2;
/** Best view of a hairline (design 4.2): bowed this much; below, the line lies near the horizon. */
const BOWED_DEG = 10;
const TURNED_DEG = 30;
/** Seen from so far beside what its name promises, a photo was given a wrong name. */
const NAMED_WRONG_DEG = 50;
/** Of the head's width: on a scan of the same head 3 of 40 rendered photos leave more, on a stranger's 17 of 20. */
const BESIDE_SCAN = 0.008;
/** Skin so dark in the photo (L*) that the work can hardly be seen in it. */
const DIM_L = 28;

export function planWarnings(
  plan: RealisedPlan,
  hours: readonly SessionHours[],
  scenes: ReadonlyMap<string, SceneFacts>,
): readonly PlanWarning[] {
  const { document } = plan;
  const said: PlanWarning[] = [];
  const main = document.photos[mainPhoto(document.photos)];
  const say = (code: string, text: string): void => void said.push({ code, text });
  const ofPhotos = byPhoto(document.photos.length);
  if (!document.head.isMeasured) {
    say(
      'not-to-scale',
      'Not to scale; measure the head: no length of this head was measured, so millimetres, areas and the price are not known. Dots and hours are those of an average head.',
    );
  }
  // One wrong measure, like one wrong mark, makes the right ones doubtful too: the worst is looked at first.
  const [doubted] = doubtfulMeasures(document.measures, document.client);
  if (doubted) {
    const { measure, foretoldMm, foretoldSdMm } = doubted;
    const foretold = `${Math.round(foretoldMm)} +- ${Math.round(1.96 * foretoldSdMm)} mm`;
    say(
      'measure-doubtful',
      `${capital(measure.kind)} ${measure.valueMm} mm: the other measures foretell ${foretold}. Measure it again.`,
    );
  }
  for (const { kind, valuesMm } of averageRepeats(document.measures).apart) {
    say(
      'repeats-apart',
      `${capital(kind)} was taken as ${inWords(valuesMm)} mm: their mean is used. Measure it again.`,
    );
  }
  const unusual = document.head.scan ? [] : unusualLengths(document.head.shape, document.client);
  if (unusual.length > 0) {
    const lengths = unusual.map(
      ({ kind, mm, usualMm: [low, high] }) =>
        `a ${kind} of ${Math.round(mm)} mm, where ${Math.round(low)} to ${Math.round(high)} are usual`,
    );
    say(
      'head-unusual',
      `The head comes out with ${inWords(lengths)}. Look again at the marked points and the measures, and whether a photo was stretched: until then trust no millimetre.`,
    );
  }
  for (const [code, text] of scanWarnings(document.head.scan)) say(code, text);
  if (document.head.scan && document.measures.length === 0) {
    say(
      'scan-unconfirmed',
      'No tape confirms that the scan is of this client and in the right unit: measure the circumference.',
    );
  }
  const apart = document.photos.filter((photo) => (photo.apart ?? 0) > MOST_APART).map(({ view }) => view);
  if (apart.length > 0) {
    say(
      'heads-apart',
      `The photos may not be of one person: ${inWords(apart)} ${showOtherHeads(apart.length, document.photos.length)}. Two people are told so every third time; hair that is not marked can look like it.`,
    );
  }
  const beside = document.head.scan ? document.photos.filter(({ outline }) => outline.relative > BESIDE_SCAN) : [];
  if (beside.length > 0) {
    say(
      'scan-beside-photo',
      `The scan may not be of this client: the head in ${inWords(beside.map(({ view }) => view))} does not end where the scan does. Hair that is not marked can look like it.`,
    );
  }
  const doubtful = doubtedAnchors(document);
  for (const view of new Set(doubtful.map((mark) => mark.view))) {
    const here = doubtful.filter((mark) => mark.view === view);
    const marks = here.map(({ name, offPx }) => `${name} ${Math.round(offPx)} px`);
    const [were, them] = here.length > 1 ? ['were', 'them'] : ['was', 'it'];
    say(
      'mark-doubtful',
      `In the ${view} photo ${inWords(marks)} ${were} marked away from where the head and the other points put ${them}: look at ${them} again.`,
    );
  }
  for (const { view, n, mm, foretold } of doubtedDistances(document.photos)) {
    const others = `${Math.round(foretold.valueMm)} +- ${Math.round(1.96 * foretold.sdMm)} mm`;
    say(
      'distance-doubtful',
      `In the ${view} photo distance ${n} is given as ${mm} mm: everything else foretells ${others}. Measure it again.`,
    );
  }
  const misnamed: string[] = [];
  for (const photo of document.photos) {
    if (holdsHair(photo) && isShavedLook(document.presentation)) {
      ofPhotos.say(
        photo.view,
        'sides-must-be-clipped',
        'Sides must be clipped; retake the photo: beside a shaved look the hair has to be 2 mm or shorter, and in this photo it is longer.',
      );
    }
    const scene = scenes.get(photo.view);
    const seen = scene ? scene.visibleDots / Math.max(1, plan.dots.count) : 1;
    if (seen < LITTLE_SEEN) {
      ofPhotos.say(
        photo.view,
        'little-seen',
        `This photo shows ${Math.round(100 * seen)} % of the dots: the picture says little about the rest. Take one that looks at the treated part: with the head bowed, from above or from behind.`,
      );
    }
    if ((scene?.hairShare ?? 0) > HIDDEN) {
      ofPhotos.say(
        photo.view,
        'work-hidden',
        'Hair covers nearly all of the treated part in this photo, so the picture shows little of the work: photograph the parting from above.',
      );
    }
    if (photo.hair === null && photo.faceScore > 0) {
      ofPhotos.say(
        photo.view,
        'hair-not-marked',
        'Hair could not be told from skin with confidence: the picture treats the zone of the preset. Mark the hair if it looks wrong.',
      );
    }
    if (photo === main && !document.photos.some(isBowed)) {
      ofPhotos.say(
        photo.view,
        'view-not-bowed',
        `The head is ${bowedInWords(photo)} and turned by ${Math.round(Math.abs(photo.yawDeg))}: a photo with the head bowed 10 to 30 degrees shows the hairline better and halves its error.`,
      );
    }
    const promised = poseOfView(photo.view);
    if (promised && sightApartDeg(rotationOf(promised), photo.camera.R) > NAMED_WRONG_DEG) {
      misnamed.push(
        `The photo given as ${photo.view} shows the head from another side, turned by ${Math.round(photo.yawDeg)} degrees and ${bowedInWords(photo)}: check which file is which.`,
      );
    }
    if (photo.focalSource === 'assumed') {
      ofPhotos.say(
        photo.view,
        'focal-assumed',
        'The photo does not tell its focal length: how far away the camera stood is read from face and outline, less surely.',
      );
    }
    if (photo.colours.skinLab[0] < DIM_L) {
      ofPhotos.say(
        photo.view,
        'skin-dim',
        'The skin is very dark in this photo: the change is real but hard to see. Take one in brighter, even light.',
      );
    }
  }
  said.push(...ofPhotos.said());
  if (misnamed.length > 0) said.unshift({ code: 'view-misnamed', text: misnamed.join(' ') });
  const { client, presentation, hairline, density, marks, zoneTapes } = document;
  const { isMeasured } = document.head;
  for (const { code, text } of judgeDesign(client, presentation, hairline, density, marks, zoneTapes, isMeasured))
    say(code, text);
  for (const { code, text } of planCourse(document.course).notices) say(code, text);
  hours.forEach(({ isLong, hours: { value } }, k) => {
    if (isLong) say('session-long', `Session ${k + 1} takes about ${value} hours: better split over two days.`);
  });
  for (const [code, text] of colourWarnings(document)) say(code, text);
  return byCode(said);
}

/** Angle between the directions that two cameras look in, however the picture is turned. */
const sightApartDeg = (a: Mat3, b: Mat3): number =>
  radToDeg(acos(clamp(dot([a[6], a[7], a[8]], [b[6], b[7], b[8]]), -1, 1)));

const isBowed = ({ faceScore, pitchDeg, yawDeg }: PlanPhoto): boolean =>
  faceScore > 0 && pitchDeg >= BOWED_DEG && Math.abs(yawDeg) <= TURNED_DEG;

const bowedInWords = ({ pitchDeg }: PlanPhoto): string => {
  const degrees = Math.round(Math.abs(pitchDeg));
  const by = `by ${degrees} ${degrees === 1 ? 'degree' : 'degrees'}`;
  return pitchDeg < 0 && degrees > 0 ? `tilted back ${by}` : `bowed ${by}`;
};

const showOtherHeads = (apart: number, photos: number): string => {
  if (apart === photos) return 'show heads of different proportions';
  return `${apart > 1 ? 'show heads' : 'shows a head'} of other proportions than the rest`;
};

/** What is said of photos, each thing once: of several photos with the names of those it is true of. */
function byPhoto(count: number) {
  const texts = new Map<string, Map<string, string[]>>();
  return {
    say(view: string, code: string, text: string): void {
      const ofCode = texts.get(code) ?? new Map<string, string[]>();
      texts.set(code, ofCode.set(text, [...(ofCode.get(text) ?? []), view]));
    },
    said: (): PlanWarning[] =>
      [...texts].map(([code, ofCode]) => {
        const named = [...ofCode].map(([text, views]) => (count > 1 ? `${capital(inWords(views))}: ${text}` : text));
        return { code, text: named.join(' ') };
      }),
  };
}

/** 'a, b and c' */
const inWords = (words: readonly (string | number)[]): string =>
  [...(words.length > 1 ? [words.slice(0, -1).join(', ')] : []), words.at(-1)].join(' and ');

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** More of the scalp than this was not in the scan. */
const FILLED = 0.05;

function scanWarnings(scan: HeadScan | null): (readonly [code: string, text: string])[] {
  if (!scan) return [];
  const said: (readonly [string, string])[] = [];
  if (scan.isCovered) {
    said.push([
      'scan-covered',
      'The scan looks like hair or a cap rather than skin: lengths and areas are those of its outside, larger than the scalp.',
    ]);
  }
  if (scan.filledShare > FILLED) {
    const percent = Math.round(100 * scan.filledShare);
    said.push([
      'scan-filled',
      `The scan does not show ${percent} % of the scalp: that part was filled from around it.`,
    ]);
  }
  if (scan.unitFrom === 'size') {
    said.push([
      'scan-unit-guessed',
      'The scan does not say its unit: the one in which the head is human was taken. One tape around the head confirms it.',
    ]);
  }
  if (scan.unitFrom === 'tape') {
    said.push([
      'scan-sized-by-tape',
      'The scan is in no unit: it has the size that the tape gives it, and is as sure as the tape. Measure twice.',
    ]);
  }
  if (scan.landmarksFrom === 'found') {
    said.push([
      'scan-landmarks-found',
      'Ears and brows were found on the scan by its shape, to some millimetres: mark them for the best hairline.',
    ]);
  }
  return said;
}

/** Suggested on 16 portraits: 3 cm2 at most on bald and shaved heads, 10 and more where there was hair to clip. */
const LEAST_HAIR_MM2 = 600;

/** Whether the photo shows hair longer than stubble: as marked, or as much of it as no slip of the suggestion amounts to. */
function holdsHair({ hair, quality }: PlanPhoto): boolean {
  if (!hair) return false;
  const sampleMm = (quality.mmPerPxAtHairline * hair.sidePx) / hair.size;
  const samples = decodeMask(hair).values.reduce((count, v) => (v > 127 ? count + 1 : count), 0);
  return samples * sampleMm * sampleMm > (hair.source === 'given' ? 0 : LEAST_HAIR_MM2);
}

/** One of each code, with all that is said under it. */
function byCode(warnings: readonly PlanWarning[]): readonly PlanWarning[] {
  const texts = new Map<string, Set<string>>();
  for (const { code, text } of warnings) texts.set(code, (texts.get(code) ?? new Set()).add(text));
  return [...texts].map(([code, ofCode]) => ({ code, text: [...ofCode].join(' ') }));
}
