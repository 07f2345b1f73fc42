/**
 * What a careful practitioner would say about a hairline, a density and marks before anybody is tattooed.
 *
 * Statements, not refusals: the client and the practitioner may decide otherwise, knowingly. Under 18 is refused by the
 * screening, not here. On a head that was not measured no length is named. Ranges: domain facts 4 (7 cm aggressive, 10
 * conservative for men; women about 5.5 to 6.5).
 */
import { DENSITY_CAP_PER_CM2, DENSITY_WARN_PER_CM2 } from './design-density.ts';
import { midFrontalForAge } from './design-hairline.ts';
import { extentOf } from './extent-source.ts';
import { usableTapes } from './fit-template.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import type { ZoneTape } from '../head/zone-tape.ts';
import { isShavedLook, isStage, outlinesOf } from './scalp-design.ts';
import type { DensityDesign, HairlineDesign, Point, Presentation, ScalpMark } from './scalp-design.ts';

export type StyleCode =
  | 'age-unknown'
  | 'hairline-low-for-age'
  | 'hairline-below-minimum'
  | 'hairline-above-maximum'
  | 'density-above-cap'
  | 'density-dots-merge'
  | 'corners-low'
  | 'hump-rebuilt'
  | 'hump-respected'
  | 'temples-rebuilt'
  | 'template-extent'
  | 'tapes-unused'
  | 'outline-unused'
  | 'whorls-several'
  | 'scar-age'
  | 'scar-holds-less'
  | 'patch-see-doctor'
  | 'repair-lighter'
  | 'keep-outs'
  | 'mole-gap'
  | 'hair-must-be-clipped';

export interface StyleStatement {
  readonly code: StyleCode;
  readonly text: string;
}

/** Lowest mid-frontal distance (mm) that is ever advised: a lower line does not age with the face. */
export const LEAST_MID_FRONTAL_MM = { m: 60, f: 50 } as const;
export const MOST_MID_FRONTAL_MM = 100;
/** How far below the age's own line counts as low. */
const LOW_BY_MM = 5;
/** How far the hairline's corners may lie below its middle: what a hand and a slope make of 'level'. */
const CORNERS_LOW_BY_MM = 5;
/** Kept free around a mole (domain facts 6), mm. */
export const MOLE_GAP_MM = 5;

const cm = (mm: number): string => (mm / 10).toFixed(1);

export function judgeDesign(
  client: ClientFacts,
  presentation: Presentation,
  hairline: HairlineDesign,
  density: DensityDesign,
  marks: readonly ScalpMark[] = [],
  zoneTapes: readonly ZoneTape[] = [],
  isMeasured = true,
): readonly StyleStatement[] {
  const said: StyleStatement[] = [];
  const say: Say = (code, text) => void said.push({ code, text });
  const at = hairline.midFrontalAboveGlabellaMm;
  const usual = midFrontalForAge(client);
  const least = LEAST_MID_FRONTAL_MM[client.sex];
  if (client.ageYears === null) {
    say(
      'age-unknown',
      `The age is not known: the hairline is the one for 40 to 49${isMeasured ? `, ${cm(usual)} cm above the brows' middle` : ''}.`,
    );
  }
  if (at < least) {
    say(
      'hairline-below-minimum',
      isMeasured
        ? `The hairline is ${cm(at)} cm above the glabella, lower than the ${cm(least)} cm that still look natural years from now.`
        : 'The hairline is lower than what still looks natural years from now.',
    );
  } else if (client.ageYears !== null && at < usual - LOW_BY_MM) {
    say(
      'hairline-low-for-age',
      isMeasured
        ? `The hairline is ${cm(at)} cm above the glabella; about ${cm(usual)} cm is usual at this age.`
        : 'The hairline is lower than is usual at this age.',
    );
  }
  if (at > MOST_MID_FRONTAL_MM) {
    say(
      'hairline-above-maximum',
      isMeasured
        ? `The hairline is ${cm(at)} cm above the glabella; beyond ${cm(MOST_MID_FRONTAL_MM)} cm it no longer frames the face.`
        : 'The hairline lies so high that it no longer frames the face.',
    );
  }
  if (density.fullPerCm2 > DENSITY_WARN_PER_CM2) {
    say(
      'density-dots-merge',
      `${density.fullPerCm2} dots per cm2 leave too little room: dots merge and the scalp reads as painted.`,
    );
  } else if (density.fullPerCm2 > DENSITY_CAP_PER_CM2) {
    say(
      'density-above-cap',
      `${density.fullPerCm2} dots per cm2 are more than the ${DENSITY_CAP_PER_CM2} of a full natural scalp.`,
    );
  }
  if (extentOf(presentation, hairline, marks, zoneTapes).source === 'template' && presentation.kind !== 'hairline') {
    say('template-extent', TEMPLATE_TEXT[presentation.kind] ?? STAGE_TEXT);
  }
  judgeUnused(presentation, marks, zoneTapes, say);
  judgeShape(client, presentation, hairline, say);
  judgeMarks(presentation, marks, say);
  if (isShavedLook(presentation)) {
    say(
      'hair-must-be-clipped',
      'The shaved look needs the remaining hair clipped to 2 mm or less, for as long as it is worn.',
    );
  }
  return said;
}

