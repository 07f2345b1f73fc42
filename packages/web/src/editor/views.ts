/**
 * From where a head can be photographed: the names of photos, which core reads too (vision/view-pose.ts) but for the one from
 * anywhere else, what makes a good one, and which points of the head are seen there, most telling first.
 */
import type { AnchorName } from '@stipple/core/vision/anchors.ts';

export type ViewName = 'front' | 'bowed' | 'left' | 'right' | 'back' | 'top' | 'crown' | 'other';

export interface HeadView {
  readonly label: string;
  /** How to take it. */
  readonly hint: string;
  /** What it adds. */
  readonly use: string;
  readonly points: readonly AnchorName[];
}

const FACE: readonly AnchorName[] = [
  'left-canthus',
  'right-canthus',
  'nose-tip',
  'chin',
  'left-tragus',
  'right-tragus',
  'glabella',
  'vertex',
];
const profile = (side: 'left' | 'right'): readonly AnchorName[] => [
  `${side}-tragus`,
  'nose-tip',
  `${side}-canthus`,
  'vertex',
  'opisthocranion',
  'chin',
  'glabella',
  `${side}-ear-top`,
  `${side}-ear-lobe`,
  'nape',
];

export const HEAD_VIEWS: Readonly<Record<ViewName, HeadView>> = {
  front: {
    label: 'Front',
    hint: 'From the front, head bowed a little, never so far that eyes or brows are hidden; even light, the whole head in view, hair clipped short.',
    use: 'the face places it',
    points: FACE,
  },
  bowed: {
    label: 'Front, bowed',
    hint: 'Chin towards the chest, eyes and brows still in view: without them no face is found.',
    use: 'the hairline at its surest',
    points: FACE,
  },
  left: {
    label: 'Left side',
    hint: 'The client’s left side, nose and back of the head both in view.',
    use: 'temple and length',
    points: profile('left'),
  },
  right: {
    label: 'Right side',
    hint: 'The client’s right side, nose and back of the head both in view.',
    use: 'temple and length',
    points: profile('right'),
  },
  back: {
    label: 'Back',
    hint: 'From behind at the height of the ears, both ears and the nape in view.',
    use: 'crown and donor area',
    points: ['left-ear-top', 'right-ear-top', 'left-ear-lobe', 'right-ear-lobe', 'vertex', 'inion', 'nape'],
  },
  top: {
    label: 'From above',
    hint: 'From straight above, nose and both ears in view.',
    use: 'how far the bald part reaches',
    points: [
      'nose-tip',
      'left-ear-top',
      'right-ear-top',
      'opisthocranion',
      'glabella',
      'left-canthus',
      'right-canthus',
      'vertex',
    ],
  },
  crown: {
    label: 'Crown',
    hint: 'From behind and above, both ears in view.',
    use: 'the whorl',
    points: ['left-ear-top', 'right-ear-top', 'vertex', 'opisthocranion', 'inion', 'nape'],
  },
  other: {
    label: 'From elsewhere',
    hint: 'From anywhere else, such as half from the side, the whole head in view.',
    use: 'what the others miss',
    points: [
      'left-tragus',
      'right-tragus',
      'left-ear-top',
      'right-ear-top',
      'left-ear-lobe',
      'right-ear-lobe',
      'left-canthus',
      'right-canthus',
      'nose-tip',
      'chin',
      'glabella',
      'vertex',
      'opisthocranion',
      'inion',
      'nape',
    ],
  },
};

export const VIEW_NAMES = Object.keys(HEAD_VIEWS) as readonly ViewName[];

/** Of a photo's name as a plan holds it. */
export const labelOfView = (view: string): string => HEAD_VIEWS[view as ViewName]?.label ?? view;

/** Fewer points place nothing (vision/start-view.ts); from six on a slip of one matters less. */
export const FEWEST_POINTS = 4;
export const ENOUGH_POINTS = 6;

/** What a point is called to a person; left and right are the client's. */
export const POINT_WORDS: Readonly<Record<AnchorName, readonly [name: string, where: string]>> = {
  'left-tragus': ['left tragus', 'the small flap before the ear canal, its upper edge'],
  'right-tragus': ['right tragus', 'the small flap before the ear canal, its upper edge'],
  'left-ear-top': ['top of the left ear', 'its highest point'],
  'right-ear-top': ['top of the right ear', 'its highest point'],
  'left-ear-lobe': ['left earlobe', 'its lowest point'],
  'right-ear-lobe': ['right earlobe', 'its lowest point'],
  'left-canthus': ['left eye', 'its outer corner'],
  'right-canthus': ['right eye', 'its outer corner'],
  glabella: ['glabella', 'the smooth spot between the brows'],
  nasion: ['nasion', 'the dip at the root of the nose'],
  'nose-tip': ['tip of the nose', 'where it stands out farthest'],
  chin: ['chin', 'its lowest point, mouth closed'],
  vertex: ['vertex', 'the highest point of the head when it is held level'],
  opisthocranion: ['back of the head', 'where it stands out farthest'],
  inion: ['inion', 'the bump in the middle, low at the back'],
  nape: ['nape', 'the hairline of the neck, in the middle'],
};

/** Core's names of points in a sentence of core's, in the page's words. */
export const withPointWords = (text: string): string =>
  text.replaceAll(/\b[a-z]+(?:-[a-z]+)+\b/g, (word) =>
    Object.hasOwn(POINT_WORDS, word) ? POINT_WORDS[word as AnchorName][0] : word,
  );

/** Words of file names that tell the view, the more particular first. */
const FILE_WORDS: readonly (readonly [RegExp, ViewName])[] = [
  [/oblique|quarter|diagonal/, 'other'],
  [/bowed|down(?!load)/, 'bowed'],
  [/crown|vertex|whorl/, 'crown'],
  [/top|above|overhead/, 'top'],
  [/back|rear|behind|nape|donor/, 'back'],
  [/left/, 'left'],
  [/right/, 'right'],
  [/front|face/, 'front'],
];

/** The view that a file's name tells, or null: 'client_back.jpg', 'top-down.png'. */
export function viewOfFile(name: string): ViewName | null {
  const words = name
    .toLowerCase()
    .replace(/\.\w+$/, '')
    .split(/[^a-z]+/);
  // 'top-down' is the picture from above.
  if (words.includes('top')) return 'top';
  return FILE_WORDS.find(([word]) => words.some((w) => w.match(word)?.[0] === w))?.[1] ?? null;
}