const STAGE_TEXT =
  'The treated part is the usual one for this stage, not measured on this client: prices are a range until it is drawn.';
const TEMPLATE_TEXT: Partial<Record<Presentation['kind'], string>> = {
  full: 'The whole scalp is treated to its usual edges, not measured on this client: prices are a range.',
  'fut-scar': "The scar is an average one, not this client's: prices are a range until its line is drawn.",
  'fue-scars': "The donor area is an average one, not this client's: prices are a range until it is drawn.",
  patch: "The patch only stands for the client's own: prices are a range until the patches are drawn.",
};

type Say = (code: StyleCode, text: string) => void;

/** What was measured or drawn of the bald part, and has no say in how far the work reaches. */
function judgeUnused(
  presentation: Presentation,
  marks: readonly ScalpMark[],
  zoneTapes: readonly ZoneTape[],
  say: Say,
): void {
  const isDrawn = outlinesOf(marks, 'bald').length > 0;
  const { lengthMm, widthMm } = usableTapes(presentation, zoneTapes);
  if (zoneTapes.length > 0 && lengthMm === null && widthMm === null) {
    say(
      'tapes-unused',
      'The tapes over the bald part change nothing here: they set the edge of Norwood IV to VII only.',
    );
  } else if (zoneTapes.length > 0 && isDrawn) {
    say(
      'tapes-unused',
      'The tapes over the bald part change nothing: the outline that was drawn of it says where it ends.',
    );
  }
  if (isDrawn && !isStage(presentation)) {
    say(
      'outline-unused',
      'The outline of the bald part changes nothing here: it sets the edge of a Norwood or Ludwig stage.',
    );
  }
}

/** Temples, corners and the lateral hump: what ages badly when hair goes on receding. */
function judgeShape(client: ClientFacts, presentation: Presentation, hairline: HairlineDesign, say: Say): void {
  if (client.sex === 'm' && areCornersLow(hairline)) {
    say(
      'corners-low',
      "The hairline's corners lie below its middle: on a man they are level with it or higher, or the line looks drawn on.",
    );
  }
  if ('temples' in presentation && presentation.temples === 'rebuilt') {
    say(
      'temples-rebuilt',
      'The temple peaks are rebuilt: they stay where they are when the hair behind them recedes further.',
    );
  }
  if (presentation.kind !== 'norwood' || presentation.stage < 6) return;
  if (presentation.hump === 'respected') {
    say(
      'hump-respected',
      "The hair that rose at the sides is lost and its place stays bare: the work ends in a line from the hairline's corners back to the fringe.",
    );
  } else {
    say(
      'hump-rebuilt',
      'The hair that rose at the sides is lost: the work fills its place down to the fringe, and a gap opens if the fringe falls further.',
    );
  }
}

/** Whether the line is lower at its corners, some 3 to 6 cm from the midline, than in its middle, on both sides. */
function areCornersLow({ controlsMm }: HairlineDesign): boolean {
  const middle = controlsMm.reduce<Point | null>(
    (best, p) => (best && Math.abs(best[0]) <= Math.abs(p[0]) ? best : p),
    null,
  );
  const corners = ([-1, 1] as const).map((sign) =>
    controlsMm.reduce((most, [x, y]) => (sign * x >= 30 && sign * x <= 60 ? Math.max(most, y) : most), -Infinity),
  );
  return middle !== null && corners.every((y) => y > -Infinity && y < middle[1] - CORNERS_LOW_BY_MM);
}

function judgeMarks(presentation: Presentation, marks: readonly ScalpMark[], say: Say): void {
  const has = (kind: ScalpMark['kind']): boolean =>
    presentation.kind === kind || marks.some((mark) => mark.kind === kind);
  if (has('fut-scar') || has('fue-scars')) {
    say(
      'scar-age',
      'Scars are worked no sooner than 6 months after the operation, better after 12: until then they change, and hair that fell out around them may grow back.',
    );
    say(
      'scar-holds-less',
      'Scars hold pigment less well than other skin: begin lighter there, and expect to touch them up sooner.',
    );
  }
  if (has('patch')) {
    say(
      'patch-see-doctor',
      'Patches that are new, growing or sore are for a doctor first; hair may still grow back in them.',
    );
  }
  if (has('repair')) {
    say(
      'repair-lighter',
      'Over earlier work half as many dots are placed, and lighter. Dots cannot cover what is too dark or has changed colour: that takes a laser first.',
    );
  }
  if (marks.filter(({ kind }) => kind === 'whorl').length > 1) {
    say('whorls-several', 'More than one whorl was marked: the crown is worked about the last of them alone.');
  }
  const keepOuts = marks.filter((mark) => mark.kind === 'keep-out');
  const kept = keepOuts.length + outlinesOf(marks, 'keep-out-area').length;
  if (kept > 0) {
    say(
      'keep-outs',
      `${kept === 1 ? 'One place is' : `${kept} places are`} kept free of dots. Moles stay in sight; one that has changed is for a doctor.`,
    );
  }
  const near = keepOuts.filter(({ what, marginMm }) => what === 'mole' && marginMm < MOLE_GAP_MM);
  if (near.length > 0) {
    const least = Math.min(...near.map(({ marginMm }) => marginMm));
    say('mole-gap', `A mole is given a gap of ${least} mm; ${MOLE_GAP_MM} mm around it are advised.`);
  }
}
